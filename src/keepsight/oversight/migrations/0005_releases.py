"""What analysts read: made by night, of their own area, and nothing of a child's own tables."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from keepsight.engines.rls import allow, append_only, force, grant

TABLES = ("oversight_release", "oversight_releasedcount", "oversight_releasedchild")


def number() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def of_release(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="oversight.release"
    )


def for_analysts(table: str) -> str:
    """Written once by the night, read by the analysts of its area, changed by nobody."""
    return (
        force(table)
        + allow(table, "analysed", "app", "SELECT", "area_id = (SELECT access_analysed())")
        + allow(table, "batch", "batch", "ALL", "true")
        + grant(table, app="SELECT", batch="SELECT, INSERT")
        + append_only(table)
    )


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_looking_policies"), ("access", "0005_apart")]

    operations = [
        migrations.CreateModel(
            "Release",
            [
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                ("as_of", models.DateField()),
                ("least", models.PositiveIntegerField()),
                ("children_left_out", models.BooleanField()),
                ("recorded", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "month"), name="oversight_one_release_a_month"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "ReleasedCount",
            [
                ("id", number()),
                ("area_id", models.BigIntegerField()),
                ("indicator", models.CharField(blank=True, max_length=60)),
                ("month", models.DateField(null=True)),
                ("value", models.PositiveIntegerField(null=True)),
                ("release", of_release("counts")),
            ],
        ),
        migrations.CreateModel(
            "ReleasedChild",
            [
                ("id", number()),
                ("area_id", models.BigIntegerField()),
                ("pseudonym", models.CharField(max_length=16)),
                ("age_band", models.CharField(max_length=16)),
                ("indicators", models.JSONField()),
                ("release", of_release("children")),
            ],
        ),
        migrations.RunSQL("".join(for_analysts(table) for table in TABLES)),
    ]
