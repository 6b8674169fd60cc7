"""Initial conference within 15 working days (`domain.md` section 3, row 9)."""

from keepsight.kernel.duties import State
from keepsight.kernel.duties.child_protection import (
    INITIAL_CONFERENCE,
    INITIAL_CONFERENCE_BEFORE_2026,
)
from keepsight.kernel.vocabulary.content.social_care import (
    InitialConferenceHeld,
    InitialConferenceNotRequired,
    Section47Started,
)
from tests.spec.duties.duty_rows import DutyRow, Owed, fact

ENQUIRY = Section47Started()
CONFERENCE = InitialConferenceHeld()

CONFERENCE_ROWS = [
    DutyRow(
        case="Christmas, Boxing Day and New Year are not counted",
        duty=INITIAL_CONFERENCE_BEFORE_2026,
        happened=(fact("s", ENQUIRY, "2025-12-15"), fact("c", CONFERENCE, "2026-01-08")),
        now="2026-02-01 00:00",
        owed=(
            Owed(
                start="s",
                started="2025-12-15 00:00",
                due="2026-01-08 23:59",
                state=State.MET,
                stop="c",
            ),
        ),
    ),
    DutyRow(
        case="Easter is not counted; one day after the limit is late by one day",
        duty=INITIAL_CONFERENCE,
        happened=(fact("s", ENQUIRY, "2026-03-20"), fact("c", CONFERENCE, "2026-04-15")),
        now="2026-05-01 00:00",
        owed=(
            Owed(
                start="s",
                started="2026-03-20 00:00",
                due="2026-04-14 23:59",
                state=State.LATE,
                stop="c",
                why="Late by 1 day: an initial child protection conference was held on 15 April "
                "2026; after the start of the section 47 enquiry on 20 March 2026 it was due by "
                "the end of 14 April 2026.",
            ),
        ),
    ),
    DutyRow(
        case="Several enquiries before one conference are each judged by their own start",
        duty=INITIAL_CONFERENCE,
        happened=(
            fact("before", CONFERENCE, "2026-03-23"),
            fact("s1", ENQUIRY, "2026-04-07"),
            fact("s2", ENQUIRY, "2026-04-20"),
            fact("c", CONFERENCE, "2026-05-06"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="s1",
                started="2026-04-07 00:00",
                due="2026-04-28 23:59",
                state=State.LATE,
                stop="c",
            ),
            Owed(
                start="s2",
                started="2026-04-20 00:00",
                due="2026-05-12 23:59",
                state=State.MET,
                stop="c",
            ),
        ),
    ),
    DutyRow(
        case="A conference that was not required stops the clock",
        duty=INITIAL_CONFERENCE,
        happened=(
            fact("s", ENQUIRY, "2026-04-20"),
            fact("n", InitialConferenceNotRequired(), "2026-04-27"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="s",
                started="2026-04-20 00:00",
                due="2026-05-12 23:59",
                state=State.MET,
                stop="n",
                why="Met: it was recorded that no conference was required on 27 April 2026, within "
                "15 working days of the start of the section 47 enquiry on 20 April 2026.",
            ),
        ),
    ),
    DutyRow(
        case="What happens after the time of asking is not read",
        duty=INITIAL_CONFERENCE,
        happened=(fact("s", ENQUIRY, "2026-04-20"), fact("c", CONFERENCE, "2026-05-06")),
        now="2026-05-01 00:00",
        owed=(
            Owed(start="s", started="2026-04-20 00:00", due="2026-05-12 23:59", state=State.DUE),
        ),
    ),
]
