"""What an event and its parts refer to is looked up for all rows of a statement at once.

One question to the database for thousands of rows, where a foreign key asks one for each row and
column. It also holds what no foreign key says: an event is of its subject record’s own agency and
area, and what it says is held as closely as its header. The policies read these columns.
"""

import django.db.models.deletion
from django.db import migrations, models

PATH = "SET search_path = pg_catalog, public, pg_temp"
HEADER = ("subject_record_id", "agency_id", "area_id", "tier", "category")


def held(function: str, tables: tuple[str, ...], wrong: dict[str, str]) -> str:
    """A trigger that refuses a statement for which any of these finds a row, and says why."""
    checks = "".join(
        f"IF EXISTS ({found}) THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'foreign_key_violation';"
        " END IF;\n"
        for why, found in wrong.items()
    )
    body = (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH}"
        f" AS $$ BEGIN {checks} RETURN NULL; END $$;\n"
        f"REVOKE ALL ON FUNCTION {function}() FROM PUBLIC;\n"
    )
    return body + "".join(
        f"CREATE TRIGGER {table}_refers AFTER INSERT ON {table} REFERENCING NEW TABLE AS come"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for table in tables
    )


EVENTS = held(
    "chronology_event_refers",
    ("chronology_event",),
    {
        "an event is of a subject record, and of its agency and area": """
          SELECT FROM come c WHERE NOT EXISTS (
            SELECT FROM identity_subjectrecord s
            WHERE (s.id, s.agency_id, s.area_id) = (c.subject_record_id, c.agency_id, c.area_id))
        """,
        "an event that came in a delivery names one that is there": """
          SELECT FROM (SELECT DISTINCT delivery_id FROM come WHERE delivery_id IS NOT NULL) c
          WHERE NOT EXISTS (SELECT FROM chronology_delivery d WHERE d.id = c.delivery_id)
        """,
    },
)
PARTS = held(
    "chronology_part_refers",
    ("chronology_eventcontent", "chronology_eventplace"),
    {
        "a part of an event is of the same record, and held as closely, as its header": f"""
          SELECT FROM come c WHERE NOT EXISTS (
            SELECT FROM chronology_event e WHERE e.id = c.event_id
            AND ({", ".join(f"e.{name}" for name in HEADER)})
              = ({", ".join(f"c.{name}" for name in HEADER)}))
        """,
    },
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_second_factors"),
        ("chronology", "0008_findings"),
        ("identity", "0007_sent"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.area",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="delivery",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="chronology.delivery",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="subject_record",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="identity.subjectrecord",
            ),
        ),
        migrations.AlterField(
            model_name="eventcontent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="eventcontent",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.area",
            ),
        ),
        migrations.AlterField(
            model_name="eventcontent",
            name="event",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                primary_key=True,
                related_name="body",
                serialize=False,
                to="chronology.event",
            ),
        ),
        migrations.AlterField(
            model_name="eventplace",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="eventplace",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.area",
            ),
        ),
        migrations.AlterField(
            model_name="eventplace",
            name="event",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                primary_key=True,
                related_name="place",
                serialize=False,
                to="chronology.event",
            ),
        ),
        migrations.RunSQL(EVENTS + PARTS),
    ]
