"""When an account counts as dormant, and that each limit says why it is what it is."""

from datetime import datetime, timedelta

import pytest

from keepsight.kernel import signing_in
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.signing_in import SignInLimit, dormant_since

DAY = datetime(2026, 3, 1, 12, tzinfo=LONDON)
LIMITS = {name: each for name, each in vars(signing_in).items() if isinstance(each, SignInLimit)}


@pytest.mark.parametrize(
    ("last_sign_in", "counted_from"),
    [(None, DAY), (DAY - timedelta(days=400), DAY), (DAY + timedelta(days=3), DAY + timedelta(3))],
)
def test_an_account_is_dormant_so_long_after_it_was_used_or_restored(
    last_sign_in: datetime | None, counted_from: datetime
) -> None:
    since = dormant_since(active_since=DAY, last_sign_in=last_sign_in, days=90)
    assert since == counted_from + timedelta(days=90)


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_is_dated_and_has_a_reason(name: str) -> None:
    limit = LIMITS[name]
    assert limit.value > 0
    assert limit.unit
    assert len(limit.reason) > 20
