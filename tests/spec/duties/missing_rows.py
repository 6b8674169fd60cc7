"""Return home interview in 72 hours (`domain.md` section 3, row 18)."""

from keepsight.kernel.duties import State
from keepsight.kernel.duties.missing import RETURN_HOME_INTERVIEW
from keepsight.kernel.vocabulary.content.missing import (
    MissingEpisode,
    ReturnInterviewHeld,
    ReturnInterviewOffered,
)
from tests.spec.duties.duty_rows import POLICE, DutyRow, Owed, fact

GONE = MissingEpisode(category="missing")
HELD = ReturnInterviewHeld(independent=True)
DECLINED = ReturnInterviewOffered(declined=True)


def row(case, happened, now, *owed):
    return DutyRow(case=case, duty=RETURN_HOME_INTERVIEW, happened=happened, now=now, owed=owed)


MISSING_ROWS = [
    row(
        "An offer, even declined, does not stop the clock, and is named",
        (
            fact("m", GONE, "2026-03-07 18:00", "2026-03-08 21:40", agency=POLICE),
            fact("o", DECLINED, "2026-03-09"),
        ),
        "2026-03-15 09:00",
        Owed(
            start="m",
            started="2026-03-08 21:40",
            due="2026-03-11 21:40",
            state=State.OVERDUE,
            why="Overdue since 11 March 2026 at 21:40, 3 days: no return home interview has been "
            "recorded since the return on 8 March 2026 at 21:40. An interview was offered on "
            "9 March 2026 and declined; an offer does not stop the clock.",
        ),
    ),
    row(
        "Weekends and bank holidays are hours like any other",
        (fact("m", GONE, "2026-04-02 08:00", "2026-04-03 10:00"),),
        "2026-04-06 10:01",
        Owed(
            start="m",
            started="2026-04-03 10:00",
            due="2026-04-06 10:00",
            state=State.OVERDUE,
            why="Overdue since 6 April 2026 at 10:00, less than an hour: no return home interview "
            "has been recorded since the return on 3 April 2026 at 10:00.",
        ),
    ),
    row(
        "When the clocks go forward, 72 hours end an hour later by the wall clock",
        (
            fact("m", GONE, "2026-03-26 20:00", "2026-03-27 21:00"),
            fact("i", HELD, "2026-03-30 21:30"),
        ),
        "2026-06-01 00:00",
        Owed(
            start="m",
            started="2026-03-27 21:00",
            due="2026-03-30 22:00",
            state=State.MET,
            stop="i",
            why="Met: a return home interview was held on 30 March 2026 at 21:30, within 72 hours "
            "of the return on 27 March 2026 at 21:00.",
        ),
    ),
    row(
        "When the clocks go back, they end an hour earlier",
        (
            fact("m", GONE, "2026-10-22 20:00", "2026-10-23 21:00"),
            fact("i", HELD, "2026-10-26 20:30"),
        ),
        "2026-12-01 00:00",
        Owed(
            start="m",
            started="2026-10-23 21:00",
            due="2026-10-26 20:00",
            state=State.LATE,
            stop="i",
            why="Late by less than an hour: a return home interview was held on 26 October 2026 "
            "at 20:30; after the return on 23 October 2026 at 21:00 it was due by 26 October 2026 "
            "at 20:00.",
        ),
    ),
    row(
        "In the hour that comes twice, 01:45 the first time is before 01:30 the second time",
        (
            fact("m", GONE, "2026-10-21 20:00", "2026-10-22 02:30"),
            fact("i", HELD, "2026-10-25 01:45"),
        ),
        "2026-12-01 00:00",
        Owed(
            start="m",
            started="2026-10-22 02:30",
            due="2026-10-25 01:30",
            state=State.MET,
            stop="i",
        ),
    ),
    row(
        "A return with a day and no time runs from the end of that day",
        (fact("m", GONE, "2026-03-07", "2026-03-08"),),
        "2026-03-09 12:00",
        Owed(
            start="m",
            started="2026-03-08 23:59",
            due="2026-03-11 23:59",
            state=State.DUE,
            why="Due by 11 March 2026 at 23:59: no return home interview has been recorded since "
            "the return on 8 March 2026 (no time is recorded, so the hours run from the end of "
            "that day).",
        ),
    ),
    row(
        "An open episode starts no clock",
        (fact("m", GONE, "2026-03-07 18:00"),),
        "2026-06-01 00:00",
    ),
    row(
        "Police and SSDA903 records of one episode are one obligation, from the precise return",
        (
            fact("ssda903", GONE, "2026-03-07", "2026-03-09"),
            fact("police", GONE, "2026-03-07 18:00", "2026-03-08 21:40", agency=POLICE),
        ),
        "2026-03-10 00:00",
        Owed(
            start="police",
            started="2026-03-08 21:40",
            due="2026-03-11 21:40",
            state=State.DUE,
        ),
    ),
    row(
        "Two precise records whose ends are within 24 hours are one, from the later return",
        (
            fact("early", GONE, "2026-03-08 01:00", "2026-03-08 02:00", agency=POLICE),
            fact("later", GONE, "2026-03-08 03:00", "2026-03-08 09:00"),
        ),
        "2026-03-10 00:00",
        Owed(
            start="later",
            started="2026-03-08 09:00",
            due="2026-03-11 09:00",
            state=State.DUE,
        ),
    ),
    row(
        "Records that end more than 24 hours apart and do not overlap are two",
        (
            fact("p", GONE, "2026-03-05 01:00", "2026-03-05 02:00", agency=POLICE),
            fact("c", GONE, "2026-03-06 02:30", "2026-03-06 09:00"),
        ),
        "2026-03-07 00:00",
        Owed(start="p", started="2026-03-05 02:00", due="2026-03-08 02:00", state=State.DUE),
        Owed(start="c", started="2026-03-06 09:00", due="2026-03-09 09:00", state=State.DUE),
    ),
    row(
        "One agency’s two episodes stay two, though a day-only record touches both",
        (
            fact("p1", GONE, "2026-03-01 22:00", "2026-03-03 10:00", agency=POLICE),
            fact("p2", GONE, "2026-03-03 20:00", "2026-03-04 09:00", agency=POLICE),
            fact("c", GONE, "2026-03-01", "2026-03-03"),
        ),
        "2026-03-05 00:00",
        Owed(start="p1", started="2026-03-03 10:00", due="2026-03-06 10:00", state=State.DUE),
        Owed(start="p2", started="2026-03-04 09:00", due="2026-03-07 09:00", state=State.DUE),
    ),
    row(
        "One agency’s two episodes stay two, though a precise record overlaps both",
        (
            fact("p1", GONE, "2026-03-01 22:00", "2026-03-03 10:00", agency=POLICE),
            fact("p2", GONE, "2026-03-03 20:00", "2026-03-04 09:00", agency=POLICE),
            fact("c", GONE, "2026-03-01 22:00", "2026-03-03 20:30"),
        ),
        "2026-03-05 00:00",
        Owed(start="c", started="2026-03-03 20:30", due="2026-03-06 20:30", state=State.DUE),
        Owed(start="p2", started="2026-03-04 09:00", due="2026-03-07 09:00", state=State.DUE),
    ),
    row(
        "One interview stops the latest return and the earlier open ones; before a return it "
        "does not count",
        (
            fact("m1", GONE, "2026-03-01 10:00", "2026-03-01 20:00"),
            fact("m2", GONE, "2026-03-05 10:00", "2026-03-05 20:00"),
            fact("i", HELD, "2026-03-06 09:00"),
            fact("m3", GONE, "2026-03-06 10:00", "2026-03-06 20:00"),
        ),
        "2026-03-07 00:00",
        Owed(
            start="m1",
            started="2026-03-01 20:00",
            due="2026-03-04 20:00",
            state=State.LATE,
            stop="i",
        ),
        Owed(
            start="m2",
            started="2026-03-05 20:00",
            due="2026-03-08 20:00",
            state=State.MET,
            stop="i",
        ),
        Owed(start="m3", started="2026-03-06 20:00", due="2026-03-09 20:00", state=State.DUE),
    ),
    row(
        "An interview by somebody who is not independent does not stop the clock",
        (
            fact("m", GONE, "2026-03-07 18:00", "2026-03-08 21:40"),
            fact("i", ReturnInterviewHeld(independent=False), "2026-03-09 10:00"),
        ),
        "2026-03-10 00:00",
        Owed(
            start="m",
            started="2026-03-08 21:40",
            due="2026-03-11 21:40",
            state=State.DUE,
            why="Due by 11 March 2026 at 21:40: no return home interview has been recorded since "
            "the return on 8 March 2026 at 21:40. An interview was held by somebody who is not "
            "independent on 9 March 2026 at 10:00; only an independent one stops the clock.",
        ),
    ),
    row(
        "A return before the guidance of 2014 starts no clock",
        (fact("m", GONE, "2013-12-01 18:00", "2013-12-02 10:00"),),
        "2026-06-01 00:00",
    ),
]
