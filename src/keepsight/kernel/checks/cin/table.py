"""How a rule of the census is written, as one row."""

from keepsight.kernel.checks.rule import Breaks, Rule, Severity
from keepsight.kernel.vocabulary.code_sets import Mark

NUMBERED = "DfE children in need census, validation rule"
SCHEMA = "DfE children in need census, XML schema"
GUIDE = "DfE children in need census, guide and specification"
OWN = "KS"
"""Begins the code of a rule that the census does not number; Keepsight reads it in the guide."""

RETURN, CHILD, CASE = "the return", "a child", "a case"
ASSESSMENT, ENQUIRY = "an assessment", "an enquiry"
CIN_PLAN, PROTECTION = "a child in need plan", "a child protection plan"


def rule(
    code: str,
    about: str,
    says: str,
    remedy: str,
    *fields: str,
    breaks: Breaks | None = None,
    query: bool = False,
    mark: Mark | None = None,
    first: int = 0,
    last: int = 0,
) -> Rule:
    """One rule. A code that ends in Q is a query; the mark of one that the census numbers is V2."""
    own = code.startswith(OWN)
    return Rule(
        code=code,
        says=says,
        remedy=remedy,
        about=about,
        fields=fields,
        source=GUIDE if own else f"{NUMBERED} {code}",
        mark=mark or ("M" if own else "V2"),
        severity=Severity.QUERY if query or code.endswith("Q") else Severity.ERROR,
        first_year=first,
        last_year=last,
        breaks=breaks,
    )


def schema_rule(code: str, says: str, remedy: str, *, query: bool = False) -> Rule:
    """A rule that the schema of the file itself holds, as a published copy of it has it."""
    return Rule(
        code=code,
        says=says,
        remedy=remedy,
        about="the file",
        fields=(),
        source=SCHEMA,
        mark="V2",
        severity=Severity.QUERY if query else Severity.ERROR,
    )
