"""What a feed must state to be switched on, and which cohorts each kind of agency may send."""

from dataclasses import replace
from datetime import date

import pytest

from keepsight.kernel.feed_senders import GATEWAYS, SENDERS, gateway_of, sender_of
from keepsight.kernel.feeds import (
    IN_QUARANTINE,
    LEAST_DAYS,
    REQUIREMENTS,
    UNMATCHED,
    Cohort,
    Governance,
    missing,
    waiting_days,
)
from keepsight.kernel.vocabulary.agencies import AgencyKind

TODAY = date(2026, 3, 16)
REGISTER_LAW = "School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208"
WHOLE = Governance(
    controller="Mere Hospitals",
    gateway="Children Act 2004, sections 10 and 11",
    purpose="Safeguarding",
    necessity="Nothing less shows it",
    assessment="DPIA 7",
    assessed=date(2026, 1, 5),
    review_by=date(2027, 1, 5),
    cohort=Cohort.KNOWN,
)
HOSPITAL, SCHOOL, CLINIC, COUNCIL = (
    (AgencyKind.HEALTH, "fhir"),
    (AgencyKind.SCHOOL, "daily_register"),
    (AgencyKind.SEXUAL_HEALTH, "fhir"),
    (AgencyKind.CHILDRENS_SOCIAL_CARE, "cin"),
)

# sender, what is changed of a whole statement, the requirements that are then not met
STATED = [
    (HOSPITAL, {}, []),
    (HOSPITAL, {"controller": " "}, ["controller"]),
    (HOSPITAL, {"gateway": ""}, ["gateway"]),
    (HOSPITAL, {"purpose": ""}, ["purpose"]),
    (HOSPITAL, {"necessity": "  "}, ["necessity"]),
    (HOSPITAL, {"assessment": ""}, ["assessment"]),
    (HOSPITAL, {"assessed": None}, ["assessed"]),
    (HOSPITAL, {"assessed": date(2026, 3, 17)}, ["assessed_already"]),
    (HOSPITAL, {"assessed": TODAY}, []),
    (HOSPITAL, {"review_by": None}, ["review_by"]),
    (HOSPITAL, {"review_by": TODAY}, ["review_to_come"]),
    (HOSPITAL, {"review_by": date(2026, 3, 17)}, []),
    (HOSPITAL, {"cohort": None}, ["cohort"]),
    (HOSPITAL, {"cohort": Cohort.EXISTENCE}, []),
    (HOSPITAL, {"cohort": Cohort.ALL}, ["necessity_of_all"]),
    (HOSPITAL, {"cohort": Cohort.ALL, "necessity_of_all": "Because"}, []),
    (CLINIC, {"cohort": Cohort.ALL, "necessity_of_all": "Because"}, ["covers"]),
    (CLINIC, {}, []),
    (COUNCIL, {"cohort": Cohort.ALL}, []),
    (SCHOOL, {"cohort": Cohort.ALL}, ["carries"]),
    (SCHOOL, {"cohort": Cohort.ALL, "gateway": REGISTER_LAW}, []),
    (SCHOOL, {"cohort": Cohort.ALL, "gateway": "Some other law"}, ["carries"]),
    (SCHOOL, {"cohort": Cohort.KNOWN, "gateway": "Some other law"}, []),
]


@pytest.mark.parametrize(("sender", "changed", "lacking"), STATED)
def test_what_is_missing(sender, changed, lacking):
    kind, source = sender
    found = missing(replace(WHOLE, **changed), kind=kind, source=source, today=TODAY)
    assert [each.name for each in found] == lacking


def test_every_requirement_is_tried_and_nothing_stated_lacks_all_that_must_be_said():
    tried = {name for _, _, names in STATED for name in names}
    assert tried == {each.name for each in REQUIREMENTS}
    nothing = missing(Governance(), kind=AgencyKind.HEALTH, source="fhir", today=TODAY)
    assert [each.name for each in nothing] == [
        *("controller", "gateway", "purpose", "necessity", "assessment"),
        *("assessed", "review_by", "cohort"),
    ]


def test_each_requirement_is_said_in_sentences_and_has_a_source():
    for each in REQUIREMENTS:
        assert each.sentence.endswith(".")
        assert each.source


# kind of agency, format, usual cohort, may be all, makes a child known to others
SENT = [
    ("childrens_social_care", "cin", "all", True, True),
    ("police", "police_missing", "all", True, True),
    ("voluntary", "return_interviews", "all", True, True),
    ("housing", "housing_calls", "all", True, True),
    ("youth_justice", "youth_justice", "all", True, True),
    ("childrens_home", "home_log", "all", True, True),
    ("school", "school_concerns", "all", True, True),
    ("school", "daily_register", "all", True, False),
    ("school", "school_census", "all", True, False),
    ("school", "ctf", "all", True, False),
    ("health", "fhir", "known", True, False),
    ("sexual_health", "fhir", "known", False, False),
    ("sexual_assault_centre", "fhir", "known", False, False),
    ("mental_health", "fhir", "known", False, False),
    ("refuge", "fhir", "known", False, False),
]


@pytest.mark.parametrize(("kind", "source", "usual", "may_be_all", "vouches"), SENT)
def test_who_may_send_which_cohort(kind, source, usual, may_be_all, vouches):
    sender = sender_of(AgencyKind(kind), source)
    assert sender.may[0] == usual
    assert ("all" in sender.may) == may_be_all
    assert sender.vouches == vouches


def test_health_content_about_every_child_is_never_the_default():
    wide = [each for each in SENDERS if each.health]
    assert len(wide) == 2
    assert {each.may[0] for each in wide} == {"known"}


def test_a_gateway_is_known_by_how_it_begins_whatever_the_apostrophe():
    assert gateway_of("children’s homes (England) Regulations 2015, SI 2015/541") is not None
    assert gateway_of("A law of our own") is None
    assert gateway_of("") is None
    assert {each.citation for each in GATEWAYS if each.whole_register} >= {
        "Education Act 1996, section 537A"
    }


@pytest.mark.parametrize("times", [UNMATCHED, IN_QUARANTINE])
def test_no_waiting_time_is_shorter_than_the_database_allows(times):
    assert all(each.days >= LEAST_DAYS and each.source and each.mark for each in times)
    assert waiting_days(times, TODAY) == times[-1].days
    assert waiting_days(times, date(2000, 1, 1)) == times[0].days
