"""The limits of the door for what cannot wait: dated numbers, each with its reason."""

from datetime import date

from keepsight.kernel.signing_in import SignInLimit

BEGUN = date(2026, 11, 30)

TOKEN_MINUTES = SignInLimit(
    value=15,
    unit="minutes",
    in_force_from=BEGUN,
    reason="A token that is lost is soon worth nothing, and a system asks for four an hour.",
)
TOKENS_OF_A_CLIENT = SignInLimit(
    value=60,
    unit="requests for a token",
    in_force_from=BEGUN,
    reason="Fifteen times what a system needs that keeps its token while it lasts. Granted and "
    "refused count alike, so that the limit tells nothing.",
)
TOKENS_OF_AN_ADDRESS = SignInLimit(
    value=300,
    unit="requests for a token",
    in_force_from=BEGUN,
    reason="Several systems of an agency may share an address.",
)
TOKEN_REQUEST_MINUTES = SignInLimit(
    value=15,
    unit="minutes",
    in_force_from=BEGUN,
    reason="The time within which requests for a token are counted.",
)
MOST_BYTES = 64 * 1024
"""The most that one report may have: a page of text is a twentieth of it."""

KEY_LENGTH = 200
"""The most characters of an idempotency key."""

AHEAD_MINUTES = 5
"""How far ahead a time may lie: clocks differ."""

WAIT_SECONDS = 3
"""How long a report waits while a file of the same agency is taken in, before it is asked to come
again.
"""

RETRY_SECONDS = 30
"""After how long it is asked to come again."""

SOURCE = "reports"
"""The format of feeds by which reports are sent one by one, in place of a file’s."""
