"""What the agency that refers a child writes in its own records."""

from datetime import date

from keepsight.synthetic.happenings import CharityReport, HealthFlag, HomeEntry, SchoolConcern
from keepsight.synthetic.life.home_log import written_after
from keepsight.synthetic.period import in_school
from keepsight.synthetic.stories.beats.police import write_notice
from keepsight.synthetic.stories.naming import CONCERN, FLAG
from keepsight.synthetic.stories.teller import CHARITY, HEALTH, HOME, POLICE, SCHOOL, Teller

REFERRED = "Referred to children’s social care, worried that {they} may be exploited."


def write_referral(teller: Teller, agency: str, day: date) -> None:
    """The agency's own record of a referral that it made on a day."""
    person, text, happenings = teller.person, teller.say(REFERRED), teller.happenings
    if agency == SCHOOL:
        happenings.concerns.append(
            SchoolConcern(
                person=person,
                noticed=in_school(day, teller.rng),
                category=CONCERN,
                text=text,
                action="Told the safeguarding lead",
            )
        )
    elif agency == POLICE:
        write_notice(teller, day, teller.concern, REFERRED)
    elif agency == HEALTH:
        said = f"{FLAG}: referred to children’s social care"
        happenings.health_flags.append(HealthFlag(person=person, since=day, until=None, text=said))
    elif agency == CHARITY:
        happenings.charity_reports.append(
            CharityReport(person=person, day=day, kind=CONCERN, text=text)
        )
    elif agency == HOME and (placement := teller.in_care_on(day)):
        happenings.home_entries.append(
            HomeEntry(
                person=person,
                home=placement.home,
                written=written_after(teller.moment(day)),
                kind=CONCERN,
                text=text,
            )
        )
