"""The children in need census as XML, monthly; each extract repeats what was known before."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk, rounds
from keepsight.synthetic.happenings import Case
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.numbers import with_wrong_check_letter
from keepsight.synthetic.places import COUNCILS
from keepsight.synthetic.schools import AUTHORITIES

SOURCE = "cin"
CONFERENCE_WORKING_DAYS = 15
"""The target day that social care systems print: *Working Together*, `domain.md` row 9."""


def write_census(desk: Desk, council: int, known: Known) -> Iterator[Delivery]:
    """One council's extracts, a file a month."""
    here, place = desk.living_in(council), known.row_of()
    cases: dict[int, list[Case]] = {}
    for case in sorted(desk.happenings.cases, key=lambda case: (case.person, case.referral)):
        if here[case.person]:
            cases.setdefault(case.person, []).append(case)
    last = desk.period.today - timedelta(days=1)
    for number, (_, until) in enumerate(rounds(desk.period, 30, last), start=1):
        children = [
            _child(known, place[person], known_cases, until)
            for person, theirs in cases.items()
            if (known_cases := [case for case in theirs if case.referral < until])
        ]
        if children:
            body = [*children, *_faults(children)]
            lines = [_head(council, number, until), *body, "  </Children>\n</Message>\n"]
            yield desk.deliver(until, COUNCILS[council], SOURCE, "cin.xml", lines)


def _head(council: int, serial: int, until: date) -> str:
    year = until.year + (until.month > 3)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n    <CollectionDetails>'
        f"<Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>\n"
        f"    <Source><SourceLevel>L</SourceLevel><LEA>{AUTHORITIES[council]}</LEA>"
        f"<SoftwareCode>Made-up</SoftwareCode><Release>1</Release><SerialNo>{serial:03d}</SerialNo>"
        f"<DateTime>{until.isoformat()}T04:00:00</DateTime></Source>\n  </Header>\n  <Children>\n"
    )


def _tag(name: str, value: object) -> str:
    """An element, or nothing where there is no value."""
    return "" if value is None or value == "" else f"<{name}>{value}</{name}>"


def _child(known: Known, row: int, cases: Sequence[Case], until: date) -> str:
    birth = None if np.isnat(known.birth[row]) else known.birth[row]
    details = "".join(_details(case, until) for case in cases)
    return (
        f"    <Child>\n      <ChildIdentifiers>{_tag('LAchildID', known.key[row])}"
        f"{_tag('UPN', known.upn[row])}{_tag('PersonBirthDate', birth)}"
        f"{_tag('Sex', known.sex[row])}</ChildIdentifiers>\n"
        f"      <ChildCharacteristics>{_tag('Ethnicity', known.ethnicity[row])}"
        "<Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>\n"
        f"{details}    </Child>\n"
    )


def _details(case: Case, until: date) -> str:
    """One referral as far as it had come when the extract was made."""

    def by_then(day: date | None) -> date | None:
        return day if day is not None and day < until else None

    closed = by_then(case.closed)
    conference = by_then(case.enquiry.conference) if case.enquiry else None
    return (
        f"      <CINdetails>{_tag('CINreferralDate', case.referral)}"
        f"{_tag('ReferralSource', case.source)}{_tag('PrimaryNeedCode', case.need)}"
        f"{_tag('CINclosureDate', closed)}"
        f"{_tag('ReasonForClosure', case.closure_reason if closed else None)}"
        f"{_tag('DateOfInitialCPC', conference)}"
        f"{_assessment(case, until)}{_plan(case, until)}{_enquiry(case, until, conference)}"
        f"{_tag('ReferralNFA', int(by_then(case.no_further_action) is not None))}"
        f"{_protection(case, until)}</CINdetails>\n"
    )


def _assessment(case: Case, until: date) -> str:
    done = case.assessment
    if done is None or done.started >= until:
        return ""
    authorised = done.authorised if done.authorised and done.authorised < until else None
    factors = "".join(_tag("AssessmentFactors", code) for code in done.factors if authorised)
    return (
        f"<Assessments>{_tag('AssessmentActualStartDate', done.started)}"
        f"{_tag('AssessmentAuthorisationDate', authorised)}"
        f"{_tag('FactorsIdentifiedAtAssessment', factors)}</Assessments>"
    )


def _plan(case: Case, until: date) -> str:
    if case.plan_started is None or case.plan_started >= until:
        return ""
    ended = case.closed if case.closed and case.closed < until else None
    dates = _tag("CINPlanStartDate", case.plan_started) + _tag("CINPlanEndDate", ended)
    return _tag("CINPlanDates", dates)


def _enquiry(case: Case, until: date, conference: date | None) -> str:
    enquiry = case.enquiry
    if enquiry is None or enquiry.started >= until:
        return ""
    target = add_working_days(enquiry.started, CONFERENCE_WORKING_DAYS)
    return (
        f"<Section47>{_tag('S47ActualStartDate', enquiry.started)}"
        f"{_tag('InitialCPCtarget', target if enquiry.conference_needed else None)}"
        f"{_tag('DateOfInitialCPC', conference)}"
        f"{_tag('ICPCnotRequired', int(not enquiry.conference_needed))}</Section47>"
    )


def _protection(case: Case, until: date) -> str:
    plan = case.protection
    if plan is None or plan.started >= until:
        return ""
    return (
        f"<ChildProtectionPlans>{_tag('CPPstartDate', plan.started)}"
        f"{_tag('InitialCategoryOfAbuse', plan.category)}"
        f"{_tag('LatestCategoryOfAbuse', plan.category)}{_tag('NumberOfPreviousCPP', 0)}"
        "</ChildProtectionPlans>"
    )


def _faults(children: Sequence[str]) -> Iterator[str]:
    """Second, faulty copies: a factor that does not exist, no such day, a wrong check letter."""
    factor = next((child for child in children if "<AssessmentFactors>" in child), None)
    if factor:
        yield factor.replace("<AssessmentFactors>", "<AssessmentFactors>RB", 1)
    day = children[len(children) // 2]
    start = day.index("<CINreferralDate>") + len("<CINreferralDate>")
    yield f"{day[:start]}{day[start : start + 4]}-02-31{day[start + 10 :]}"
    pupil = next((child for child in children if "<UPN>" in child), None)
    if pupil:
        start = pupil.index("<UPN>") + len("<UPN>")
        upn = pupil[start : start + 13]
        yield pupil.replace(upn, with_wrong_check_letter(upn), 1)
