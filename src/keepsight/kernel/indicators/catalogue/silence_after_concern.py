"""Worry, and then nothing from anybody."""

from datetime import date

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import EMERGENCY_CONCERNS
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Change, Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    given,
    in_days_before,
    in_last,
    none,
    says,
    says_at_least,
    says_at_most,
    says_one_of,
    some,
)
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.indicators.windows import Window
from keepsight.kernel.vocabulary.content.base import Standing

CONCERN_WITHIN = local_practice(
    281, "days", "The time in which concern is looked at, before the silence: with it, a year"
)
SILENCE = local_practice(
    84,
    "days",
    "Days with no record by which anybody was in touch with the child: longer than a summer holiday"
    " and the month after it in which its registers come",
)
ATTENDED = local_practice(
    6, "sessions", "Fewest sessions possible in a week that tells of attendance"
)
STILL_ABSENT = local_practice(
    5, "sessions", "Most sessions missed in it: so at least one was attended"
)

then, since = in_days_before(CONCERN_WITHIN, the_last=SILENCE), in_last(SILENCE)

IN_TOUCH = (
    *("school_concern", "emergency_attendance", "health_contact", "missing_episode"),
    *("return_interview_held", "crime_victim", "crime_suspect", "sighting"),
    *("public_protection_notice", "youth_justice_contact", "home_log_entry", "voluntary_report"),
    *("assessment_completed", "section47_started", "child_seen", "looked_after_review"),
)
"""Kinds of record that tell of somebody who met the child, or of where it was."""


def _in_school(window: Window) -> Select:
    return began(
        "attendance_week",
        window,
        says_at_least("possible", ATTENDED),
        says_at_most("absent", STILL_ABSENT),
    )


in_school = _in_school(since)
was_in_school = given(some(_in_school(then)))
nobody_in_touch = all_of(*(none(began(kind, since)) for kind in IN_TOUCH), none(in_school))

harmed = began("crime_victim", then, says("exploitation_flag", True))
hurt = began("emergency_attendance", then, says_one_of("concern", *EMERGENCY_CONCERNS))
went_missing = began("missing_episode", then)

SILENCE_AFTER_CONCERN = Indicator(
    code="silence_after_concern",
    version=2,
    title="Harm or going missing within a year, and no record of anybody in touch for twelve weeks",
    question="Who last saw this child, and when? Is the child where everybody thinks?",
    reason=(
        "A child who disappears from one agency’s records may be seen by another. That no agency"
        " has had anything to do with the child is something that none of them can see alone."
    ),
    changes="Any record by which somebody met the child, or saw where it was.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=all_of(
        any_of(some(harmed), some(hurt), some(went_missing)),
        was_in_school,
        nobody_in_touch,
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(CONCERN_WITHIN, SILENCE, ATTENDED, STILL_ABSENT),
    history=(
        Change(
            version=2,
            made=date(2026, 12, 1),
            what=(
                "It asks that the child was seen at school before: of a child whom no register"
                " tells of, silence says nothing. Twelve weeks in place of eight, so that no"
                " holiday meets it."
            ),
        ),
    ),
)
