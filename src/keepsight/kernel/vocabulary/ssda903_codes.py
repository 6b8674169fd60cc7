"""The code sets of the looked-after children return (DfE SSDA903; `formats.md` section 2).

The codes were read in a published reader of the return; most meanings are marked M.
"""

from datetime import date

from keepsight.kernel.vocabulary.code_sets import CodeSet

SSDA903 = "DfE SSDA903 return, children looked after by local authorities in England"

SEX_TO_2024 = CodeSet(
    "sex",
    {"1": "Male", "2": "Female"},
    source=SSDA903,
    in_force_until=date(2024, 3, 31),
    mark="M",
)
"""From 2024-25 the return uses M, F and U, as the Children in Need census does."""

MISSING_TYPE = CodeSet(
    "being missing or away",
    {"M": "Missing from placement", "A": "Away from placement without authorisation"},
    source=SSDA903,
)

REASON_FOR_NEW_EPISODE = CodeSet(
    "the reason for a new episode",
    {
        "S": "Started to be looked after",
        "L": "Legal status changed",
        "P": "Placement and carer changed",
        "T": "Placement changed, with the same carer",
        "B": "Legal status, placement and carer changed",
        "U": "Legal status and placement changed, with the same carer",
    },
    source=SSDA903,
    mark="M",
)

LEGAL_STATUS = CodeSet(
    "legal status",
    {
        "C1": "Interim care order",
        "C2": "Full care order",
        "D1": "Freeing order",
        "E1": "Placement order",
        "V2": "Accommodated under section 20",
        "V3": "Short breaks, each recorded",
        "V4": "Short breaks, recorded as a series",
        "L1": "Police protection, in local authority accommodation",
        "L2": "Emergency protection order",
        "L3": "Child assessment order, in local authority accommodation",
        "J1": "Remanded to local authority or youth detention accommodation",
        "J2": "Detained by police, in local authority accommodation",
        "J3": "Sentenced, with a requirement to live in local authority accommodation",
    },
    source=SSDA903,
    mark="M",
)

CATEGORY_OF_NEED = CodeSet(
    "the category of need",
    {
        "N1": "Abuse or neglect",
        "N2": "Child’s disability",
        "N3": "Parental disability or illness",
        "N4": "Family in acute stress",
        "N5": "Family dysfunction",
        "N6": "Socially unacceptable behaviour",
        "N7": "Low income",
        "N8": "Absent parenting",
    },
    source=SSDA903,
    mark="M",
)

PLACEMENT_TYPE = CodeSet(
    "the type of placement",
    {
        "A3": "Placed for adoption with consent, current foster carer",
        "A4": "Placed for adoption with consent, not current foster carer",
        "A5": "Placed for adoption under a placement order, current foster carer",
        "A6": "Placed for adoption under a placement order, not current foster carer",
        "K1": "Secure children’s home",
        "K2": "Children’s home",
        "K3": "Supported accommodation",
        "P1": "With parents or others with parental responsibility",
        "P3": "Residential employment",
        "R1": "Residential care home",
        "R2": "NHS or other health establishment",
        "R3": "Family centre or mother and baby unit",
        "R5": "Young offender institution or other custody",
        "S1": "Residential school",
        "T0": "Temporary move",
        "T1": "Temporary: in hospital",
        "T2": "Temporary: on holiday",
        "T3": "Temporary: while the usual carer is on holiday",
        "T4": "Temporary: seven days or fewer, for another reason",
        "U1": "Fostered by a relative or friend, long term",
        "U2": "Fostered by a relative or friend who may adopt",
        "U3": "Fostered by a relative or friend",
        "U4": "Fostered, long term",
        "U5": "Fostered by a carer who may adopt",
        "U6": "Fostered",
        "Z1": "Other placement",
        "Z11": "Other placement, kind 1",
        "Z12": "Other placement, kind 2",
        "Z13": "Other placement, kind 3",
        "Z14": "Other placement, kind 4",
    },
    source=SSDA903,
    mark="M",
)

PLACEMENT_TYPE_RETIRED = CodeSet(
    "an earlier type of placement",
    {
        "H5": "Semi-independent living, not a children’s home",
        "P2": "Independent living",
    },
    source=SSDA903,
    in_force_until=date(2025, 3, 31),
    mark="M",
)

PLACEMENT_PROVIDER = CodeSet(
    "the provider of a placement",
    {
        "PR0": "Parent or other person with parental responsibility",
        "PR1": "Local authority’s own",
        "PR2": "Another local authority",
        "PR3": "Other public body",
        "PR4": "Private",
        "PR5": "Voluntary",
    },
    source=SSDA903,
    mark="M",
)

REASON_FOR_PLACEMENT_CHANGE = CodeSet(
    "the reason for a change of placement",
    {
        "CARPL": "Care plan changed or carried out",
        "CLOSE": "Provision closed or carer resigned",
        "ALLEG": "Allegation",
        "STAND": "Concern about the standard of care",
        "APPRR": "Approval removed",
        "CREQB": "Carer asked, because of the child’s behaviour",
        "CREQO": "Carer asked, for another reason",
        "CHILD": "Child asked",
        "LAREQ": "Local authority asked",
        "PLACE": "Only the status of the placement changed",
        "CUSTOD": "Custody",
        "OTHER": "Other",
    },
    source=SSDA903,
    mark="M",
)

REASON_EPISODE_CEASED = CodeSet(
    "the reason that an episode ceased",
    {
        "X1": "Another episode follows",
        "E11": "Adopted, unopposed",
        "E12": "Adopted, consent dispensed with",
        "E2": "Died",
        "E3": "Care taken over by another local authority",
        "E4A": "Returned home, as planned",
        "E4B": "Returned home, not as planned",
        "E13": "Left to live with relatives or others without parental responsibility",
        "E41": "Child arrangements order",
        "E45": "Special guardianship: former foster carer who is a relative or friend",
        "E46": "Special guardianship: other former foster carer",
        "E47": "Special guardianship: relative or friend who did not foster",
        "E48": "Special guardianship: another carer",
        "E5": "Independent living, with support",
        "E6": "Independent living, without formal support",
        "E7": "Moved to adult residential care",
        "E8": "Any other reason",
        "E9": "Sentenced to custody",
        "E14": "Remand ended",
        "E15": "Found by age assessment to be an adult",
        "E16": "Moved abroad",
        "E17": "Turned 18 and stayed with the same carers",
    },
    source=SSDA903,
    mark="M",
)

SOCIAL_WORKER_CHANGE = CodeSet(
    "the reason for a change of social worker",
    {
        "MANAGE": "Moved to management",
        "FCONTA": "Fixed contract ended",
        "LEFTRL": "Left the role",
        "ORGRST": "Organisation restructured",
        "TSPROC": "Moved between teams by the usual process",
        "ABSENC": "Absence",
        "CHCHAN": "Child asked",
        "PCCHAN": "Parent or carer asked",
        "SWDIED": "Social worker died",
        "OTHERS": "Other",
    },
    source=SSDA903,
    in_force_from=date(2023, 4, 1),
    mark="M",
)

REVIEW_PARTICIPATION = CodeSet(
    "taking part in a review",
    {
        "PN0": "Aged under 4",
        "PN1": "Attended and spoke for themselves",
        "PN2": "Attended, and an advocate spoke",
        "PN3": "Attended and made their view known without speech",
        "PN4": "Attended and gave no view",
        "PN5": "Did not attend; an advocate spoke",
        "PN6": "Did not attend; gave their view another way",
        "PN7": "Did not attend and gave no view",
    },
    source=SSDA903,
    mark="M",
)
