"""What events name: a row an entity, seen by whoever may see where the event says that a child is.

It goes with the content of its event, by whatever way that goes. And that a child waits because of
what was named about another one is told from what came about itself.
"""

import django.db.models.deletion
from django.db import migrations, models

from keepsight.access.policies import WHEREABOUTS, about_a_subject
from keepsight.engines.rls import allow
from keepsight.engines.roles import role_name
from keepsight.kernel.entities.kinds import EntityKind

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
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(POLICIES + TRIGGERS),
    ]
