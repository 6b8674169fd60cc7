"""The page of the rules that returns are checked against."""

from collections.abc import Iterable, Sequence

from keepsight.cli.reference.markdown import cited, in_words, table
from keepsight.kernel.checks import Rule, Severity, cin, ssda903

TITLE = "Checks of returns"
ABOUT = (
    "What `keepsight check FILE --as cin` and `keepsight check FILES --as ssda903` look for. A "
    "code of digits is the Department for Education’s own number. XML and two digits is of the "
    "file’s schema; KS is of Keepsight, read in the return’s guide. An error must be put right; a "
    "query may be right, and somebody has to look."
)
HEADING = (
    *("Rule", "Kind", "What is wrong", "In", "Fields", "What to do", "Returns"),
    *("Source", "How far confirmed"),
)
MANY_FIELDS = 4
"""More fields than these are not listed."""


def body() -> str:
    sections = (
        ("Children in need census", cin.RULES),
        ("Children looked after return (SSDA903)", ssda903.RULES),
    )
    return "\n".join(_section(title, rules) for title, rules in sections) + _others()


def _section(title: str, rules: Sequence[Rule]) -> str:
    errors = sum(rule.severity is Severity.ERROR for rule in rules)
    counted = f"{len(rules)} rules: {errors} errors, {len(rules) - errors} queries."
    return f"## {title}\n\n{counted}\n\n{table(HEADING, map(_row, rules))}"


def _row(rule: Rule) -> tuple[str, ...]:
    return (
        f"`{rule.code}`",
        rule.severity.value,
        rule.says,
        rule.about,
        _fields(rule.fields),
        rule.remedy,
        _years(rule),
        cited(rule.source),
        in_words(rule.mark),
    )


def _fields(fields: Iterable[str]) -> str:
    named = list(dict.fromkeys(fields))
    return ", ".join(f"`{name}`" for name in named) if len(named) <= MANY_FIELDS else "several"


def _years(rule: Rule) -> str:
    """The years in which the returns end that the rule is for."""
    first = f"from {rule.first_year - 1}-{rule.first_year % 100:02d}" if rule.first_year else ""
    last = f"to {rule.last_year - 1}-{rule.last_year % 100:02d}" if rule.last_year else ""
    return " ".join(part for part in (first, last) if part) or "all"


def _others() -> str:
    return (
        "\n## Other formats\n\nOf the other files that Keepsight takes, findings are what their "
        "readers refuse (an error) and what they keep with a remark (a query). The rule is then "
        "the format’s name with `.refused` or `.remark`.\n"
    )
