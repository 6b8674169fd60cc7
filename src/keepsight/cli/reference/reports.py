"""The page of pushed reports: who sends which, its limits, and why one is refused."""

from keepsight.cli.reference.markdown import day, in_words, table
from keepsight.kernel.report_rules import RULES
from keepsight.kernel.reports import KEYS, SENDERS, ReportKind
from keepsight.kernel.sending import (
    AHEAD_MINUTES,
    KEY_LENGTH,
    MOST_BYTES,
    RETRY_SECONDS,
    TOKEN_MINUTES,
    TOKEN_REQUEST_MINUTES,
    TOKENS_OF_A_CLIENT,
    TOKENS_OF_AN_ADDRESS,
    WAIT_SECONDS,
)
from keepsight.kernel.signing_in import SignInLimit

TITLE = "Reports that cannot wait"
ABOUT = "What agencies’ systems may push, by what limits, and why a report is refused."
HOW_TO = (
    "[How to push a report](../../how-to/push-a-report.md) goes through it in order, and "
    "[the OpenAPI document](openapi.json) has every field."
)
DATED = {
    "How long a token lasts": TOKEN_MINUTES,
    "Requests for a token, of one client": TOKENS_OF_A_CLIENT,
    "Requests for a token, from one address": TOKENS_OF_AN_ADDRESS,
    "The time in which they are counted": TOKEN_REQUEST_MINUTES,
}
PLAIN = (
    ("The most that a report may have", f"{MOST_BYTES // 1024} KiB"),
    ("The most characters of an idempotency key", str(KEY_LENGTH)),
    ("How far ahead a time may lie", f"{AHEAD_MINUTES} minutes"),
    ("How long a report waits for a file of its agency", f"{WAIT_SECONDS} seconds"),
    ("After how long it is then asked to come again", f"{RETRY_SECONDS} seconds"),
)


def body() -> str:
    return f"{HOW_TO}\n\n{_kinds()}\n{_limits()}\n{_rules()}"


def _kinds() -> str:
    rows = (
        (
            f"`/api/v1/{kind}`",
            kind.in_words,
            ", ".join(sorted(each.in_words for each in SENDERS[kind])),
            f"`{KEYS[kind]}|` and the reference",
        )
        for kind in ReportKind
    )
    heading = ("Address", "What it is", "Who sends it", "The key of its fact")
    return f"## Which, and by whom\n\nWho sends what is our own practice.\n\n{table(heading, rows)}"


def _limits() -> str:
    rows = [(says, f"{each.value} {each.unit}", _why(each)) for says, each in DATED.items()]
    rows += [(says, value, "Our own setting.") for says, value in PLAIN]
    return f"## Limits\n\n{table(('Limit', 'Value', 'Why'), rows)}"


def _why(limit: SignInLimit) -> str:
    held = f"In force from {day(limit.in_force_from)}; {in_words(limit.mark)}."
    return f"{limit.reason} {held}"


def _rules() -> str:
    rows = ((f"`{each.rule}`", str(each.status), each.says, each.remedy) for each in RULES)
    return f"## Why a report is refused\n\n{table(('Rule', 'Status', 'Says', 'Remedy'), rows)}"
