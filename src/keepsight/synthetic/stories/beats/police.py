"""What the police write down."""

from dataclasses import dataclass
from datetime import timedelta

from keepsight.synthetic.happenings import Crime, Notice, Sighting
from keepsight.synthetic.stories.beats.reading import Misread, Window, read
from keepsight.synthetic.stories.teller import POLICE, Teller


@dataclass(frozen=True, slots=True)
class PoliceNotice:
    """A public protection notice of the police."""

    at: Window
    concern: str
    text: str
    suspects: bool = True
    misread: Misread = None

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        entry = read(teller, POLICE, self.concern, self.text, self.suspects, self.misread)
        if entry is None or not teller.past(day):
            return
        concern, text, suspects = entry
        if suspects:
            teller.suspect(POLICE, day)
        teller.happenings.notices.append(
            Notice(person=teller.person, raised=teller.moment(day), concern=concern, text=text)
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting by a patrol, a camera, a licensing officer or the public."""

    at: Window
    place: str
    company: str
    in_car: bool = False
    told_by: str = "Patrol"

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        if teller.past(day):
            teller.happenings.sightings.append(
                Sighting(
                    person=teller.person,
                    seen=teller.moment(day),
                    place=teller.say(self.place),
                    vehicle=teller.say("{plate}, {car}") if self.in_car else "",
                    company=teller.say(self.company) if self.company else "",
                    told_by=self.told_by,
                )
            )


@dataclass(frozen=True, slots=True)
class Offence:
    """A crime report; `flagged` where the police mark it as exploitation, if they see it."""

    at: Window
    role: str
    offence: str
    place: str
    flagged: bool = False
    outcome: str = "Under investigation"

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        if not teller.past(day):
            return
        flagged = self.flagged and teller.sees(POLICE)
        if flagged:
            teller.suspect(POLICE, day)
        happened = teller.moment(day)
        teller.happenings.crimes.append(
            Crime(
                person=teller.person,
                happened=happened - timedelta(hours=int(teller.rng.integers(1, 30))),
                reported=happened,
                role=self.role,
                offence=self.offence,
                place=teller.say(self.place),
                exploitation_flag=flagged,
                outcome=self.outcome,
            )
        )
