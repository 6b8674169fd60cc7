"""The page of roles: what each is for, in the words that its holder reads, and what each may do."""

from keepsight.cli.reference.markdown import table, yes
from keepsight.kernel.roles import Permission, Role

TITLE = "Roles"
ABOUT = (
    "What each role is for and what it may do. What its holder may see of a child follows from "
    "role, agency and relation together: see [who may know what](visibility.md)."
)


def body() -> str:
    described = "\n".join(f"## {role.in_words}\n\n{role.part.description()}\n" for role in Role)
    heading = ("A person may", *(role.in_words for role in Role))
    rows = [(each.value, *(yes(role.may(each)) for role in Role)) for each in Permission]
    return f"{described}\n## What each may do\n\n{table(heading, rows)}"
