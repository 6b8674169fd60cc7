"""Referral decision in one working day (`domain.md` section 3, row 1)."""

from keepsight.kernel.duties import State
from keepsight.kernel.duties.referrals import REFERRAL_DECISION, REFERRAL_DECISION_BEFORE_2026
from keepsight.kernel.vocabulary.content.social_care import (
    AssessmentStarted,
    ReferralDecided,
    ReferralReceived,
    Section47Started,
)
from tests.spec.duties.duty_rows import OTHER_COUNCIL, DutyRow, Owed, fact

RECEIVED = ReferralReceived()
NO_FURTHER_ACTION = ReferralReceived(no_further_action=True)
DECIDED = ReferralDecided(decision="assess")

REFERRAL_ROWS = [
    DutyRow(
        case="Friday’s referral is due by the end of Monday",
        duty=REFERRAL_DECISION,
        happened=(fact("r", RECEIVED, "2026-05-08 16:55"),),
        now="2026-05-11 09:00",
        owed=(
            Owed(
                start="r",
                started="2026-05-08 16:55",
                due="2026-05-11 23:59",
                state=State.DUE,
                why="Due by the end of 11 May 2026: no decision has been recorded since the "
                "referral on 8 May 2026 at 16:55.",
            ),
        ),
    ),
    DutyRow(
        case="Over Easter the bank holidays are not counted, and then it is overdue",
        duty=REFERRAL_DECISION,
        happened=(fact("r", RECEIVED, "2026-04-02"),),
        now="2026-04-10 08:00",
        owed=(
            Owed(
                start="r",
                started="2026-04-02 00:00",
                due="2026-04-07 23:59",
                state=State.OVERDUE,
                why="Overdue since 8 April 2026, 3 days: no decision has been recorded since the "
                "referral on 2 April 2026.",
            ),
        ),
    ),
    DutyRow(
        case="A referral on a Saturday is due by the end of Monday",
        duty=REFERRAL_DECISION,
        happened=(fact("r", RECEIVED, "2026-05-09 11:00"), fact("d", DECIDED, "2026-05-11 17:30")),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="r",
                started="2026-05-09 11:00",
                due="2026-05-11 23:59",
                state=State.MET,
                stop="d",
                why="Met: a decision was recorded on 11 May 2026 at 17:30, within 1 working day "
                "of the referral on 9 May 2026 at 11:00.",
            ),
        ),
    ),
    DutyRow(
        case="The census gives no decision date, so an assessment shows that there was one",
        duty=REFERRAL_DECISION,
        happened=(
            fact("old", AssessmentStarted(), "2026-04-30"),
            fact("r", RECEIVED, "2026-05-05"),
            fact("a", AssessmentStarted(), "2026-05-08"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="r",
                started="2026-05-05 00:00",
                due="2026-05-06 23:59",
                state=State.LATE,
                stop="a",
                why="Late by 2 days: an assessment started on 8 May 2026; after the referral on "
                "5 May 2026 it was due by the end of 6 May 2026. No date of decision is recorded; "
                "what began then shows that a decision had been made.",
            ),
        ),
    ),
    DutyRow(
        case="On one day a dated decision is named before the enquiry that followed it",
        duty=REFERRAL_DECISION,
        happened=(
            fact("r", RECEIVED, "2026-05-05"),
            fact("s", Section47Started(), "2026-05-06"),
            fact("d", DECIDED, "2026-05-06 10:00"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="r",
                started="2026-05-05 00:00",
                due="2026-05-06 23:59",
                state=State.MET,
                stop="d",
            ),
        ),
    ),
    DutyRow(
        case="No further action with no date is closed, and what is not known is said",
        duty=REFERRAL_DECISION,
        happened=(
            fact("r1", NO_FURTHER_ACTION, "2026-04-08"),
            fact("r2", RECEIVED, "2026-05-05"),
            fact("a", AssessmentStarted(), "2026-05-05"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="r1",
                started="2026-04-08 00:00",
                due="2026-04-09 23:59",
                state=State.MET_UNDATED,
                why="The return says no further action but not when that was decided.",
            ),
            Owed(
                start="r2",
                started="2026-05-05 00:00",
                due="2026-05-06 23:59",
                state=State.MET,
                stop="a",
            ),
        ),
    ),
    DutyRow(
        case="No further action with a dated decision is judged by its date",
        duty=REFERRAL_DECISION,
        happened=(
            fact("r", NO_FURTHER_ACTION, "2026-05-05"),
            fact("d", ReferralDecided(decision="no further action"), "2026-05-07 09:00"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="r",
                started="2026-05-05 00:00",
                due="2026-05-06 23:59",
                state=State.LATE,
                stop="d",
            ),
        ),
    ),
    DutyRow(
        case="Another council’s decision does not stop this council’s clock",
        duty=REFERRAL_DECISION,
        happened=(
            fact("r", RECEIVED, "2026-05-05 10:00"),
            fact("d", DECIDED, "2026-05-05 12:00", agency=OTHER_COUNCIL),
        ),
        now="2026-05-07 00:00",
        owed=(
            Owed(
                start="r",
                started="2026-05-05 10:00",
                due="2026-05-06 23:59",
                state=State.OVERDUE,
            ),
        ),
    ),
    DutyRow(
        case="A referral before the 2026 edition is judged by the edition before it",
        duty=REFERRAL_DECISION_BEFORE_2026,
        happened=(
            fact("r1", RECEIVED, "2026-03-18 10:00"),
            fact("r2", RECEIVED, "2026-03-19 10:00"),
            fact("d", DECIDED, "2026-03-19 12:00"),
        ),
        now="2026-06-01 00:00",
        owed=(
            Owed(
                start="r1",
                started="2026-03-18 10:00",
                due="2026-03-19 23:59",
                state=State.MET,
                stop="d",
            ),
        ),
    ),
]
