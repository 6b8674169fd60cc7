"""What comes to a council's front door and does not become a case: contacts, and early help."""

from datetime import timedelta

import numpy as np

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Case, Contact, EarlyHelp
from keepsight.synthetic.life.choices import on_a_day, one_of, pick, times
from keepsight.synthetic.life.referrals import SOURCES
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

CONTACTS, EARLY_HELP = 0.10, 0.02
"""Contacts without a referral, and early help assessments, a child a year (our own assumption)."""
HELPERS = (
    "Family Hub",
    "Early Help Locality 1",
    "Early Help Locality 2",
    "School",
    "Health visitor",
)


def ordinary_contacts(
    people: People, cases: list[Case], district: District, period: Period
) -> list[Contact]:
    """Every referral began as a contact; more contacts ended as one."""
    rng, every = stream(district.seed, "contacts"), np.arange(len(people))
    led_on = [
        Contact(person=case.person, day=case.referral, source=case.source, referred=True)
        for case in cases
        if case.referral >= period.start
    ]
    return led_on + [
        Contact(
            person=person,
            day=on_a_day(people, person, period, rng),
            source=pick(SOURCES, rng),
            referred=False,
        )
        for person in times(every, CONTACTS, period, rng)
    ]


def ordinary_early_help(people: People, district: District, period: Period) -> list[EarlyHelp]:
    """Early help assessments, most of them completed."""
    rng, every, found = stream(district.seed, "early help"), np.arange(len(people)), []
    for person in times(every, EARLY_HELP, period, rng):
        started = on_a_day(people, person, period, rng)
        completed = period.past(started + timedelta(days=int(rng.integers(14, 120))))
        found.append(
            EarlyHelp(
                person=person,
                started=started,
                completed=completed,
                organisation=one_of(HELPERS, rng),
            )
        )
    return found
