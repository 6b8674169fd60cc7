"""The row-level policies that every room's migration uses: each reads the tables of access only.

What opens a row is permissive: `own` by the agency's column, `granted` by a narrow array of keys,
`listed` by name. What closes it is restrictive: `hidden`, for a child that is sealed or from whom
the viewer is kept. None calls another table's policy.
"""

from keepsight.engines.rls import allow, forbid, force, grant
from keepsight.kernel.looking import Sight
from keepsight.kernel.vocabulary.categories import Category

WHEREABOUTS = len(Sight)
"""What a policy asks of access for where a child is: content, and an address not protected."""

KEYS_A_SUBJECT = 64
"""A key is a subject record's id and a category, and whether the record is held closely."""

OWN = "(agency_id = (SELECT access_agency()) AND tier <> 'sealed')"


def each_of(function: str) -> str:
    """The elements of an array that a function gives, worked out once a statement.

    `IN` such a list is looked up by its hash; `= ANY` of an array would go through it for each
    row. OFFSET keeps the planner from calling the function only to guess how many there are.
    """
    return f"(SELECT unnest(listed) FROM (SELECT {function} OFFSET 0) once(listed))"


CHILD = f"child_id IN {each_of('access_children()')}"
LED_CHILD = f"child_id IN {each_of('access_led_children()')}"
LISTED_CHILD = f"child_id IN {each_of('access_listed_children()')}"


def key_of(subject: str, category: str) -> str:
    """The key by which a row is granted; a sealed row has none that is ever given."""
    return f"({subject} * {KEYS_A_SUBJECT} + {category} * 2 + (tier <> 'ordinary')::int)"


def granted(subject: str, category: str, sight: int) -> str:
    """A row whose key is among those that the viewer is given to this sight at least."""
    key = key_of(subject, category)
    return f"tier <> 'sealed' AND {key} IN {each_of(f'access_keys({sight})')}"


def listed(subject: str, sight: int) -> str:
    """A row of a sealed child on whose list the viewer is."""
    return f"{subject} IN {each_of(f'access_listed({sight})')}"


def shown(subject: str) -> str:
    """A row of a child who is not hidden from the viewer."""
    return (
        f"CASE WHEN (SELECT access_few()) THEN access_shows_subject({subject})"
        f" ELSE {subject} NOT IN {each_of('access_hidden_subjects()')} END"
    )


SHOWN_CHILD = (
    "CASE WHEN (SELECT access_few()) THEN access_shows_child(child_id)"
    f" ELSE child_id NOT IN {each_of('access_hidden_children()')} END"
)


def about_a_subject(
    table: str,
    *,
    subject: str = "subject_record_id",
    category: str | Category = "category",
    sight: int = Sight.CONTENT,
    app: str,
    batch: str,
    inserting: str = OWN,
) -> str:
    """Policies of a table whose rows have agency_id, tier, a subject record and a category.

    `app` may name columns, such as `SELECT (id, week)`: the others are then out of its reach.
    """
    number = str(category.number) if isinstance(category, Category) else category
    policies = [
        allow(table, "own", "app", "SELECT", OWN),
        allow(table, "granted", "app", "SELECT", granted(subject, number, int(sight))),
        allow(table, "listed", "app", "SELECT", listed(subject, int(sight))),
        forbid(table, "hidden", "app", "SELECT", shown(subject)),
        allow(table, "batch", "batch", "ALL", "true"),
    ]
    if "INSERT" in app:
        policies.append(allow(table, "own_insert", "app", "INSERT", inserting))
    return force(table) + "".join(policies) + grant(table, app=app, batch=batch)


def about_a_child(table: str, *, app: str, batch: str, agency: bool = False) -> str:
    """Policies of a table whose rows have child_id (and perhaps the agency that owes them)."""
    policies = [
        allow(table, "granted", "app", "SELECT", CHILD),
        allow(table, "listed", "app", "SELECT", LISTED_CHILD),
        forbid(table, "hidden", "app", "SELECT", SHOWN_CHILD),
        allow(table, "batch", "batch", "ALL", "true"),
    ]
    if agency:
        own = "agency_id = (SELECT access_agency())"
        policies.append(allow(table, "own", "app", "SELECT", own))
    if "UPDATE" in app:
        policies.append(allow(table, "granted_update", "app", "UPDATE", LED_CHILD))
        policies.append(forbid(table, "hidden_update", "app", "UPDATE", SHOWN_CHILD))
    if "INSERT" in app:
        policies.append(allow(table, "granted_insert", "app", "INSERT", LED_CHILD))
    return force(table) + "".join(policies) + grant(table, app=app, batch=batch)
