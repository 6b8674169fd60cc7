"""A child who goes missing: the report, the school's register, the home's log, the interview."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from keepsight.synthetic.happenings import HomeEntry, Missing
from keepsight.synthetic.life.missing import interview_after
from keepsight.synthetic.stories.beats.reading import Window
from keepsight.synthetic.stories.teller import Teller

REST = timedelta(hours=5)
"""A child is back for so long at least before it is missing again."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Missing for some hours, so often in the window.

    `unreported` where nobody told the police. `still` where the last time may be now: the child
    has not come back.
    """

    at: Window
    hours: tuple[float, float]
    found: str = "Returned by self"
    company: str = ""
    times: int = 1
    away: bool = False
    unreported: bool = False
    still: bool = False

    def tell(self, teller: Teller) -> None:
        days = sorted(teller.day_in(self.at) for _ in range(self.times))
        for number, day in enumerate(days):
            left = max(teller.moment(day), teller.missing_until)
            if not teller.past(left.date()):
                return
            back = left + timedelta(minutes=int(60 * teller.rng.uniform(*self.hours)))
            teller.missing_until = back + REST
            still = self.still and number == len(days) - 1 and _is_now(teller, left.date())
            self._one(teller, left, None if still else teller.period.past_moment(back))

    def _one(self, teller: Teller, left: datetime, back: datetime | None) -> None:
        placement = teller.in_care_on(left.date())
        episode = Missing(
            person=teller.person,
            left=left,
            back=back,
            origin="Placement" if placement else "Home",
            away=self.away and placement is not None,
            found_at=teller.say(self.found) if back else "",
            found_with=teller.say(self.company) if back and self.company else "",
            reported=not self.unreported,
        )
        teller.happenings.missing.append(episode)
        if placement and placement.place == "K2":
            _in_home_log(teller, episode, placement.home)
        if not self.unreported:
            told = interview_after(
                episode, teller.response(), teller.next_said(), teller.period, teller.rng
            )
            teller.happenings.interviews += told


def _is_now(teller: Teller, day: date) -> bool:
    return day > teller.period.today - timedelta(days=9)


def _in_home_log(teller: Teller, episode: Missing, home: int) -> None:
    curfew = datetime.combine(episode.left.date(), time(22))
    noticed = max(episode.left, curfew) + timedelta(minutes=int(teller.rng.integers(5, 90)))
    told = (
        "Reported to the police as missing." if not episode.away else "Whereabouts known to staff."
    )
    entries = [(noticed, f"Not back by the agreed time; phone off. {told}")]
    if episode.back:
        entries.append((episode.back, f"Back. Found: {episode.found_at}. Tired; went to bed."))
    for written, text in entries:
        if teller.past(written.date()):
            teller.happenings.home_entries.append(
                HomeEntry(
                    person=teller.person, home=home, written=written, kind="Missing", text=text
                )
            )
