"""Receipts: a client reads its own, and writes none in the name of another."""

import uuid

from django.db import migrations, models

from keepsight.engines.rls import allow, append_only, force, grant

TABLE = "intake_receipt"
OWN = "client_id = (SELECT v.client_id FROM access_sender() v)"


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_retried"), ("chronology", "0007_arrival")]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("client_id", models.UUIDField()),
                ("key", models.TextField()),
                ("body", models.BinaryField(max_length=32)),
                ("event_id", models.BigIntegerField()),
                ("received", models.DateTimeField()),
                ("duplicate", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client_id", "key"), name="intake_one_receipt_a_key"
                    )
                ]
            },
        ),
        migrations.RunSQL(
            append_only(TABLE)
            + force(TABLE)
            + allow(TABLE, "own", "app", "SELECT", OWN)
            + allow(TABLE, "own_insert", "app", "INSERT", OWN)
            + allow(TABLE, "batch", "batch", "SELECT", "true")
            + grant(TABLE, app="SELECT, INSERT", batch="SELECT")
        ),
    ]
