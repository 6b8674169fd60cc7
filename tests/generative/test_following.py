"""However records are moved: nobody sees more by a link, and what is undone leaves nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.following import Held, Kept, followed

START = datetime(2026, 3, 1, tzinfo=UTC)
RECORDS = range(4)
CHILDREN = st.integers(0, 3)
STEPS = st.lists(
    st.tuples(st.just("keep"), CHILDREN, st.none())
    | st.tuples(st.just("move"), st.sampled_from(RECORDS), CHILDREN),
    max_size=12,
)


class Story:
    """Records, each at first a child of its own, and what happened one by one."""

    def __init__(self):
        self.moment = START
        self.kept = []
        self.stays = {record: [(record, START)] for record in RECORDS}

    def child(self, record):
        return self.stays[record][-1][0]

    def do(self, what, which, child):
        self.moment += timedelta(days=1)
        if what == "keep":
            self.kept.append(Kept(len(self.kept), which, self.moment))
        elif self.child(which) != child:
            self.stays[which].append((child, self.moment))

    def closed(self, record):
        """All that keeps people from a record now."""
        also = followed(self.kept, map(self.history, RECORDS))
        return {
            each.key
            for each in self.kept
            if self.child(record) in {each.child, *also.get(each.key, ())}
        }

    def history(self, record):
        rows = self.stays[record]
        ends = [since for _, since in rows[1:]] + [None]
        return [Held(child, since, end) for (child, since), end in zip(rows, ends, strict=True)]


@given(STEPS)
def test_what_was_put_on_a_record_stays_with_it_wherever_it_goes(steps):
    story = Story()
    put = {record: set() for record in RECORDS}
    for step in steps:
        story.do(*step)
        for record in RECORDS:
            if step[0] == "keep" and story.child(record) == step[1]:
                put[record].add(story.kept[-1].key)
            assert put[record] <= story.closed(record)


@given(STEPS, st.lists(st.tuples(st.sampled_from(RECORDS), CHILDREN), max_size=4))
def test_moves_that_are_taken_back_leave_what_was(steps, moves):
    story = Story()
    for step in steps:
        story.do(*step)
    before = {record: story.closed(record) for record in RECORDS}
    back = []
    for record, child in moves:
        back.append((record, story.child(record)))
        story.do("move", record, child)
    for record, child in reversed(back):
        story.do("move", record, child)
    assert {record: story.closed(record) for record in RECORDS} == before
