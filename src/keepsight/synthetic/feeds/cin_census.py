"""The children in need census as XML, monthly; each extract repeats what was known before."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.agencies import council_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk
from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Assessment, Case, Enquiry
from keepsight.synthetic.people.knowing import Known
from keepsight.synthetic.people.numbers import with_wrong_check_letter

SOURCE = "cin"
CONFERENCE_WORKING_DAYS = 15
"""The target day that social care systems print: *Working Together*, `domain.md` row 9."""
TOO_YOUNG, NOT_HELD = "UN1", "UN4"
"""Why there is no UPN: not of school age, and not known (mark M)."""


def write_census(desk: Desk, known: Known) -> Iterator[Delivery]:
    """One council's extracts, a file a month."""
    rows_of, agency = known.rows_of(), council_key(desk.district)
    cases: dict[int, list[Case]] = {}
    for case in sorted(desk.happenings.cases, key=lambda case: (case.person, case.referral)):
        cases.setdefault(rows_of.on(case.person, case.referral), []).append(case)
    for number, window in enumerate(desk.windows(agency, SOURCE), start=1):
        until = window.until
        children = [
            _child(known, row, told, until)
            for row, theirs in sorted(cases.items())
            if (told := [case for case in theirs if case.referral < until])
        ]
        if children:
            wrong, odd = _wrong(children) if window.careless else ([], [])
            head = _head(desk.district, number, until)
            lines = [head, *children, *wrong, *odd, "  </Children>\n</Message>\n"]
            yield desk.deliver(until, agency, SOURCE, "cin.xml", lines, len(wrong), len(odd))


def _head(district: District, serial: int, until: date) -> str:
    year = until.year + (until.month > 3)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n    <CollectionDetails>'
        f"<Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>\n"
        f"    <Source><SourceLevel>L</SourceLevel><LEA>{district.authority}</LEA>"
        f"<SoftwareCode>Made-up</SoftwareCode><Release>1</Release><SerialNo>{serial:03d}</SerialNo>"
        f"<DateTime>{until.isoformat()}T04:00:00</DateTime></Source>\n  </Header>\n  <Children>\n"
    )


def _tag(name: str, value: object) -> str:
    """An element, or nothing where there is no value."""
    return "" if value is None or value == "" else f"<{name}>{value}</{name}>"


def _child(known: Known, row: int, cases: Sequence[Case], until: date) -> str:
    birth = None if np.isnat(known.birth[row]) else known.birth[row]
    upn = known.upn[row]
    young = birth is not None and (np.datetime64(until) - birth).astype(int) < 4 * 365
    unknown = None if upn else TOO_YOUNG if young else NOT_HELD
    disabilities = "".join(_tag("Disability", c) for c in (known.disability[row] or "NONE").split())
    return (
        f"    <Child>\n      <ChildIdentifiers>{_tag('LAchildID', known.key[row])}"
        f"{_tag('UPN', upn)}{_tag('UPNunknown', unknown)}{_tag('PersonBirthDate', birth)}"
        f"{_tag('Sex', known.sex[row])}</ChildIdentifiers>\n"
        f"      <ChildCharacteristics>{_tag('Ethnicity', known.ethnicity[row] or 'NOBT')}"
        f"{_tag('Disabilities', disabilities)}</ChildCharacteristics>\n"
        f"{''.join(_details(case, until) for case in cases)}    </Child>\n"
    )


def _details(case: Case, until: date) -> str:
    """One referral as far as it had come when the extract was made."""

    def by_then(day: date | None) -> date | None:
        return day if day is not None and day < until else None

    closed = by_then(case.closed)
    conferences = [held for each in case.enquiries if (held := by_then(each.conference))]
    return (
        f"      <CINdetails>{_tag('CINreferralDate', case.referral)}"
        f"{_tag('ReferralSource', case.source)}{_tag('PrimaryNeedCode', case.need)}"
        f"{_tag('CINclosureDate', closed)}"
        f"{_tag('ReasonForClosure', case.closure_reason if closed else None)}"
        f"{_tag('DateOfInitialCPC', conferences[0] if conferences else None)}"
        f"{''.join(_assessment(each, until) for each in case.assessments)}{_plan(case, until)}"
        f"{''.join(_enquiry(each, until) for each in case.enquiries)}"
        f"{_tag('ReferralNFA', int(by_then(case.no_further_action) is not None))}"
        f"{_protection(case, until)}</CINdetails>\n"
    )


def _assessment(done: Assessment, until: date) -> str:
    if done.started >= until:
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


def _enquiry(enquiry: Enquiry, until: date) -> str:
    if enquiry.started >= until:
        return ""
    target = add_working_days(enquiry.started, CONFERENCE_WORKING_DAYS)
    held = enquiry.conference if enquiry.conference and enquiry.conference < until else None
    return (
        f"<Section47>{_tag('S47ActualStartDate', enquiry.started)}"
        f"{_tag('InitialCPCtarget', target if enquiry.conference_needed else None)}"
        f"{_tag('DateOfInitialCPC', held)}"
        f"{_tag('ICPCnotRequired', int(not enquiry.conference_needed))}</Section47>"
    )


def _protection(case: Case, until: date) -> str:
    plan = case.protection
    if plan is None or plan.started >= until:
        return ""
    ended = plan.ended if plan.ended and plan.ended < until else None
    reviews = "".join(_tag("CPPreviewDate", day) for day in plan.reviews if day < until)
    return (
        f"<ChildProtectionPlans>{_tag('CPPstartDate', plan.started)}{_tag('CPPendDate', ended)}"
        f"{_tag('InitialCategoryOfAbuse', plan.category)}"
        f"{_tag('LatestCategoryOfAbuse', plan.category)}{_tag('NumberOfPreviousCPP', 0)}"
        f"{_tag('Reviews', reviews)}</ChildProtectionPlans>"
    )


def _wrong(children: Sequence[str]) -> tuple[list[str], list[str]]:
    """Second copies: one from a day that does not exist; and odd ones that can stand, with a
    factor that does not exist and with a wrong check letter."""
    day, odd = children[len(children) // 2], []
    start = day.index("<CINreferralDate>") + len("<CINreferralDate>")
    if factor := next((child for child in children if "<AssessmentFactors>" in child), None):
        odd.append(factor.replace("<AssessmentFactors>", "<AssessmentFactors>RB", 1))
    if pupil := next((child for child in children if "<UPN>" in child), None):
        begin = pupil.index("<UPN>") + len("<UPN>")
        upn = pupil[begin : begin + 13]
        odd.append(pupil.replace(upn, with_wrong_check_letter(upn), 1))
    return [f"{day[:start]}{day[start : start + 4]}-02-31{day[start + 10 :]}"], odd
