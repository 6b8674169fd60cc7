"""What the police write down."""

from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.synthetic.happenings import Crime, Notice, Sighting
from keepsight.synthetic.life.policing import RESPONSIBLE, UNTIL_REPORTED, too_young
from keepsight.synthetic.stories.beats.reading import Misread, Window
from keepsight.synthetic.stories.teller import POLICE, Teller

SUPPORT_NOT_ASKED = 13
"""Under this age a sexual offence is pursued whatever the child says."""


@dataclass(frozen=True, slots=True)
class PoliceNotice:
    """A public protection notice; where it `suspects`, its concern is exploitation, if seen."""

    at: Window
    concern: str
    text: str
    suspects: bool = True
    misread: Misread = None

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        if not teller.past(day):
            return
        concern, text = self.concern, self.text
        if self.suspects and not teller.sees(POLICE):
            concern, text = self.misread or ("", self.text)
        if self.suspects and teller.suspects(POLICE):
            concern = teller.concern
        if concern:
            write_notice(teller, day, concern, text)


def write_notice(teller: Teller, day: date, concern: str, text: str) -> None:
    """A notice of a day, with the cast in its text."""
    teller.happenings.notices.append(
        Notice(
            person=teller.person,
            raised=teller.moment(day),
            concern=concern,
            text=teller.say(text),
        )
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
        if self.role == "Suspect" and teller.age(day) < RESPONSIBLE:
            teller.happenings.notices.append(
                too_young(teller.person, teller.moment(day), self.offence)
            )
            return
        reported = teller.moment(day)
        young = self.role == "Victim" and teller.age(day) < SUPPORT_NOT_ASKED
        teller.happenings.crimes.append(
            Crime(
                person=teller.person,
                happened=reported - timedelta(minutes=int(teller.rng.exponential(UNTIL_REPORTED))),
                reported=reported,
                role=self.role,
                offence=self.offence,
                place=teller.say(self.place),
                exploitation_flag=self.flagged and teller.sees(POLICE),
                outcome="Under investigation" if young else self.outcome,
            )
        )
