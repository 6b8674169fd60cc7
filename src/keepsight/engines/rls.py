"""SQL that migrations use: row-level security forced on a table, grants, append-only triggers."""

from keepsight.engines.roles import role_name

REFUSE_REWRITE = """
CREATE OR REPLACE FUNCTION keepsight_refuse_rewrite() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: a correction is a new row that supersedes', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION keepsight_refuse_rewrite() FROM PUBLIC;
"""


def append_only(table: str) -> str:
    """The database itself refuses UPDATE, DELETE and TRUNCATE, whoever asks."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION keepsight_refuse_rewrite();\n"
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION keepsight_refuse_rewrite();\n"
    )


def grant(table: str, *, app: str = "", batch: str = "") -> str:
    """Privileges of the running roles; backup always reads, owner owns."""
    lines = [f"GRANT SELECT ON {table} TO {role_name('backup')};"]
    for role, privileges in (("app", app), ("batch", batch)):
        if privileges:
            lines.append(f"GRANT {privileges} ON {table} TO {role_name(role)};")
    return "\n".join(lines) + "\n"


def force(table: str) -> str:
    """Row-level security on, for the owner of the table as well."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n"
    )


def allow(table: str, name: str, role: str, command: str, condition: str) -> str:
    """One permissive policy for one role and one command (SELECT, INSERT, UPDATE, DELETE or ALL).

    One of this name that is there already is replaced.
    """
    using = "" if command == "INSERT" else f" USING ({condition})"
    check = "" if command in ("SELECT", "DELETE") else f" WITH CHECK ({condition})"
    return (
        f"DROP POLICY IF EXISTS {table}_{name} ON {table};\n"
        f"CREATE POLICY {table}_{name} ON {table} FOR {command} "
        f"TO {role_name(role)}{using}{check};\n"
    )


def forbid(table: str, name: str, role: str, command: str, condition: str) -> str:
    """One restrictive policy: whatever else allows a row, this too must hold."""
    using = "" if command == "INSERT" else f" USING ({condition})"
    return (
        f"DROP POLICY IF EXISTS {table}_{name} ON {table};\n"
        f"CREATE POLICY {table}_{name} ON {table} AS RESTRICTIVE FOR {command} "
        f"TO {role_name(role)}{using};\n"
    )


def definer(
    signature: str, returns: str, body: str, *, to: tuple[str, ...], rows: int | None = None
) -> str:
    """A STABLE SECURITY DEFINER function with a fixed search path, executable by `to` only.

    One that is there already is replaced. `rows` is how many the planner is to expect of a set.
    """
    grants = "".join(f"GRANT EXECUTE ON FUNCTION {signature} TO {role_name(r)};\n" for r in to)
    return (
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} "
        f"LANGUAGE sql STABLE SECURITY DEFINER {f'ROWS {rows} ' if rows else ''}"
        f"SET search_path = pg_catalog, public, pg_temp AS $$ {body} $$;\n"
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;\n{grants}"
    )
