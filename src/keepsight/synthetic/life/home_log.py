"""What children's homes write: of days like any other, and of a child who is missing."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import numpy as np

from keepsight.synthetic.happenings import Happenings, HomeEntry, Missing, Placement
from keepsight.synthetic.life.care import CHILDRENS_HOME
from keepsight.synthetic.life.choices import YEAR_DAYS, one_of
from keepsight.synthetic.life.wording import HOME_ENTRIES
from keepsight.synthetic.period import Period, at
from keepsight.synthetic.randomness import stream

ENTRIES_A_YEAR = 40
"""Entries of a home for each child who lives there (our own assumption)."""
CURFEW = time(22)
NOT_BACK = (
    "Not back by the agreed time; phone off.", "Not in at the ten o’clock check.",
    "Left by the back door after tea; does not answer calls.",
    "Said that it would be an hour; that was at six.", "Bed empty at the night check.",
)  # fmt: skip
TOLD = (
    "Reported to the police as missing.",
    "Police told; social worker’s out-of-hours line rung.",
)
KNOWN = ("Whereabouts known to staff.", "Rang to say where; would not come back tonight.")
BACK = (
    "Tired; went to bed.", "Ate, washed and slept until noon.", "Did not want to talk.",
    "Cheerful; asked what was for tea.", "Upset; stayed in the room.",
    "Clothes not those of yesterday.",
)  # fmt: skip


def home_notes(placements: list[Placement], period: Period, seed: int) -> list[HomeEntry]:
    """What homes write in ordinary times of those who live there."""
    rng, found = stream(seed, "home log"), []
    for placement in placements:
        if placement.place != CHILDRENS_HOME:
            continue
        since = max(placement.started, period.start)
        days = ((placement.ended or period.today) - since).days
        if days <= 0:
            continue
        for number in np.sort(
            rng.integers(0, days, rng.poisson(ENTRIES_A_YEAR * days / YEAR_DAYS))
        ):
            kind, text = one_of(HOME_ENTRIES, rng)
            found.append(
                HomeEntry(
                    person=placement.person,
                    home=placement.home,
                    written=written_after(at(since + timedelta(days=int(number)), rng)),
                    kind=kind,
                    text=text,
                )
            )
    return found


def written_after(moment: datetime) -> datetime:
    """Homes write up the day at its end."""
    return moment.replace(hour=max(moment.hour, 18))


def log_missing(happenings: Happenings, seed: int) -> None:
    """Add an entry when a child is missed and one when it is back; none is there in between."""
    placed: dict[int, list[Placement]] = {}
    for placement in happenings.placements:
        if placement.place == CHILDRENS_HOME:
            placed.setdefault(placement.person, []).append(placement)
    rng, gone = stream(seed, "missing from homes"), list[HomeEntry]()
    away: dict[int, list[Missing]] = {}
    for episode in sorted(happenings.missing, key=lambda each: (each.left, each.person)):
        homes = (each for each in placed.get(episode.person, ()) if _covers(each, episode))
        placement = next(homes, None)
        if placement is not None:
            gone += _entries(episode, placement, rng)
            away.setdefault(episode.person, []).append(episode)
    happenings.home_entries[:] = [
        entry for entry in happenings.home_entries if not _is_away(entry, away)
    ]
    happenings.home_entries += gone


def _covers(placement: Placement, episode: Missing) -> bool:
    day = episode.left.date()
    return placement.started <= day and (placement.ended is None or day < placement.ended)


def _is_away(entry: HomeEntry, away: dict[int, list[Missing]]) -> bool:
    return any(
        each.left <= entry.written and (each.back is None or entry.written <= each.back)
        for each in away.get(entry.person, ())
    )


def _entries(
    episode: Missing, placement: Placement, rng: np.random.Generator
) -> Iterator[HomeEntry]:
    curfew = datetime.combine(episode.left.date(), CURFEW)
    noticed = max(episode.left, curfew) + timedelta(minutes=int(rng.integers(5, 50)))
    if episode.back is None or noticed < episode.back:
        what = one_of(KNOWN if episode.away else TOLD, rng)
        yield _entry(episode, placement.home, noticed, f"{one_of(NOT_BACK, rng)} {what}")
    if episode.back and (placement.ended is None or episode.back.date() <= placement.ended):
        where = "" if episode.found_at == "Returned by self" else f" Found: {episode.found_at}."
        yield _entry(episode, placement.home, episode.back, f"Back.{where} {one_of(BACK, rng)}")


def _entry(episode: Missing, home: int, written: datetime, text: str) -> HomeEntry:
    return HomeEntry(person=episode.person, home=home, written=written, kind="Missing", text=text)
