"""A children in need return of 2025-26 that is right in everything and holds every element."""

from datetime import date

from keepsight.kernel.calendar import add_working_days
from keepsight.kernel.checks import Finding
from keepsight.kernel.checks.cin import Checking
from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.blocks import Block, written
from keepsight.kernel.formats.tree import Node


def _day(text: str) -> date:
    return date.fromisoformat(text)


HEADER: Block = {
    "CollectionDetails": {
        "Collection": "CIN",
        "Year": "2026",
        "ReferenceDate": _day("2026-03-31"),
    },
    "Source": [
        {
            "SourceLevel": "L",
            "LEA": "999",
            "SoftwareCode": "Made up",
            "Release": "1",
            "SerialNo": "001",
            "DateTime": "2026-05-01T09:00:00",
        }
    ],
}


def _identity(key: str, **more: object) -> Block:
    return {"LAchildID": key, **more}


def _character(ethnicity: str, *disabilities: str) -> Block:
    given = {"Disabilities": {"Disability": list(disabilities)}} if disabilities else {}
    return {"Ethnicity": ethnicity, **given}


def _assessment(began: str, ended: str = "", *factors: str, review: str = "") -> Block:
    block: dict[str, object] = {"AssessmentActualStartDate": _day(began)}
    if review:
        block["AssessmentInternalReviewDate"] = _day(review)
    if ended:
        block["AssessmentAuthorisationDate"] = _day(ended)
        block["FactorsIdentifiedAtAssessment"] = {"AssessmentFactors": list(factors)}
    return block


def _enquiry(began: str, held: str = "", *, needed: bool = True) -> Block:
    block: dict[str, object] = {"S47ActualStartDate": _day(began)}
    if needed:
        block["InitialCPCtarget"] = add_working_days(_day(began), 15)
    if held:
        block["DateOfInitialCPC"] = _day(held)
    return block | {"ICPCnotRequired": not needed}


def _protection(began: str, ended: str = "", count: int = 0, *reviews: str) -> Block:
    block: dict[str, object] = {"CPPstartDate": _day(began)}
    if ended:
        block["CPPendDate"] = _day(ended)
    block |= {
        "InitialCategoryOfAbuse": "NEG",
        "LatestCategoryOfAbuse": "EMO",
        "NumberOfPreviousCPP": count,
    }
    if reviews:
        block["Reviews"] = {"CPPreviewDate": [_day(each) for each in reviews]}
    return block


def _case(
    referred: str, source: str, need: str = "", *, nfa: bool = False, **more: object
) -> Block:
    block: dict[str, object] = {"CINreferralDate": _day(referred), "ReferralSource": source}
    if need:
        block["PrimaryNeedCode"] = need
    return block | {"ReferralNFA": nfa, **more}


EVERYTHING: Block = {
    "ChildIdentifiers": _identity(
        "C1001",
        UPN="H801200001001",
        FormerUPN="H80120000100B",
        PersonBirthDate=_day("2011-04-02"),
        Sex="F",
    ),
    "ChildCharacteristics": _character("WBRI", "LD", "HEAR"),
    "CINdetails": [
        _case(
            "2025-04-07",
            "2A",
            "N1",
            CINclosureDate=_day("2026-02-27"),
            ReasonForClosure="RC7",
            Assessments=[
                _assessment("2025-04-08", "2025-05-20", "5A", "10A", "11A", review="2025-04-22"),
                _assessment("2025-12-01", "2026-01-15", "5A", "16A"),
            ],
            CINPlanDates=[
                {
                    "CINPlanStartDate": _day("2025-11-03"),
                    "CINPlanEndDate": _day("2026-01-30"),
                },
                {
                    "CINPlanStartDate": _day("2026-02-02"),
                    "CINPlanEndDate": _day("2026-02-27"),
                },
            ],
            Section47=[
                _enquiry("2025-04-14", "2025-05-07"),
                _enquiry("2025-08-11", needed=False),
            ],
            ChildProtectionPlans=[
                _protection("2025-05-07", "2025-11-03", 1, "2025-07-30", "2025-10-29"),
            ],
        )
    ],
}

UNBORN: Block = {
    "ChildIdentifiers": _identity(
        "C1002", UPNunknown="UN1", ExpectedPersonBirthDate=_day("2026-05-10"), Sex="U"
    ),
    "ChildCharacteristics": _character("NOBT"),
    "CINdetails": [
        _case(
            "2026-01-09",
            "3D",
            "N3",
            DateOfInitialCPC=_day("2026-02-11"),
            Assessments=[_assessment("2026-01-12", "2026-02-09", "2B", "4B")],
            ChildProtectionPlans=[_protection("2026-02-11")],
        )
    ],
}

DIED: Block = {
    "ChildIdentifiers": _identity(
        "C1003",
        UPNunknown="UN3",
        PersonBirthDate=_day("2012-02-29"),
        Sex="M",
        PersonDeathDate=_day("2025-10-05"),
    ),
    "ChildCharacteristics": _character("APKN", "NONE"),
    "CINdetails": [
        _case(
            "2025-06-02",
            "3E",
            "N4",
            CINclosureDate=_day("2025-10-06"),
            ReasonForClosure="RC2",
            Assessments=[_assessment("2025-06-03", "2025-07-01", "20")],
            CINPlanDates=[
                {
                    "CINPlanStartDate": _day("2025-07-01"),
                    "CINPlanEndDate": _day("2025-10-05"),
                }
            ],
        )
    ],
}

NOTHING_DONE: Block = {
    "ChildIdentifiers": _identity(
        "C1004", UPNunknown="UN7", PersonBirthDate=_day("2013-09-30"), Sex="M"
    ),
    "ChildCharacteristics": _character("MOTH"),
    "CINdetails": [_case("2025-11-03", "10", nfa=True)],
}

AGAIN: Block = {
    "ChildIdentifiers": _identity(
        "C1005", UPN="L801200001003", PersonBirthDate=_day("2014-01-15"), Sex="F"
    ),
    "ChildCharacteristics": _character("BCRB", "NONE"),
    "CINdetails": [
        _case(
            "2025-05-12",
            "6",
            "N5",
            CINclosureDate=_day("2025-06-20"),
            ReasonForClosure="RC8",
            Assessments=[_assessment("2025-05-13", "2025-06-20", "21")],
        ),
        _case(
            "2026-02-26",
            "1A",
            "N1",
            Assessments=[_assessment("2026-02-27")],
            Section47=[_enquiry("2026-03-16")],
        ),
    ],
}

ON_PLANS: Block = {
    "ChildIdentifiers": _identity(
        "C1006", UPN="X801200001002", PersonBirthDate=_day("2019-07-04"), Sex="M"
    ),
    "ChildCharacteristics": _character("WOTH", "AUT"),
    "CINdetails": [
        _case(
            "2024-10-01",
            "5B",
            "N2",
            Assessments=[_assessment("2025-03-10", "2025-04-15", "6A", "18C")],
            CINPlanDates=[{"CINPlanStartDate": _day("2025-09-01")}],
            Section47=[_enquiry("2025-04-01", "2025-04-22"), _enquiry("2025-05-12", needed=False)],
            ChildProtectionPlans=[
                _protection("2025-04-22", "2025-09-01", 2, "2025-07-15"),
            ],
        )
    ],
}

CHILDREN: tuple[Block, ...] = (EVERYTHING, UNBORN, DIED, NOTHING_DONE, AGAIN, ON_PLANS)


def header() -> Node:
    return written(cin_census.HEADER, HEADER)


def children() -> list[Node]:
    return [written(cin_census.CHILD, each) for each in CHILDREN]


def message(head: Node, kids: list[Node]) -> Node:
    """A whole message, to be changed by a test before it is checked."""
    return Node("Message", "", [head, Node("Children", "", kids)])


def findings(tree: Node) -> list[Finding]:
    """Check a message as the reader gives it: header and children where they belong, then the rest.

    A header that stands after the children is read in the order in which it stands.
    """
    checking, found = Checking(), []
    frame = Node(tree.name, tree.text, [], tree.loose, tree.attributes)
    for part in tree.children:
        if part.name == "Header":
            found += checking.take_header(part)
            frame.children.append(Node("Header", part.text.strip() and part.text))
        elif part.name == "Children":
            strangers = [each for each in part.children if each.name != "Child"]
            for child in part.children:
                if child.name == "Child":
                    found += checking.take_child(child)
            frame.children.append(Node("Children", part.text, strangers, part.loose))
        else:
            frame.children.append(part)
    return [*found, *checking.end(frame)]
