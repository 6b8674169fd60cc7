"""The code sets of the Children in Need census (DfE; `formats.md` section 1)."""

from datetime import date

from keepsight.kernel.vocabulary.code_sets import CodeSet

CIN_CENSUS = "DfE Children in Need census, 2025 and 2026 schemas"

SEX = CodeSet(
    "sex",
    {"M": "Male", "F": "Female", "U": "Unknown"},
    source=CIN_CENSUS,
    in_force_from=date(2024, 4, 1),
)

GENDER_CURRENT = CodeSet(
    "gender",
    {"0": "Not recorded", "1": "Male", "2": "Female", "9": "Neither"},
    source="DfE Children in Need census, schemas to 2024",
    in_force_until=date(2024, 3, 31),
    mark="M",
)

UPN_UNKNOWN = CodeSet(
    "why a UPN is not known",
    {
        "UN1": "Not yet of school age and not yet given one",
        "UN2": "Never attended a maintained school in England",
        "UN3": "Educated outside England",
        "UN4": "Newly in need, and not yet obtained",
        "UN5": "The sources asked could not give it",
        "UN6": "Another reason",
        "UN7": "Referral that led to no further action",
    },
    source=CIN_CENSUS,
    mark="M",
)

DISABILITY = CodeSet(
    "disability",
    {
        "NONE": "No disability",
        "MOB": "Mobility",
        "HAND": "Hand function",
        "PC": "Personal care",
        "INC": "Incontinence",
        "COMM": "Communication",
        "LD": "Learning",
        "HEAR": "Hearing",
        "VIS": "Vision",
        "BEH": "Behaviour",
        "CON": "Consciousness",
        "AUT": "Autism",
        "DDA": "Another disability",
    },
    source=CIN_CENSUS,
)

REFERRAL_SOURCE = CodeSet(
    "the source of a referral",
    {
        "1A": "Family member, relative or carer",
        "1B": "Acquaintance, such as a neighbour or child minder",
        "1C": "The child",
        "1D": "Another individual",
        "2A": "School",
        "2B": "Education services",
        "3A": "General practitioner",
        "3B": "Health visitor",
        "3C": "School nurse",
        "3D": "Other primary health services",
        "3E": "Emergency department",
        "3F": "Other health services",
        "4": "Housing",
        "5A": "Local authority social care",
        "5B": "Another service of the same local authority",
        "5C": "Another local authority",
        "5D": "Early help",
        "6": "Police",
        "7": "Courts, probation, immigration, Cafcass or prison",
        "8": "Other, such as a children’s centre or a voluntary organisation",
        "9": "Anonymous",
        "10": "Unknown",
    },
    source=CIN_CENSUS,
)

PRIMARY_NEED = CodeSet(
    "primary need",
    {
        "N1": "Abuse, neglect and exploitation",
        "N2": "Child’s disability",
        "N3": "Parental disability or illness",
        "N4": "Family in acute stress",
        "N5": "Family dysfunction",
        "N6": "Socially unacceptable behaviour",
        "N7": "Low income",
        "N8": "Absent parenting",
        "N9": "Cases other than children in need",
        "N0": "Not stated",
    },
    source=CIN_CENSUS,
)

REASON_FOR_CLOSURE = CodeSet(
    "the reason for closing a case",
    {
        "RC1": "Adopted",
        "RC2": "Died",
        "RC3": "Child arrangements order",
        "RC4": "Special guardianship order",
        "RC5": "Moved to another local authority’s services",
        "RC6": "Moved to adult social care",
        "RC7": "Any other reason, including no longer in need",
        "RC8": "After assessment, no further action",
        "RC9": "After assessment, referred to early help",
    },
    source=CIN_CENSUS,
)

CATEGORY_OF_ABUSE = CodeSet(
    "the category of abuse",
    {
        "NEG": "Neglect",
        "PHY": "Physical abuse",
        "SAB": "Sexual abuse",
        "EMO": "Emotional abuse",
        "MUL": "Several categories",
    },
    source=CIN_CENSUS,
)

ASSESSMENT_FACTOR = CodeSet(
    "a factor identified at assessment",
    {
        "1A": "Alcohol misuse by the child",
        "1B": "Alcohol misuse by a parent or carer",
        "1C": "Alcohol misuse by another person in the household",
        "2A": "Drug misuse by the child",
        "2B": "Drug misuse by a parent or carer",
        "2C": "Drug misuse by another person in the household",
        "3A": "Domestic abuse of the child",
        "3B": "Domestic abuse of a parent or carer",
        "3C": "Domestic abuse of another person in the household",
        "4A": "Mental health of the child",
        "4B": "Mental health of a parent or carer",
        "4C": "Mental health of another person in the household",
        "5A": "Learning disability of the child",
        "5B": "Learning disability of a parent or carer",
        "5C": "Learning disability of another person in the household",
        "6A": "Physical disability or illness of the child",
        "6B": "Physical disability or illness of a parent or carer",
        "6C": "Physical disability or illness of another person in the household",
        "7A": "Young carer",
        "8B": "Privately fostered: from overseas, intends to return",
        "8C": "Privately fostered: from overseas, intends to stay",
        "8D": "Privately fostered: from the UK, in an educational placement",
        "8E": "Privately fostered: from the UK, alternative family arrangement",
        "8F": "Privately fostered: other",
        "9A": "Unaccompanied asylum-seeking child",
        "10A": "Going or being missing",
        "11A": "Child sexual exploitation",
        "12A": "Trafficking",
        "13A": "Gangs",
        "14A": "Socially unacceptable behaviour",
        "15A": "Self-harm",
        "16A": "Neglect",
        "17A": "Emotional abuse",
        "18A": "Physical abuse (earlier code)",
        "18B": "Physical abuse by another child",
        "18C": "Physical abuse by an adult",
        "19A": "Sexual abuse (earlier code)",
        "19B": "Sexual abuse by another child",
        "19C": "Sexual abuse by an adult",
        "20": "Other",
        "21": "No factors identified",
        "22A": "Female genital mutilation",
        "23A": "Abuse linked to faith or belief",
        "24A": "Child criminal exploitation",
    },
    source=CIN_CENSUS,
)
"""A factor is a concern that a social worker assessed, not a finding."""

EXPLOITATION_HARM_FACTORS = frozenset({"11A", "12A", "24A"})
"""Exploitation itself: sexual, trafficking, criminal."""

EXPLOITATION_FACTORS = EXPLOITATION_HARM_FACTORS | {"10A", "13A"}
"""Exploitation itself, and what goes with it: missing, gangs."""
