"""What the councils of a made-up county would submit for 2025-26, from what their systems export.

An export holds all that is known, and some of it late. A return holds one year, and only what the
council has put right: what began and ended before the year is left out, and so is a child of whom
the council has something to explain. Nothing here asks the checks.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from keepsight.intake.readers import csv, trees
from keepsight.kernel.calendar import working_days_between
from keepsight.kernel.checks.ssda903 import Line
from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.blocks import Block, read
from keepsight.kernel.formats.days import british_day
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from keepsight.synthetic import write_county

BEGINS, ENDS = date(2025, 4, 1), date(2026, 3, 31)
EXPORTED = "2026-04-01"
CHILDREN, SEED = 9_000, 7


class Return(NamedTuple):
    """One council's children in need return."""

    header: Block
    children: list[Block]


@cache
def exports() -> dict[str, dict[str, bytes]]:
    """Each council's last export: its files by the end of their names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_county(folder, children=CHILDREN, seed=SEED, today=date(2026, 4, 2))
        found: dict[str, dict[str, bytes]] = {}
        for source in ("cin", "ssda903"):
            for path in sorted(folder.glob(f"feeds/*-council/{source}/{EXPORTED}-*")):
                files = found.setdefault(path.parts[-3], {})
                files[path.name.removeprefix(f"{EXPORTED}-")] = path.read_bytes()
    return found


def cin_returns() -> Iterator[Return]:
    """The return of each council."""
    for files in exports().values():
        yield _cin_return(files["cin.xml"])


def _cin_return(content: bytes) -> Return:
    with tempfile.TemporaryFile() as stream:
        stream.write(content)
        pieces = list(trees.pieces(stream))
    header = read(cin_census.HEADER, pieces[0].node)
    header["CollectionDetails"] = {"Collection": "CIN", "Year": "2026", "ReferenceDate": ENDS}
    children: list[Block] = []
    numbers: set[object] = set()
    for piece in pieces:
        if piece.kind != "Child":
            continue
        child = _submitted(read(cin_census.CHILD, piece.node))
        number = child["ChildIdentifiers"].get("UPN") if child else None
        if child and (number is None or number not in numbers):
            numbers.add(number)
            children.append(child)
    return Return(header, children)


def _submitted(child: dict) -> dict | None:
    disabled = child["ChildCharacteristics"]["Disabilities"]["Disability"] != ["NONE"]
    cases = [_case(each, disabled) for each in child["CINdetails"] if _of_the_year(each)]
    if not cases or None in cases or "PersonBirthDate" not in child["ChildIdentifiers"]:
        return None
    plans = [plan for case in cases for plan in case.get("ChildProtectionPlans", ())]
    # The county's systems say 0 of every plan; a council counts.
    for count, plan in enumerate(sorted(plans, key=lambda plan: plan["CPPstartDate"])):
        plan["NumberOfPreviousCPP"] = count
    return child | {"CINdetails": cases}


def _of_the_year(case: dict) -> bool:
    closed = case.get("CINclosureDate")
    return (closed is None or closed >= BEGINS) and not (
        case["ReferralNFA"] and case["CINreferralDate"] < BEGINS
    )


def _case(case: dict, disabled: bool) -> dict | None:
    case = dict(case)
    # The county's systems state a conference twice; the census has it once.
    case.pop("DateOfInitialCPC", None)
    if "Assessments" in case:
        case["Assessments"] = [
            _with_factor(each, disabled)
            for each in case["Assessments"]
            if each.get("AssessmentAuthorisationDate", ENDS) >= BEGINS
        ]
    if "Section47" in case:
        case["Section47"] = [
            each
            for each in case["Section47"]
            if each.get("DateOfInitialCPC", each["S47ActualStartDate"]) >= BEGINS
        ]
    for kind, end in (("CINPlanDates", "CINPlanEndDate"), ("ChildProtectionPlans", "CPPendDate")):
        if kind in case:
            case[kind] = [each for each in case[kind] if each.get(end, ENDS) >= BEGINS]
    case = {name: value for name, value in case.items() if value != []}
    return None if _late(case) else case


def _with_factor(assessment: dict, disabled: bool) -> dict:
    factors = assessment.get("FactorsIdentifiedAtAssessment", {}).get("AssessmentFactors")
    if not factors or not disabled or {"5A", "6A"} & set(factors):
        return assessment
    return assessment | {"FactorsIdentifiedAtAssessment": {"AssessmentFactors": ["6A", *factors]}}


def _late(case: dict) -> bool:
    """Whether something in the case is late, or has no assessment to go with it."""
    for each in case.get("Assessments", ()):
        began = each["AssessmentActualStartDate"]
        if "AssessmentAuthorisationDate" not in each and working_days_between(began, ENDS) > 45:
            return True
    for each in case.get("Section47", ()):
        waiting = not each["ICPCnotRequired"] and "DateOfInitialCPC" not in each
        if waiting and working_days_between(each["S47ActualStartDate"], ENDS) > 15:
            return True
    return "Section47" in case and "Assessments" not in case


def ssda903_returns() -> Iterator[list[Line]]:
    """The lines of each council's looked-after return."""
    for files in exports().values():
        found = [line for name, content in files.items() for line in _lines(name, content)]
        kept = [line for line in found if _in_year(line)]
        episodes = {line.values["CHILD"] for line in kept if line.table == "episodes"}
        leavers = {line.values["CHILD"] for line in kept if line.table == "oc3"}
        adopted = {line.values["CHILD"] for line in kept if line.values.get("REC") == "E12"}
        odd = {line.values["CHILD"] for line in kept if _to_be_explained(line)}
        yield [
            line
            for line in kept
            if line.values["CHILD"] in (episodes | leavers) - odd
            and (line.table != "ad1" or line.values["CHILD"] in adopted)
        ]


_LASTS = {
    "episodes": ("DECOM", "DEC"),
    "reviews": ("REVIEW", "REVIEW"),
    "missing": ("MIS_START", "MIS_END"),
    "sw_episodes": ("SW_DECOM", "SW_DEC"),
}


def _in_year(line: Line) -> bool:
    if line.table == "deprivation_of_liberty":
        return False
    if line.table not in _LASTS:
        return True
    end = british_day(line.values[_LASTS[line.table][1]])
    return end is None or end >= BEGINS


def _to_be_explained(line: Line) -> bool:
    """Guardians who had fostered, and a child who did not live with them; a postcode too short."""
    values = line.values
    return (values.get("REC") in {"E45", "E46"} and values["PLACE"][0] != "U") or (
        line.table == "episodes" and min(len(values["HOME_POST"]), len(values["PL_POST"])) < 6
    )


def _lines(name: str, content: bytes) -> Iterator[Line]:
    table = next((each for each in ALL_TABLES if each.has_heading(csv.heading(content))), None)
    if table is None:
        return
    with tempfile.TemporaryFile() as stream:
        stream.write(content)
        stream.seek(0)
        for line in csv.lines(stream, table):
            assert isinstance(line, csv.Line), name
            values = dict(zip(table.names, line.values, strict=True))
            yield Line(table.name, f"{table.name}, row {line.number}", values)
