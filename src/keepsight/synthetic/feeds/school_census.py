"""School Census, pupils on roll: at the start of the period, and in each new school year."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk, csv_lines
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.numbers import with_wrong_check_letter
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.schools import School
from keepsight.synthetic.terms import start_of_school_year

SOURCE = "school_census"
HEADER = (
    "pupilonrolltableid", "NativeId", "dob", "surname", "forename", "middlenames",
    "preferredsurname", "formersurname", "upn", "formerupn", "uniquelearnernumber", "sex",
    "entrydate", "pupilonrollorderseqcolumn", "sourceid", "schoolcensustableid",
    "hoursatsetting", "schoollunchtaken", "parttime", "topupfunding", "unitcontacttime",
    "termlysessionspossible", "senunitindicator", "resourcedprovisionindicator",
    "moveoffrollflag", "fundedhours", "missingaddress", "duplicatenotfunded", "extendedhours",
    "eligibilitycode", "dafindicator", "ethnicity", "yssa", "servicechild", "language",
    "classtype", "enrolstatus", "boarder", "plaa", "senprovision", "ncyearactual", "eyppr",
    "eyppbf", "youngcarer",
)  # fmt: skip
FILLED = (
    "pupilonrolltableid", "NativeId", "dob", "surname", "forename", "upn", "sex", "entrydate",
    "ethnicity", "enrolstatus", "senprovision", "ncyearactual",
)  # fmt: skip
"""What this county's schools fill in; the other columns are sent empty."""

SEN_PROVISION = (("N", 0.80), ("K", 0.145), ("E", 0.055))
"""Shares of pupils with none, SEN support and a plan (mark M)."""


def enrol_with_schools(desk: Desk) -> dict[str, Known]:
    """What each school knows of every child who is on its roll at some time in the period."""
    years = {start_of_school_year(desk.period.start).year, _this_year(desk)}
    at = [desk.enrolments.school_of(year) for year in sorted(years)]
    rolls = {}
    for number, school in enumerate(desk.enrolments.schools):
        ever = np.flatnonzero(np.any([year == number for year in at], axis=0))
        rolls[school.key] = desk.know(
            school.key, AgencyKind.SCHOOL, ever.tolist(), f"{school.code}/"
        )
    return rolls


def write_census(desk: Desk, rolls: dict[str, Known]) -> Iterator[Delivery]:
    """A file a school, and another where a school year began within the period."""
    first = start_of_school_year(desk.period.start).year
    counts = [(first, desk.period.start)]
    if _this_year(desk) != first and desk.period.today > date(_this_year(desk), 10, 8):
        counts.append((_this_year(desk), date(_this_year(desk), 10, 8)))
    for year, received in counts:
        for number, school in enumerate(desk.enrolments.schools):
            rows = list(_rows(desk, number, school, rolls[school.key], year))
            if rows:
                filled = [dict(zip(FILLED, row, strict=True)) for row in (*rows, *_faults(rows))]
                lines = csv_lines(
                    HEADER, [[row.get(name, "") for name in HEADER] for row in filled]
                )
                yield desk.deliver(received, school.key, SOURCE, "pupilonroll.csv", lines)


def _this_year(desk: Desk) -> int:
    return start_of_school_year(desk.period.today).year


def _rows(
    desk: Desk, number: int, school: School, roll: Known, year: int
) -> Iterator[tuple[str, ...]]:
    groups = desk.enrolments.year_groups(year)[roll.members]
    here = desk.enrolments.school_of(year)[roll.members] == number
    support = stream(desk.seed, "sen", school.key).choice(
        [code for code, _ in SEN_PROVISION], len(here), p=[share for _, share in SEN_PROVISION]
    )
    entry = 7 if school.secondary else 0
    for row in np.flatnonzero(here):
        group = int(groups[row])
        yield (
            roll.key[row].split("/")[1],
            school.code,
            _census_date(roll.birth[row].astype(object)),
            roll.surname[row],
            roll.forename[row],
            roll.upn[row],
            str(roll.sex[row]),
            _census_date(date(year - group + entry, 9, 3)),
            roll.ethnicity[row],
            "C",
            str(support[row]),
            str(group) if group else "R",
        )


def _census_date(day: date) -> str:
    return day.strftime("%Y-%b-%d 00:00:00")


def _faults(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Second, faulty copies: no such day of birth, and a UPN with a wrong check letter."""
    first, last = list(rows[0]), list(rows[-1])
    first[2] = "2015-Feb-30 00:00:00"
    yield tuple(first)
    if last[5]:
        last[5] = with_wrong_check_letter(last[5])
        yield tuple(last)
