"""What keeps people from a child goes where its records go, and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from keepsight.kernel.following import Held, Kept, followed

START = datetime(2026, 3, 1, tzinfo=UTC)


def at(day):
    return None if day is None else START + timedelta(days=day)


def stays(*rows):
    """(child, from day): each until the next, the last one still."""
    ends = [day for _, day in rows[1:]] + [None]
    return [Held(child, at(day), at(end)) for (child, day), end in zip(rows, ends, strict=True)]


CASES = {
    # Since which day child A is kept from people, where a record was, and where it is kept from
    # them besides, with the day from which it is.
    "it stayed": (5, stays(("A", 0)), {}),
    "it never was A": (5, stays(("B", 0), ("C", 9)), {}),
    "it went after": (5, stays(("A", 0), ("B", 9)), {"B": 9}),
    "it went before": (5, stays(("A", 0), ("B", 3)), {}),
    "it went on": (5, stays(("A", 0), ("B", 9), ("C", 12)), {"C": 12}),
    "it came back": (5, stays(("A", 0), ("B", 9), ("A", 12)), {}),
    "it went, came back and went": (5, stays(("A", 0), ("B", 9), ("A", 12), ("B", 15)), {"B": 15}),
    "it came and went back": (5, stays(("B", 0), ("A", 9), ("B", 12)), {}),
    "it came, went back and on": (5, stays(("B", 0), ("A", 9), ("B", 12), ("C", 15)), {}),
    "it came and went elsewhere": (5, stays(("B", 0), ("A", 9), ("C", 12)), {"C": 12}),
    "it was nobody before, and went": (5, stays(("A", 9), ("C", 12)), {"C": 12}),
    "it was there when it began, and went back": (
        10, stays(("B", 0), ("A", 9), ("B", 12)), {"B": 12}
    ),
    "its stay was stated again": (
        5, stays(("B", 0), ("A", 3), ("A", 9), ("B", 12)), {"B": 12}
    ),
    "it is nobody now": (5, [Held("A", at(0), at(9))], {}),
    "its other stay ended": (5, [Held("A", at(0), at(9)), Held("B", at(9), at(12))], {}),
    "nothing is known of it": (5, [], {}),
}  # fmt: skip


@pytest.mark.parametrize(("since", "history", "expected"), CASES.values(), ids=CASES)
def test_where_one_record_takes_it(since, history, expected):
    found = followed([Kept("k", "A", at(since))], [history])
    assert found.get("k", {}) == {child: at(day) for child, day in expected.items()}


def test_of_several_records_the_first_to_come_counts():
    histories = [stays(("A", 0), ("B", 9)), stays(("A", 0), ("B", 7)), stays(("A", 0), ("C", 8))]
    found = followed([Kept("k", "A", at(5)), Kept("other", "Z", at(5))], histories)
    assert found == {"k": {"B": at(7), "C": at(8)}}
