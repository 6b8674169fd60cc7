"""Matching one record as it arrives, and what linking remembers from one run to the next."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import CheckConstraint, F, ForeignKey, OneToOneField, Q, UniqueConstraint
from django.db.models.functions import Now

from keepsight.engines.rls import allow, force, grant
from keepsight.identity import matching_functions, raising_functions

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
TABLES = ("linkedpair", "namecount", "agencycare", "unmatched")
CLEARED = ("linkedpair", "unmatched")


def _record() -> ForeignKey:
    return ForeignKey("identity.subjectrecord", django.db.models.deletion.PROTECT, related_name="+")


def _policies() -> str:
    made = [
        force(f"identity_{table}")
        + allow(f"identity_{table}", "batch", "batch", "ALL", "true")
        + grant(f"identity_{table}", batch="SELECT, INSERT, UPDATE, DELETE")
        for table in TABLES
    ]
    made += [allow(f"identity_{table}", "owner", "owner", "ALL", "true") for table in CLEARED]
    return "".join(made)


class Migration(migrations.Migration):
    dependencies = [("identity", "0009_reviewing")]

    operations = [
        migrations.AddField(
            "subjectrecord", "details_changed", models.DateTimeField(null=True, db_default=Now())
        ),
        migrations.CreateModel(
            "LinkedPair",
            [
                ("id", KEY),
                ("one", _record()),
                ("other", _record()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "NameCount",
            [
                ("id", KEY),
                ("column", models.CharField(max_length=16)),
                ("value", models.TextField(blank=True)),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "AgencyCare",
            [
                ("id", KEY),
                (
                    "agency",
                    ForeignKey(
                        "agencies.agency", django.db.models.deletion.PROTECT, related_name="+"
                    ),
                ),
                ("column", models.CharField(max_length=16)),
                ("differing", models.FloatField()),
                ("often", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            "Unmatched",
            [
                (
                    "subject_record",
                    OneToOneField(
                        "identity.subjectrecord",
                        django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={"abstract": False},
        ),
        migrations.AddConstraint(
            "linkedpair", UniqueConstraint(fields=("one", "other"), name="identity_linked_once")
        ),
        migrations.AddConstraint(
            "linkedpair",
            CheckConstraint(
                condition=Q(("one__lt", F("other"))), name="identity_linked_lower_first"
            ),
        ),
        migrations.AddConstraint(
            "agencycare",
            UniqueConstraint(fields=("agency", "column"), name="identity_care_once"),
        ),
        migrations.AddConstraint(
            "namecount",
            UniqueConstraint(fields=("column", "value"), name="identity_name_counted_once"),
        ),
        migrations.RunSQL(
            _policies()
            + matching_functions.indexes()
            + matching_functions.functions()
            + raising_functions.functions()
        ),
    ]
