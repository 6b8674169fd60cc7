"""Rates of children's social care, from the last census and return of each council."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from keepsight.synthetic.reading.files import A_YEAR, CountyFiles, NotDelivered
from keepsight.synthetic.reading.measured import Measured

SCHOOL_AGE = (timedelta(days=5 * 366), timedelta(days=16 * 365))


class _Tally:
    """What the censuses of all councils say, added up."""

    def __init__(self, since: date, until: date, on: date) -> None:
        self.since, self.until, self.on = since, until, on
        self.referrals = self.again = self.police = self.schools = 0
        self.in_need = self.enquiries = self.conferences = self.plans = self.exploited = 0
        self.of_age = self.with_upn = 0

    def in_year(self, day: date | None) -> bool:
        return day is not None and self.since <= day < self.until

    def add(self, child: ElementTree.Element) -> None:
        cases = child.findall("CINdetails")
        days = sorted(day for case in cases if (day := _day(case, "CINreferralDate")))
        for case in cases:
            self._case(case, days)
        if any(_open(case, self.on) for case in cases):
            self.in_need += 1
        factors = {
            factor.text
            for done in child.iter("Assessments")
            if self.in_year(_day(done, "AssessmentAuthorisationDate"))
            for factor in done.iter("AssessmentFactors")
        }
        self.exploited += "11A" in factors
        self._upn(child)

    def _case(self, case: ElementTree.Element, days: list[date]) -> None:
        referral = _day(case, "CINreferralDate")
        if referral is not None and self.in_year(referral):
            source = case.findtext("ReferralSource") or ""
            self.referrals += 1
            self.again += any(referral - A_YEAR < day < referral for day in days)
            self.police += source == "6"
            self.schools += source == "2A"
        for enquiry in case.findall("Section47"):
            self.enquiries += self.in_year(_day(enquiry, "S47ActualStartDate"))
            self.conferences += self.in_year(_day(enquiry, "DateOfInitialCPC"))
        for plan in case.findall("ChildProtectionPlans"):
            begun, ended = _day(plan, "CPPstartDate"), _day(plan, "CPPendDate")
            lasts = begun is not None and begun <= self.on and (ended is None or ended > self.on)
            self.plans += lasts

    def _upn(self, child: ElementTree.Element) -> None:
        identifiers = child.find("ChildIdentifiers")
        born = _day(identifiers, "PersonBirthDate") if identifiers is not None else None
        if born is not None and SCHOOL_AGE[0] < self.until - born < SCHOOL_AGE[1]:
            self.of_age += 1
            self.with_upn += identifiers is not None and identifiers.find("UPN") is not None


def measure_in_need(files: CountyFiles, children: int) -> Iterator[Measured]:
    """Referrals, children in need, enquiries, conferences, plans and factors."""
    tally = _Tally(*files.last_year, files.day_of_count)
    listed = files.last_of("cin")
    if not listed:
        raise NotDelivered
    for path in listed:
        for child in _children(path):
            tally.add(child)
    for key, found, counted in (
        ("referrals", tally.referrals, children),
        ("re_referrals", tally.again, tally.referrals),
        ("referrals_police", tally.police, tally.referrals),
        ("referrals_schools", tally.schools, tally.referrals),
        ("in_need", tally.in_need, children),
        ("enquiries", tally.enquiries, children),
        ("conferences", tally.conferences, children),
        ("protection_plans", tally.plans, children),
        ("assessed_exploitation", tally.exploited, children),
        ("upn_in_social_care", tally.with_upn, tally.of_age),
    ):
        yield Measured(key=key, found=found, counted=counted)


def _children(path: Path) -> Iterator[ElementTree.Element]:
    """Each child of a census, one at a time."""
    for _, element in ElementTree.iterparse(path):  # noqa: S314 (the county wrote the file)
        if element.tag == "Child":
            yield element
            element.clear()


def _day(element: ElementTree.Element, tag: str) -> date | None:
    text = element.findtext(tag)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _open(case: ElementTree.Element, on: date) -> bool:
    begun, closed = _day(case, "CINreferralDate"), _day(case, "CINclosureDate")
    return begun is not None and begun <= on and (closed is None or closed > on)


def measure_looked_after(files: CountyFiles, children: int) -> Iterator[Measured]:
    """Looked-after children on a day and in a year, and how often they went missing."""
    on, since = files.day_of_count, files.day_of_count - A_YEAR
    episodes = files.rows(files.last_of("ssda903", "-episodes.csv"))
    start, end = "strptime(\"DECOM\", '%d/%m/%Y')", "try_strptime(\"DEC\", '%d/%m/%Y')"
    today, in_year = files.ask(
        f"SELECT count(DISTINCT \"CHILD\") FILTER ({start} <= DATE '{on}' "
        f"AND coalesce({end}, DATE '9999-01-01') > DATE '{on}'), "
        f"count(DISTINCT \"CHILD\") FILTER ({start} <= DATE '{on}' "
        f"AND coalesce({end}, DATE '9999-01-01') > DATE '{since}') FROM {episodes}"
    )[0]
    yield Measured(key="looked_after", found=today, counted=children)
    yield Measured(key="looked_after_in_year", found=in_year, counted=children)
    missing = files.rows(files.last_of("ssda903", "-missing.csv"))
    begun = "try_strptime(\"MIS_START\", '%d/%m/%Y')"
    who, times = files.ask(
        f'SELECT count(DISTINCT "CHILD"), count(*) FROM {missing} WHERE "MISSING" = \'M\' '
        f"AND {begun} > DATE '{since}' AND {begun} <= DATE '{on}'"
    )[0]
    yield Measured(key="care_missing", found=who, counted=in_year)
    yield Measured(key="care_missing_times", found=times, counted=who)
