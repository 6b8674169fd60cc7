"""A child who goes missing, and the interview after it; registers and homes write it down too."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keepsight.synthetic.happenings import Missing
from keepsight.synthetic.life.missing import HELD, LATE, interview_after
from keepsight.synthetic.stories.beats.reading import Window
from keepsight.synthetic.stories.teller import Teller

REST, REST_MINUTES = timedelta(hours=5), 900
"""A child is back for so long at least, and up to so much longer, before it is missing again."""


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
            rested = timedelta(minutes=int(teller.rng.integers(REST_MINUTES)))
            teller.missing_until = back + REST + rested
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
        if not self.unreported:
            response = teller.response()
            said = teller.next_said() if response in (HELD, LATE) else ""
            teller.happenings.interviews += interview_after(
                episode, response, said, teller.period, teller.rng
            )


def _is_now(teller: Teller, day: date) -> bool:
    return day > teller.period.today - timedelta(days=9)
