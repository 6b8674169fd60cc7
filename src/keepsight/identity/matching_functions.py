"""What the database does for matching one record as it arrives: SQL that a migration runs.

The blocks are those of the model’s blocking rules, each by an index; a test holds them together.
"""

from keepsight.engines.roles import role_name
from keepsight.identity.joining import LINKING

BLOCKS_LOCK = 44
"""The first number of the locks on blocks; the second is a hash of what the block has in common."""

BLOCKS = {
    "nhs": ("{r}.nhs_number",),
    "upn": ("{r}.upn",),
    "birth_initial": ("{r}.date_of_birth", "left({r}.surname, 1)"),
    "birth_forename": ("{r}.date_of_birth", "{r}.forename"),
    "birth_postcode": ("{r}.date_of_birth", "{r}.postcode"),
    "names_year": (
        "{r}.surname",
        "left({r}.forename, 1)",
        "extract(year FROM {r}.date_of_birth)",
    ),
    "beginnings_year": (
        "left({r}.surname, 3)",
        "left({r}.forename, 3)",
        "extract(year FROM {r}.date_of_birth)",
    ),
    "names": ("{r}.surname", "{r}.forename"),
    "postcode_forename": ("{r}.postcode", "{r}.forename"),
}
"""What records of one block have in common; `{r}` is the record."""

INDEXED_BEFORE = ("nhs", "upn")

COMPARED = (
    *("forename", "surname", "date_of_birth", "sex", "nhs_number", "upn", "postcode"),
    *("address_withheld", "severance_id", "forgotten"),
)
"""What makes a record a new one to linking when it changes."""


def _of(record: str, parts: tuple[str, ...]) -> list[str]:
    return [part.format(r=record) for part in parts]


def indexes() -> str:
    """An index for each block that had none."""
    made = []
    for name, parts in BLOCKS.items():
        if name not in INDEXED_BEFORE:
            columns = ", ".join(f"({part.format(r='s').replace('s.', '')})" for part in parts)
            made.append(
                f"CREATE INDEX identity_block_{name} ON identity_subjectrecord ({columns});\n"
            )
    return "".join(made)


def _keys() -> str:
    """One row a block that the record `own` says all of, with a hash of what it says."""
    rows = []
    for name, parts in BLOCKS.items():
        said = _of("own", parts)
        known = " AND ".join(f"{part} IS NOT NULL" for part in said)
        together = ", ".join(f"{part}::text" for part in said)
        rows.append(f"SELECT hashtext(concat_ws('|', '{name}', {together})) AS key WHERE {known}")
    return "\n    UNION ".join(rows)


def _met() -> str:
    rows = []
    for parts in BLOCKS.values():
        same = zip(_of("s", parts), _of("own", parts), strict=True)
        agree = " AND ".join(f"{theirs} = {mine}" for theirs, mine in same)
        rows.append(f"SELECT s.id FROM identity_subjectrecord s WHERE {agree}")
    return "\n    UNION ".join(rows)


OWN = """
  SELECT s.* INTO own FROM identity_subjectrecord s
  WHERE s.id = subject AND s.forgotten IS NULL"""

FORMER = (
    """(SELECT jsonb_agg(jsonb_build_array(f."column", f.value)) FROM identity_formerdetail f"""
    " WHERE f.subject_record_id = {own}.id)"
)
"""What a record said before, column by column; null for most."""

NEW_IDENTITY = (
    "EXISTS (SELECT 1 FROM identity_severance v"
    " CROSS JOIN jsonb_array_elements_text(v.links) across"
    " JOIN identity_link l ON l.id = across.value::bigint WHERE l.subject_record_id = {subject})"
)
"""Whether a record is of a new identity that was cut from an old one: it would name the old one."""

HOLD = f"""
DECLARE
  own record;
  each int;
BEGIN
  IF NOT pg_try_advisory_xact_lock_shared({LINKING}) THEN RETURN false; END IF;
  {OWN} FOR UPDATE;
  FOR each IN SELECT k.key FROM (
    {_keys()}) k ORDER BY k.key
  LOOP PERFORM pg_advisory_xact_lock({BLOCKS_LOCK}, each); END LOOP;
  RETURN true;
END"""
"""Wait until nobody else matches a record of any of its blocks; false while linking at night is.

The locks are taken in one order by everybody, so that two workers never wait for one another.
"""

CANDIDATES = f"""
DECLARE
  own record;
BEGIN
  {OWN};
  RETURN QUERY
  SELECT s.id, s.agency_id, s.nhs_number::text, s.upn::text, s.date_of_birth::text,
    s.surname, s.forename, s.postcode::text, s.sex::text, {FORMER.format(own="s")}
  FROM ({_met()}) met
  JOIN identity_subjectrecord s ON s.id = met.id
  WHERE s.id <> own.id AND s.forgotten IS NULL
    AND s.severance_id IS NOT DISTINCT FROM own.severance_id;
END"""
CANDIDATE = (
    "TABLE (id bigint, agency_id bigint, nhs_number text, upn text, date_of_birth text,"
    " surname text, forename text, postcode text, sex text, former jsonb)"
)

GATHER = f"""
DECLARE
  own record;
BEGIN
  IF NOT identity_hold_blocks(subject) THEN RETURN NULL; END IF;
  {OWN};
  IF own.id IS NULL THEN RETURN '{{}}'; END IF;
  DELETE FROM identity_unmatched WHERE subject_record_id = own.id;
  RETURN jsonb_build_object(
    'own', jsonb_build_array(own.agency_id, own.nhs_number, own.upn, own.date_of_birth,
      own.surname, own.forename, own.postcode, own.sex),
    'former', {FORMER.format(own="own")},
    'held', (SELECT jsonb_build_array(l.child_id, l.decided_by = 'model' AND NOT EXISTS (
        SELECT 1 FROM identity_link o
        WHERE o.child_id = l.child_id AND o.recorded_until IS NULL AND o.id <> l.id))
      FROM identity_link l WHERE l.subject_record_id = own.id AND l.recorded_until IS NULL),
    'counts', (SELECT coalesce(jsonb_agg(jsonb_build_array(n."column", n.value, n.count)), '[]')
      FROM identity_namecount n WHERE (n."column", n.value) IN (('records', ''),
        ('surname', ''), ('surname', own.surname), ('forename', ''), ('forename', own.forename))),
    'careless', (SELECT coalesce(jsonb_agg(jsonb_build_array(c.agency_id, c."column")), '[]')
      FROM identity_agencycare c WHERE c.often),
    'judged', (SELECT coalesce(jsonb_agg(jsonb_build_array(j.one_id, j.other_id, j.verdict)), '[]')
      FROM identity_judgement j
      JOIN identity_subjectrecord s ON s.id = j.one_id + j.other_id - own.id
      WHERE own.id IN (j.one_id, j.other_id) AND j.lifted IS NULL
        AND (j.verdict <> 'unsure' OR NOT coalesce(
          greatest(own.details_changed, s.details_changed) > j.recorded, false))),
    'candidates', (SELECT coalesce(jsonb_agg(jsonb_build_array(c.id, c.agency_id, c.nhs_number,
        c.upn, c.date_of_birth, c.surname, c.forename, c.postcode, c.sex, c.former)), '[]')
      FROM identity_candidates(subject) c));
END"""
"""Everything that matching one record needs, in one answer, once its blocks are held.

Empty for a record that is forgotten; null while linking at night is at work. The record no longer
waits to be matched after this.
"""

MEMBERS = f"""
BEGIN
  RETURN QUERY
  SELECT l.child_id, s.id, s.agency_id, s.forename, s.surname, s.date_of_birth, s.sex::text,
    s.nhs_number::text, s.upn::text, s.postcode::text,
    {FORMER.format(own="s")}
  FROM (SELECT DISTINCT h.child_id FROM identity_link h
    WHERE h.subject_record_id = ANY(subjects) AND h.recorded_until IS NULL) theirs
  JOIN identity_link l ON l.child_id = theirs.child_id
  JOIN identity_subjectrecord s ON s.id = l.subject_record_id
  WHERE l.recorded_until IS NULL AND s.forgotten IS NULL AND s.id <> own
  ORDER BY l.child_id, s.id;
END"""
MEMBER = (
    "TABLE (child_id uuid, id bigint, agency_id bigint, forename text, surname text,"
    " date_of_birth date, sex text, nhs_number text, upn text, postcode text, former jsonb)"
)
"""The records of the children of some but for one's own, in the order of `compared.FIELDS`."""

WRITTEN = """
DECLARE
  own record;
BEGIN
  SELECT s.id, s.agency_id, s.area_id, s.tier INTO own
  FROM identity_subjectrecord s WHERE s.id = subject;
  UPDATE identity_link SET recorded_until = now()
  WHERE subject_record_id = own.id AND recorded_until IS NULL;
  INSERT INTO identity_child (id, recorded) VALUES (child, now()) ON CONFLICT (id) DO NOTHING;
  INSERT INTO identity_link (subject_record_id, child_id, agency_id, area_id, tier, weight,
    reasons, model_version, decided_by, recorded_from)
  VALUES (own.id, child, own.agency_id, own.area_id, own.tier, bits, because, version, 'model',
    now());
  IF bits IS NOT NULL THEN
    INSERT INTO identity_linkedpair (one_id, other_id, since)
    VALUES (least(own.id, beside), greatest(own.id, beside), now())
    ON CONFLICT (one_id, other_id) DO NOTHING;
  END IF;
END"""
"""The record is now that child: its link, and the pair on which it stands."""

CHANGED = f"""
CREATE FUNCTION identity_details_changing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ({", ".join(f"NEW.{name}" for name in COMPARED)}) IS DISTINCT FROM
    ({", ".join(f"OLD.{name}" for name in COMPARED)})
  THEN NEW.details_changed := now(); END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION identity_details_came() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO identity_unmatched (subject_record_id, since) SELECT id, now() FROM come
  ON CONFLICT (subject_record_id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE FUNCTION identity_details_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.forgotten IS NOT NULL THEN
    DELETE FROM identity_formerdetail WHERE subject_record_id = NEW.id;
    DELETE FROM identity_linkedpair WHERE one_id = NEW.id OR other_id = NEW.id;
    DELETE FROM identity_unmatched WHERE subject_record_id = NEW.id;
    RETURN NULL;
  END IF;
  INSERT INTO identity_unmatched (subject_record_id, since) VALUES (NEW.id, now())
  ON CONFLICT (subject_record_id) DO NOTHING;
  IF {NEW_IDENTITY.format(subject="NEW.id")} THEN RETURN NULL; END IF;
  IF NEW.address_withheld THEN
    DELETE FROM identity_formerdetail WHERE subject_record_id = NEW.id AND "column" = 'postcode';
  END IF;
  INSERT INTO identity_formerdetail (subject_record_id, "column", value, until, recorded)
  SELECT NEW.id, n.name, n.value, coalesce(NEW.details_received, now()), now() FROM (VALUES
    ('nhs_number', OLD.nhs_number, NEW.nhs_number), ('upn', OLD.upn, NEW.upn),
    ('surname', OLD.surname, NEW.surname),
    ('postcode', OLD.postcode, NEW.postcode)) n (name, value, later)
  WHERE n.value <> n.later
  ON CONFLICT (subject_record_id, "column", value) DO UPDATE SET until = EXCLUDED.until;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION identity_details_changing(), identity_details_came(),
  identity_details_changed() FROM PUBLIC;
CREATE TRIGGER identity_details_changing BEFORE UPDATE ON identity_subjectrecord
  FOR EACH ROW EXECUTE FUNCTION identity_details_changing();
CREATE TRIGGER identity_details_came AFTER INSERT ON identity_subjectrecord
  REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION identity_details_came();
CREATE TRIGGER identity_details_changed AFTER UPDATE ON identity_subjectrecord
  FOR EACH ROW WHEN (NEW.details_changed IS DISTINCT FROM OLD.details_changed)
  EXECUTE FUNCTION identity_details_changed();
"""
"""What is replaced is known as a former one; whoever changed is to be matched anew."""

BY_INDEX = " ".join(f"SET enable_{way} = off" for way in ("seqscan", "hashjoin", "mergejoin"))
"""One record is matched by what the indexes give, however little PostgreSQL yet knows of a table
that was filled a moment ago.
"""


def functions() -> str:
    """Those that a worker calls, as itself: its role reads records of all agencies."""
    one = "subject bigint"
    link = "child uuid, bits float8, because jsonb, beside bigint, version text"
    return (
        worker("identity_hold_blocks", one, "boolean", HOLD)
        + worker("identity_candidates", one, CANDIDATE, CANDIDATES)
        + worker("identity_members", "subjects bigint[], own bigint", MEMBER, MEMBERS)
        + worker("identity_gather", one, "jsonb", GATHER)
        + worker("identity_write_link", f"{one}, {link}", "void", WRITTEN)
        + CHANGED
    )


def worker(name: str, signature: str, returns: str, body: str) -> str:
    """A function that the worker’s role may call, and nobody else; it finds rows by index."""
    return (
        f"CREATE FUNCTION {name}({signature}) RETURNS {returns} LANGUAGE plpgsql VOLATILE"
        f" SET search_path = pg_catalog, public, pg_temp {BY_INDEX} AS $$ {body} $$;\n"
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;\n"
        f"GRANT EXECUTE ON FUNCTION {name} TO {role_name('batch')};\n"
    )
