"""The columns of each list and the words of its codes (`formats.md` section 3)."""

CHILD = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
DISABILITY = "Does the Child have a Disability"
ALLOCATED = ("Allocated Team", "Allocated Worker")

COLUMNS: dict[str, tuple[str, ...]] = {
    "List 1": (*CHILD, "Date of Contact", "Contact Source"),
    "List 2": (
        *CHILD, "Assessment start date", "Assessment completion date",
        "Organisation completing assessment",
    ),
    "List 3": (
        *CHILD, "Date of Referral", "Referral Source", "Referral NFA?",
        "Number of Referrals in Last 12 Months", *ALLOCATED,
    ),
    "List 4": (
        *CHILD, DISABILITY, "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment", "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children's social care support?", *ALLOCATED,
    ),
    "List 5": (
        *CHILD, DISABILITY, "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months", *ALLOCATED,
    ),
    "List 6": (
        *CHILD, DISABILITY, "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen",
        "CIN Closure Date", "Reason for Closure", "Case Status", *ALLOCATED,
    ),
    "List 7": (
        *CHILD, DISABILITY, "Child Protection Plan Start Date", "Initial Category of Abuse",
        "Latest Category of Abuse", "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?", "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans", *ALLOCATED,
    ),
    "List 8": (
        *CHILD, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
        DISABILITY, "Date Started to be Looked After", "Child's Category of Need",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Start date of current legal status", "Child's Legal Status",
        "Date of Latest Statutory Review", "Date of Last Social Work Visit",
        "What is the permanence plan for this child?",
        "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment",
        "Date of Last Dental Check", "Number of Placements in the Last 12 months",
        "Date Ceased to be Looked After", "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement", "Placement Type", "Placement Provider",
        "Placement postcode", "URN of Placement", "Placement Location", "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        *ALLOCATED,
    ),
    "List 9": (
        *CHILD, "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
        DISABILITY, *ALLOCATED, "Allocated Personal Advisor", "Eligibility Category",
        "Latest Pathway Plan Review Date", "LA in Touch", "Latest Date of Contact",
        "Type of Accommodation", "Suitability of Accommodation", "Activity Status",
    ),
    "List 10": (
        "Child Unique ID", "Family identifier", *CHILD[1:], DISABILITY,
        "Date the Child Entered Care",
        "Date of Decision that Child Should be Placed for Adoption", "Date of Placement Order",
        "Date of Matching Child and Prospective Adopters", "Date Placed for Adoption",
        "Date of Adoption Order",
        "Date of Decision that Child Should No Longer be Placed for Adoption",
        "Reason Why Child No Longer Placed for Adoption",
        "Date the child was placed for fostering in FFA or concurrent planning placement",
    ),
    "List 11": (
        "Individual adopter identifier", "Family identifier", "Gender", "Ethnicity", "Disability",
        "Is the (prospective) adopter fostering for adoption?", "Date enquiry received",
        "Date Stage 1 started", "Date Stage 1 ended", "Date Stage 2 started",
        "Date Stage 2 ended", "Date application submitted", "Date application approved",
        "Date adopter matched with child(ren)", "Date child/children placed with adopter(s)",
        "No. of children placed", "Date of Adoption Order", "Date of leaving adoption process",
        "Reason for leaving adoption process",
    ),
}  # fmt: skip


def _lettered(codes: str, words: tuple[str, ...] = ()) -> dict[str, str]:
    """Codes with the letter that the guidance puts before each: `a) WBRI`."""
    listed = codes.split()
    said = words or tuple(listed)
    return {code: f"{chr(97 + n)}) {said[n]}" for n, code in enumerate(listed)}


GENDER = {"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded"}
YES, NO = "a) Yes", "b) No"
ETHNICITY = _lettered(
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH "
    "NOBT REFU"
)
"""Letters of the groups that the sample workbook shows; those of the others follow (mark M)."""
SOURCE = _lettered(
    "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 6 7 8 9 10",
    (
        "1A: Individual", "1B: Individual", "1C: Individual", "1D: Individual", "2A: Schools",
        "2B: Education services", "3A: GP", "3B: Health visitor", "3C: School nurse",
        "3D: Health services", "3E: A&E", "3F: Other health services", "4: Housing",
        "5A: LA services", "5B: LA services", "5C: LA services", "6: Police",
        "7: Other legal agency", "8: Other", "9: Anonymous", "10: Unknown",
    ),
)  # fmt: skip
SOURCE["5D"] = SOURCE["5B"]
NEED = {
    "N1": "N1 - Abuse or Neglect", "N2": "N2 - Child's disability", "N3": "N3 - Parental illness",
    "N4": "N4 - Family in acute stress", "N5": "N5 - Family dysfunction",
    "N6": "N6 - Socially unacceptable behaviour", "N7": "N7 - Low income",
    "N8": "N8 - Absent parenting", "N9": "N9 - Cases other than children in need",
}  # fmt: skip
CATEGORY = {
    "NEG": "Neglect", "EMO": "Emotional abuse", "PHY": "Physical abuse", "SAB": "Sexual abuse",
}  # fmt: skip
STATUS = {
    "looked after": "a) Looked after child", "protection": "b) Child protection plan",
    "plan": "c) Child in need plan", "assessment": "d) Open assessment", "closed": "e) Closed episode",
}  # fmt: skip
LEGAL_STATUS = {
    "C1": "C1: ICO", "C2": "C2: FCO", "V2": "V2: Single period of accommodation",
    "E1": "E1: Placement order",
}  # fmt: skip
PLACEMENT = {
    "U1": "a) U1: Foster placement - relatives - long term", "U4": "d) U4: Foster placement - long term",
    "U6": "f) U6: Foster placement - not FFA", "K2": "k) K2: Children's home",
    "P1": "p) P1: Placed with own parents", "A6": "j) A6: Placed for adoption",
}  # fmt: skip
PROVIDER = {
    "PR0": "a) PR0 - Parent(s) or other person with parental responsibility",
    "PR1": "b) PR1 - Own provision",
    "PR4": "e) PR4 - Private provision",
}
