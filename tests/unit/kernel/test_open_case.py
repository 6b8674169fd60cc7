"""Whether a case is open, told from events: each row a history and the answer."""

from datetime import UTC, date, datetime, time

import pytest

from keepsight.kernel.indicators.open_case import has_open_case
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.social_care import (
    CaseClosed,
    ChildInNeedPlan,
    ReferralReceived,
)
from keepsight.kernel.vocabulary.events import Event

TODAY = date(2026, 3, 16)


def _event(number: int, content: Content, day: date, until: date | None = None) -> Event:
    def moment(when: date) -> datetime:
        return datetime.combine(when, time(12), UTC)

    return Event(
        id=str(number),
        subject=1,
        agency=1,
        occurred=moment(day),
        occurred_until=moment(until) if until else None,
        received=moment(day),
        content=content,
    )


FEBRUARY, MARCH = date(2026, 2, 2), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("history", "is_open"),
    [
        ([], False),
        ([(ReferralReceived(), FEBRUARY, None)], True),
        ([(ReferralReceived(no_further_action=True), FEBRUARY, None)], False),
        ([(ReferralReceived(), FEBRUARY, None), (CaseClosed(), MARCH, None)], False),
        ([(CaseClosed(), FEBRUARY, None), (ReferralReceived(), MARCH, None)], True),
        ([(ChildInNeedPlan(), FEBRUARY, None)], True),
        ([(ChildInNeedPlan(), FEBRUARY, MARCH)], False),
        ([(ChildInNeedPlan(), date(2026, 4, 1), None)], False),
    ],
)
def test_whether_a_case_is_open(
    history: list[tuple[Content, date, date | None]], is_open: bool
) -> None:
    events = [_event(number, *said) for number, said in enumerate(history)]
    assert has_open_case(events, TODAY) is is_open
