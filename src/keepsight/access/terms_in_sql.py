"""Words of the rule as SQL says them: lists, what is in force, purposes and categories."""

from collections.abc import Iterable

from keepsight.kernel.looking import Purpose
from keepsight.kernel.visibility import PURPOSES
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD, Category


def quoted(words: Iterable[str]) -> str:
    """Words as a list for SQL's IN, in a steady order."""
    return "(" + ", ".join(f"'{word}'" for word in sorted(words)) + ")"


def holds(name: str) -> str:
    """That a row of what is dated is in force at this moment.

    The statement's moment and not its transaction's: what was written just before already counts.
    """
    return (
        f"{name}.since <= statement_timestamp()"
        f" AND ({name}.until IS NULL OR {name}.until > statement_timestamp())"
    )


PURPOSE = (
    "CASE v.role "
    + " ".join(f"WHEN '{role}' THEN '{purpose}'" for role, purpose in PURPOSES.items())
    + f" ELSE '{Purpose.SAFEGUARDING}' END"
)
CLOSE = ", ".join(str(number) for number in sorted(each.number for each in CLOSELY_HELD))
GIVABLE = ", ".join(str(each.number) for each in Category if not each.never_agreed)
CATEGORIES = ", ".join(f"({each.number})" for each in Category)
