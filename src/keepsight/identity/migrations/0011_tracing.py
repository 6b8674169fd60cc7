"""What a tracing service answered about subject records: for the nightly role alone, forced."""

import django.db.models.deletion
from django.db import migrations, models

from keepsight.engines.rls import allow, force, grant
from keepsight.identity.traced import OUTCOMES


class Migration(migrations.Migration):
    dependencies = [("identity", "0010_matching")]

    operations = [
        migrations.CreateModel(
            name="Tracing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("service", models.TextField()),
                ("details_received", models.DateTimeField(null=True)),
                ("salt", models.BinaryField(max_length=16)),
                ("asked", models.BinaryField(max_length=32)),
                ("outcome", models.CharField(choices=OUTCOMES, max_length=16)),
                ("nhs_number", models.CharField(max_length=10, null=True)),
                ("score", models.FloatField(null=True)),
                ("restricted", models.BooleanField(default=False)),
                ("differ", models.JSONField(default=list)),
                ("step", models.TextField(blank=True)),
                ("searches", models.PositiveSmallIntegerField()),
                (
                    "subject_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.subjectrecord",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_record", "id"], name="identity_tracing_of")
                ],
            },
        ),
        migrations.RunSQL(
            force("identity_tracing")
            + allow("identity_tracing", "batch", "batch", "ALL", "true")
            + grant("identity_tracing", batch="SELECT, INSERT, DELETE")
        ),
    ]
