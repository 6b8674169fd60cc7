"""A county’s files are known as they came: what was corrected later was known as it was before."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from keepsight.cli.county_events import NOT_IN_FILES, CountyEvents, read_county
from keepsight.cli.trying_indicators import Tried, try_indicator
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.catalogue.repeat_missing import REPEAT_MISSING
from keepsight.kernel.indicators.language import (
    at_least,
    began,
    in_last,
    some,
    total,
)
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import (
    Agency,
    Area,
    County,
    Delivery,
    Feed,
    load_county,
    save_county,
)

TODAY = date(2025, 12, 31)
POLICE = (
    "Report Ref,Person URN,Surname,Forename,DOB,Sex,Ethnicity,Home Postcode,Category,"
    "Reported Missing,Returned,Missing From,Found At,Found With"
)
REGISTER = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM"
OTHER = "Brackley,Ode,30/09/2014,M,,ZE1 0AD"
CHILD = "Ashdown,Merle,02/04/2011,F,WBRI,ZE1 0AA"
PUPIL = ",P1,Ashdown,Merle,2011-04-02,ZE1 0AA"

FILES = {
    ("mere-police.police_missing", "2025-10-07"): [
        POLICE,
        f"M1,N1,{CHILD},Missing,06/10/2025 21:40,,Home,,",
    ],
    ("mere-police.police_missing", "2025-10-14"): [
        POLICE,
        f"M1,N1,{CHILD},Away,06/10/2025 21:40,08/10/2025 06:15,Home,,",
        f"M2,N1,{CHILD},Missing,13/10/2025 21:40,,Home,,",
        f"M3,N9,{OTHER},Missing,13/10/2025 21:40,,Home,,",
    ],
    ("school-1.daily_register", "2025-10-08"): [
        REGISTER,
        f"{PUPIL},2025-10-06,/,\\",
        f"{PUPIL},2025-10-07,N,N",
        f"{PUPIL},2025-10-08,N,N",
    ],
    ("school-1.daily_register", "2025-10-15"): [
        REGISTER,
        f"{PUPIL},2025-10-08,O,\\",
        f"{PUPIL},2025-10-09,/,L",
        f"{PUPIL},2025-10-13,O,O",
    ],
    ("mere-police.notices", "2025-10-09"): ["what,nobody,reads", "1,2,3"],
}
"""By feed and day received."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    feeds = {
        "mere-police.police_missing": "police_missing",
        "mere-police.notices": "police_notices",
        "school-1.daily_register": "daily_register",
    }
    (folder / "feeds").mkdir()
    save_county(
        County(
            areas=(Area(key="mere", name="Mere", action_plan=False),),
            agencies=(agency("mere-police", AgencyKind.POLICE), agency("school-1")),
            feeds=tuple(feed(key, source) for key, source in feeds.items()),
            deliveries=tuple(
                delivery(folder, key, received, lines)
                for (key, received), lines in sorted(FILES.items(), key=lambda each: each[0][1])
            ),
            children=1,
            seed=1,
            today=TODAY,
            weeks=14,
        ),
        folder,
    )
    return folder


def agency(key: str, kind: AgencyKind = AgencyKind.SCHOOL) -> Agency:
    return Agency(key=key, name=key, kind=kind, area="mere", phone="")


def feed(key: str, source: str) -> Feed:
    agency_key = key.split(".")[0]
    return Feed(key=key, agency=agency_key, source=source, title=key, rhythm_days=7, gateway="")


def delivery(folder: Path, key: str, received: str, lines: list[str]) -> Delivery:
    path = folder / "feeds" / f"{received}-{key}.csv"
    path.write_text("".join(f"{line}\r\n" for line in lines), "utf-8", newline="")
    return Delivery(received=date.fromisoformat(received), feed=key, path=path)


@pytest.fixture(scope="module")
def events(folder: Path) -> CountyEvents:
    kinds = frozenset({"missing_episode", "attendance_week"})
    return read_county(load_county(folder), kinds, TODAY, lambda step, at, of: None)


def episodes(events: CountyEvents, day: int) -> list[tuple[int, int | None, str]]:
    """The days of October on which each known episode began and ended, and its category."""
    con = events.known_on(date(2025, 10, day)).con
    found = con.execute(
        "SELECT day, last_day, json_extract_string(content, '$.category') FROM events ORDER BY day"
    ).fetchall()
    return [(began.day, ended and ended.day, said) for began, ended, said in found]


def weeks(events: CountyEvents, day: int) -> list[tuple[int, ...]]:
    """Each known week: its Monday in October, and sessions possible, absent, unexplained, late."""
    con = events.known_on(date(2025, 10, day)).con
    found = con.execute(
        "SELECT day, possible, absent, unexplained, late FROM attendance ORDER BY day"
    ).fetchall()
    return [(monday.day, *counts) for monday, *counts in found]


def test_an_event_is_known_from_the_day_it_was_received_and_as_it_was_then(
    events: CountyEvents,
) -> None:
    assert episodes(events, 6) == []
    assert episodes(events, 7) == [(6, None, "missing")]
    assert episodes(events, 13) == [(6, None, "missing")]
    assert episodes(events, 14) == [(6, 8, "away"), (13, None, "missing"), (13, None, "missing")]


def test_a_week_is_put_together_of_files_and_a_later_mark_replaces_an_earlier(
    events: CountyEvents,
) -> None:
    assert weeks(events, 7) == []
    assert weeks(events, 8) == [(6, 6, 4, 4, 0)]
    assert weeks(events, 15) == [(6, 8, 3, 3, 1), (13, 2, 2, 2, 0)]


def test_what_was_read_is_counted(events: CountyEvents) -> None:
    assert (events.files, events.unread) == (4, 1)
    assert (events.facts, events.weeks) == (4, 3)


def test_records_are_joined_by_linkage(events: CountyEvents) -> None:
    found = events.backend.con.execute(
        "SELECT list(subject_key ORDER BY subject_key) FROM people GROUP BY child"
    ).fetchall()
    assert sorted(found) == [(["N1", "P1"],), (["N9"],)]
    assert events.children == 2


def tried(folder: Path, rule, on: date | None = None) -> Tried:
    mine = replace(REPEAT_MISSING, rule=rule, in_force_from=date(2026, 1, 1))
    found, _ = try_indicator(mine, folder, on, lambda step, at, of: None)
    return found


def test_an_alert_begins_in_the_week_in_which_it_was_first_met_as_known_then(folder: Path) -> None:
    found = tried(folder, some(began("missing_episode", in_last(14))))
    assert [(day, count) for day, count in found.raised if count] == [
        (date(2025, 10, 8), 1),
        (date(2025, 10, 15), 1),
    ]
    assert found.last == frozenset()
    again = tried(folder, at_least(2, total("unexplained", began("attendance_week", in_last(28)))))
    assert [(day, count) for day, count in again.raised if count] == [(date(2025, 10, 8), 1)]


def test_the_day_may_be_named(folder: Path) -> None:
    found = tried(folder, some(began("missing_episode", in_last(14))), date(2025, 10, 14))
    assert [len(children) for _, children in found.met] == [0, 1, 2]
    assert found.raised[-1] == (date(2025, 10, 14), 1)
    assert {day.weekday() for day, _ in found.met} == {1}


TRIED = ("returns_without_interview", "known_to_four_agencies_assessed_by_none")
"""One that looks beside an event, and one that tells agencies apart."""


@pytest.mark.parametrize("code", TRIED)
def test_an_indicator_in_use_can_be_tried(folder: Path, code: str) -> None:
    [indicator] = [each for each in CATALOGUE if each.code == code]
    assert not indicator.kinds & NOT_IN_FILES
    found, _ = try_indicator(indicator, folder, date(2025, 10, 8), lambda step, at, of: None)
    assert [day for day, _ in found.met] == [
        date(2025, 9, 24),
        date(2025, 10, 1),
        date(2025, 10, 8),
    ]
