"""Why a report is refused: each reason as a row, with the status, the sentence and the remedy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """One rule that a report can break. `rule` is for a program, the sentences are for people."""

    rule: str
    status: int
    says: str
    remedy: str


def _rule(rule: str, status: int, says: str, remedy: str) -> ReportRule:
    return ReportRule(rule=rule, status=status, says=says, remedy=remedy)


NO_TOKEN = _rule(
    "no_token",
    401,
    "There is no token with this request, or it is not good any more.",
    "Ask for a token at /api/token and send it as “Authorization: Bearer …”.",
)
TOO_MANY = _rule(
    "too_many",
    429,
    "There were too many requests in a short time.",
    "Wait for as many seconds as Retry-After says, and keep a token for as long as it lasts.",
)
AGENCY_BUSY = _rule(
    "agency_busy",
    503,
    "A file of the same agency is being taken in, so the report was not taken.",
    "Send it again with the same key after as many seconds as Retry-After says.",
)
NOT_THIS_AGENCY = _rule(
    "not_this_agency",
    403,
    "An agency of this kind does not send such reports.",
    "Send it by a client of the agency that does.",
)
FEED_SHUT = _rule(
    "feed_shut",
    403,
    "Nothing is taken in by the feed of this client.",
    "Ask whoever governs the feed: `keepsight feeds show` says what is missing.",
)
KEY_USED = _rule(
    "key_used",
    409,
    "This Idempotency-Key was used before, for another report.",
    "Use a new key for a new report, and the same key only to send the same report again.",
)
NO_EPISODE = _rule(
    "no_missing_report",
    409,
    "No missing report of this agency stands under this reference.",
    "Send the missing report first, then this one again with the same key.",
)
ANOTHER_PERSON = _rule(
    "another_person",
    409,
    "The missing report under this reference is of another person.",
    "Correct the reference of the report or of the person.",
)
FOUND_EARLY = _rule(
    "found_before_missing",
    422,
    "The child was found before the time at which the report says that it went missing.",
    "Correct the time, or send the missing report again with the right one.",
)
TOO_LARGE = _rule(
    "too_large",
    413,
    "The report is larger than 64 KiB.",
    "Send what happened in words, and no documents.",
)
NOT_JSON_TYPE = _rule(
    "not_json_type",
    415,
    "The report is not sent as application/json.",
    "Set Content-Type to application/json, in UTF-8.",
)
NOT_JSON = _rule(
    "not_json",
    400,
    "What was sent is not a JSON object in UTF-8.",
    "Send one JSON object, with each name once.",
)
NOT_VALID = _rule(
    "not_valid",
    422,
    "The report cannot stand as it is; each fault is named.",
    "Correct each fault and send it again with the same key.",
)
NO_RECEIPT = _rule(
    "no_receipt",
    404,
    "There is no such receipt of this client.",
    "Use the status_url of an acknowledgement that this client was given.",
)

RULES = (
    *(NO_TOKEN, TOO_MANY, AGENCY_BUSY, NOT_THIS_AGENCY, FEED_SHUT, KEY_USED, NO_EPISODE),
    *(ANOTHER_PERSON, FOUND_EARLY, TOO_LARGE, NOT_JSON_TYPE, NOT_JSON, NOT_VALID, NO_RECEIPT),
)


class ReportRefused(Exception):
    """A report was not taken; `says` is put in place of the rule’s own sentence where given."""

    def __init__(self, rule: ReportRule, says: str = "") -> None:
        super().__init__(says or rule.says)
        self.rule = rule
        self.says = says or rule.says
