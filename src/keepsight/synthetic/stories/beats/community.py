"""What youth justice, children's homes, housing and the charity write down."""

from dataclasses import dataclass

from keepsight.synthetic.happenings import (
    CharityReport,
    HomeEntry,
    HousingCall,
    YouthJusticeContact,
)
from keepsight.synthetic.life.home_log import written_after
from keepsight.synthetic.life.policing import RESPONSIBLE
from keepsight.synthetic.period import in_office_hours, on_weekday
from keepsight.synthetic.stories.beats.reading import Misread, Window, read
from keepsight.synthetic.stories.teller import CHARITY, HOME, Teller


@dataclass(frozen=True, slots=True)
class YouthJustice:
    """Work of the youth justice service."""

    at: Window
    kind: str
    offence: str
    text: str

    def tell(self, teller: Teller) -> None:
        day = on_weekday(in_office_hours(teller.moment(teller.day_in(self.at)))).date()
        if teller.past(day) and teller.age(day) >= RESPONSIBLE:
            teller.happenings.youth_justice.append(
                YouthJusticeContact(
                    person=teller.person,
                    day=day,
                    kind=self.kind,
                    offence=self.offence,
                    text=teller.say(self.text),
                )
            )


@dataclass(frozen=True, slots=True)
class HomeLog:
    """An entry in the log of the children's home, while the child lives in one."""

    at: Window
    kind: str
    text: str
    suspects: bool = False
    misread: Misread = ("", "")

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        placement = teller.in_care_on(day)
        entry = read(teller, HOME, self.kind, self.text, self.suspects, self.misread)
        if not teller.past(day) or placement is None or placement.place != "K2" or entry is None:
            return
        kind, text = entry
        teller.happenings.home_entries.append(
            HomeEntry(
                person=teller.person,
                home=placement.home,
                written=written_after(teller.moment(day)),
                kind=kind,
                text=text,
            )
        )


@dataclass(frozen=True, slots=True)
class Housing:
    """A call to the housing service about the home."""

    at: Window
    kind: str
    text: str

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        if teller.past(day):
            called = in_office_hours(teller.moment(day))
            teller.happenings.housing_calls.append(
                HousingCall(
                    person=teller.person, called=called, kind=self.kind, text=teller.say(self.text)
                )
            )


@dataclass(frozen=True, slots=True)
class Worker:
    """A report of one of the charity's workers."""

    at: Window
    kind: str
    text: str
    suspects: bool = False
    misread: Misread = ("", "")

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        entry = read(teller, CHARITY, self.kind, self.text, self.suspects, self.misread)
        if entry is None or not teller.past(day):
            return
        kind, text = entry
        teller.happenings.charity_reports.append(
            CharityReport(person=teller.person, day=day, kind=kind, text=text)
        )
