"""The looked-after children return (SSDA903) as CSV, monthly: header, episodes, missing."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk, csv_lines, english, rounds
from keepsight.synthetic.happenings import Missing, Placement
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.numbers import postcodes
from keepsight.synthetic.people import POSTCODE_AREAS
from keepsight.synthetic.places import COUNCILS
from keepsight.synthetic.randomness import stream

SOURCE = "ssda903"
HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = (
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
    "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN",
)  # fmt: skip
MISSING = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")

Row = tuple[str, ...]


def write_return(desk: Desk, council: int, known: Known) -> Iterator[Delivery]:
    """One council's return: three files a month, each repeating what was known before."""
    here = desk.living_in(council)
    placements = sorted(
        (placement for placement in desk.happenings.placements if here[placement.person]),
        key=lambda placement: (placement.person, placement.started),
    )
    cared_for = {placement.person for placement in placements}
    missing = sorted(
        (episode for episode in desk.happenings.missing if episode.person in cared_for),
        key=lambda episode: (episode.person, episode.left),
    )
    rng = stream(desk.seed, "placements", COUNCILS[council])
    where = postcodes(len(placements), POSTCODE_AREAS[council], rng).tolist()
    for _, until in rounds(desk.period, 30, desk.period.today - timedelta(days=1)):
        started = [pair for pair in zip(placements, where, strict=True) if pair[0].started < until]
        absent = [episode for episode in missing if episode.left.date() < until]
        tables = (
            ("header", HEADER, _headers(known, {placement.person for placement, _ in started})),
            ("episodes", EPISODES, _episodes(known, started, until)),
            ("missing", MISSING, _missing(known, absent, until)),
        )
        for number, (name, columns, rows) in enumerate(tables, start=1):
            lines = csv_lines(columns, rows)
            yield desk.deliver(until, COUNCILS[council], SOURCE, f"{number}-{name}.csv", lines)


def _headers(known: Known, people: set[int]) -> list[Row]:
    rows: list[Row] = []
    for at in (at for person, at in known.row_of().items() if person in people):
        who = (known.key[at], str(known.sex[at]), english(known.birth[at]))
        rows.append((*who, known.ethnicity[at], known.upn[at], "", ""))
    return rows


def _episodes(known: Known, started: list[tuple[Placement, str]], until: date) -> list[Row]:
    """The episodes, and one second, faulty copy with a place code that is no longer in use."""
    place = known.row_of()
    rows = [
        _episode(known, place[placement.person], placement, postcode, until)
        for placement, postcode in started
    ]
    if rows:
        rows.append((*rows[0][:5], "H5", *rows[0][6:]))
    return rows


def _episode(known: Known, at: int, placement: Placement, postcode: str, until: date) -> Row:
    ended = placement.ended if placement.ended and placement.ended < until else None
    return (
        known.key[at],
        english(placement.started),
        placement.reason_new,
        placement.legal_status,
        "N1",
        placement.place,
        placement.provider,
        english(ended),
        placement.reason_ended if ended else "",
        placement.reason_changed if ended else "",
        known.postcode[at],
        postcode,
        "",
    )


def _missing(known: Known, absent: list[Missing], until: date) -> list[Row]:
    """The missing episodes, and one second, faulty copy with a day that does not exist."""
    place, before = known.row_of(), datetime.combine(until, time.min)
    rows: list[Row] = []
    for episode in absent:
        at = place[episode.person]
        back = episode.back.date() if episode.back and episode.back < before else None
        kind = "A" if episode.away else "M"
        start = english(episode.left.date())
        rows.append((known.key[at], english(known.birth[at]), kind, start, english(back)))
    if rows:
        rows.append((*rows[0][:3], f"31/02/{until.year}", ""))
    return rows
