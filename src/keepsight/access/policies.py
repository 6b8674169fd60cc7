"""The row-level policies that every room's migration uses: each reads scope only.

`own` is the agency's own records by column; `granted` a narrow array of subject records;
`area` the wide role's column. They are separate permissive policies, none calls another table's.
"""

from keepsight.engines.rls import allow, force, grant

OWN = "agency_id = (SELECT access_agency())"
GRANTED = "tier = 'ordinary' AND subject_record_id = ANY((SELECT access_subjects())::bigint[])"
AREA = "tier = 'ordinary' AND area_id = (SELECT access_area())"
CHILD = "child_id = ANY((SELECT access_children())::uuid[])"
AREA_OF_CHILD = "area_id = (SELECT access_area())"


def about_a_subject(
    table: str,
    *,
    subject: str = "subject_record_id",
    app: str,
    batch: str,
    inserting: str = OWN,
) -> str:
    """Policies of a table whose rows have agency_id, area_id, tier and a subject record.

    `app` may name columns, such as `SELECT (id, week)`: the others are then out of its reach.
    """
    granted = GRANTED.replace("subject_record_id", subject)
    policies = [
        allow(table, "own", "app", "SELECT", OWN),
        allow(table, "granted", "app", "SELECT", granted),
        allow(table, "area", "app", "SELECT", AREA),
        allow(table, "batch", "batch", "ALL", "true"),
    ]
    if "INSERT" in app:
        policies.append(allow(table, "own_insert", "app", "INSERT", inserting))
    return force(table) + "".join(policies) + grant(table, app=app, batch=batch)


def about_a_child(table: str, *, app: str, batch: str, agency: bool = False) -> str:
    """Policies of a table whose rows have area_id and child_id (and perhaps an agency's own)."""
    policies = [
        allow(table, "granted", "app", "SELECT", CHILD),
        allow(table, "area", "app", "SELECT", AREA_OF_CHILD),
        allow(table, "batch", "batch", "ALL", "true"),
    ]
    if agency:
        policies.append(allow(table, "own", "app", "SELECT", OWN))
    if "UPDATE" in app:
        policies.append(allow(table, "granted_update", "app", "UPDATE", CHILD))
    if "INSERT" in app:
        policies.append(allow(table, "granted_insert", "app", "INSERT", CHILD))
    return force(table) + "".join(policies) + grant(table, app=app, batch=batch)
