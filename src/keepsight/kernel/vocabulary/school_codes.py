"""Code sets of the School Census: suspensions and exclusions, and special educational needs.

Codes of suspensions and exclusions and of needs are from general knowledge of the census, so their
mark is M.
"""

from keepsight.kernel.vocabulary.code_sets import CodeSet

SCHOOL_CENSUS = "DfE School Census"

EXCLUSION_CATEGORY = CodeSet(
    "a suspension or exclusion",
    {
        "PERM": "Permanent exclusion",
        "SUSP": "Suspension",
        "FIXD": "Fixed-period exclusion, as a suspension was called",
        "LNCH": "Suspension at lunchtime",
    },
    source=SCHOOL_CENSUS,
    mark="M",
)

EXCLUSION_REASON = CodeSet(
    "the reason for a suspension or exclusion",
    {
        "PP": "Physical assault against a pupil",
        "PA": "Physical assault against an adult",
        "VP": "Verbal abuse or threats against a pupil",
        "VA": "Verbal abuse or threats against an adult",
        "OW": "Use or threat of use of an offensive weapon or prohibited item",
        "BU": "Bullying",
        "RA": "Racist abuse",
        "LG": "Abuse against sexual orientation and gender identity",
        "DS": "Abuse relating to disability",
        "SM": "Sexual misconduct",
        "DA": "Drug and alcohol related",
        "DM": "Damage",
        "TH": "Theft",
        "MT": "Inappropriate use of social media or online technology",
        "PH": "Transgression of measures to protect public health",
        "DB": "Persistent or general disruptive behaviour",
        "OT": "Other, until 2020",
    },
    source=SCHOOL_CENSUS,
    mark="M",
)

SEN_TYPE = CodeSet(
    "a type of special educational need",
    {
        "SPLD": "Specific learning difficulty",
        "MLD": "Moderate learning difficulty",
        "SLD": "Severe learning difficulty",
        "PMLD": "Profound and multiple learning difficulty",
        "SEMH": "Social, emotional and mental health",
        "SLCN": "Speech, language and communication needs",
        "HI": "Hearing impairment",
        "VI": "Vision impairment",
        "MSI": "Multi-sensory impairment",
        "PD": "Physical disability",
        "ASD": "Autistic spectrum disorder",
        "DS": "Down syndrome",
        "OTH": "Other difficulty or disability",
        "NSA": "Support, with no specialist assessment of the type of need",
    },
    source=SCHOOL_CENSUS,
    mark="M",
)

SEN_PROVISION = CodeSet(
    "special educational provision",
    {
        "N": "None",
        "K": "SEN support",
        "E": "Education, health and care plan",
        "S": "Statement, until 2018",
    },
    source=SCHOOL_CENSUS,
    mark="M",
)
