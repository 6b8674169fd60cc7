"""What events name: a row an entity, seen by whoever may see where the event says that a child is.

It goes with the content of its event, by whatever way that goes. What was taken in before is read
for what it names, here and once. And that a child waits because of
what was named about another one is told from what came about itself.
"""

import json
from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from keepsight.access.policies import WHEREABOUTS, about_a_subject
from keepsight.engines.rls import allow
from keepsight.engines.roles import role_name
from keepsight.kernel.entities.kinds import EntityKind, key_of
from keepsight.kernel.entities.naming import mentions_of
from keepsight.kernel.vocabulary.events import content_of

TABLE = "chronology_mention"
PATH = "SET search_path = pg_catalog, public, pg_temp"
APP, BATCH = role_name("app"), role_name("batch")

SENT = (
    "agency_id = (SELECT access_sending()) AND tier <> 'sealed'"
    " AND chronology_sent_event(event_id, subject_record_id)"
)
BURIED = (
    "EXISTS (SELECT 1 FROM chronology_tombstone t"
    f" WHERE t.of = 'event' AND t.ref = {TABLE}.event_id)"
)

POLICIES = (
    about_a_subject(TABLE, sight=WHEREABOUTS, app="SELECT, INSERT", batch="SELECT, INSERT")
    + allow(TABLE, "sent", "app", "INSERT", SENT)
    + allow(TABLE, "erasing", "owner", "SELECT", "true")
    + allow(TABLE, "erased", "owner", "DELETE", BURIED)
    + f"GRANT USAGE ON SEQUENCE {TABLE}_id_seq TO {APP}, {BATCH};\n"
)

TRIGGERS = f"""
CREATE TRIGGER {TABLE}_refers AFTER INSERT ON {TABLE} REFERENCING NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION chronology_part_refers();
CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION keepsight_refuse_rewrite();
CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
  FOR EACH STATEMENT EXECUTE FUNCTION keepsight_refuse_rewrite();
CREATE TRIGGER {TABLE}_erased_only BEFORE DELETE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION chronology_refuse_unless_erased('event', 'event_id');
CREATE FUNCTION chronology_mentions_go() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH}
AS $$ BEGIN
  DELETE FROM {TABLE} m USING gone g WHERE m.event_id = g.event_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION chronology_mentions_go() FROM PUBLIC;
CREATE TRIGGER chronology_eventcontent_takes_mentions AFTER DELETE ON chronology_eventcontent
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION chronology_mentions_go();
"""


AT_ONCE = 5_000
NAMING = (
    "association", "crime_suspect", "crime_victim", "crime_witness", "home_log_entry",
    "housing_call", "missing_episode", "police_intelligence", "public_protection_notice",
    "public_report", "return_interview_held", "school_concern", "sighting", "voluntary_report",
    "youth_justice_contact",
)  # fmt: skip
WHAT_IS_THERE = """
SELECT e.id, e.subject_record_id, e.agency_id, e.area_id, e.tier, e.category, e.kind,
  c.content || coalesce(w.whereabouts, '{}')
FROM chronology_event e JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
WHERE e.kind = ANY(%s) AND e.id > %s ORDER BY e.id LIMIT %s"""
NAME = f"""
INSERT INTO {TABLE} (event_id, subject_record_id, agency_id, area_id, tier, category, kind, entity,
  said) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def name_what_is_there(cursor: Any) -> None:
    """Write what the events name that were there before, some thousand at a time."""
    after = 0
    while True:
        cursor.execute(WHAT_IS_THERE, [list(NAMING), after, AT_ONCE])
        rows = cursor.fetchall()
        if not rows:
            return
        after = rows[-1][0]
        if named := [each for row in rows for each in _named(*row)]:
            cursor.executemany(NAME, named)


def _named(
    event: int, subject: int, agency: int, area: int, tier: str, category: int, kind: str, said: Any
) -> Iterator[tuple[Any, ...]]:
    content = content_of(kind, json.loads(said) if isinstance(said, str) else said)
    for each in mentions_of(content):
        entity = key_of(each.kind, each.mark, agency=agency, area=area)
        yield event, subject, agency, area, tier, category, each.kind.value, entity, each.said


def _name(apps: object, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        name_what_is_there(cursor)


def to(model: str, **said: object) -> models.ForeignKey:
    """A reference that a trigger holds."""
    return models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.PROTECT,
        to=model,
        **({"db_index": False, "related_name": "+"} | said),
    )


class Migration(migrations.Migration):
    dependencies = [("chronology", "0009_references"), ("access", "0009_follows")]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_record_id", models.BigIntegerField(db_index=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("confidential", "confidential"),
                            ("sealed", "sealed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("category", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[(each.value, each.in_words) for each in EntityKind], max_length=16
                    ),
                ),
                ("entity", models.TextField(blank=True)),
                ("said", models.TextField()),
                ("agency", to("agencies.agency")),
                ("area", to("agencies.area")),
                ("event", to("chronology.event", db_index=True, related_name="mentions")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("entity", ""), _negated=True),
                        fields=["kind", "entity"],
                        name="chronology_same_entity",
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="dirtychild",
            name="by_company",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.RunPython(_name, migrations.RunPython.noop),
        migrations.RunSQL(POLICIES + TRIGGERS),
    ]
