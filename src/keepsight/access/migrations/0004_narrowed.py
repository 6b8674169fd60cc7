"""Access worked out for the children whom a query is about: see `access.narrowing`.

The functions stand in `access.functions`; those that are there already are replaced,
and so are the policies that call them.
"""

from importlib import import_module

from django.db import migrations, models

from keepsight.access import functions

before = import_module("keepsight.access.migrations.0002_policies")


class Migration(migrations.Migration):
    dependencies = [("access", "0003_looking")]

    operations = [
        migrations.RunSQL(functions.every() + before.PLACES + before.TIES),
        migrations.RemoveIndex("subjectplace", "access_place_of_child"),
        migrations.AddIndex(
            "subjectplace",
            models.Index(
                fields=["child_id"],
                include=["subject_record_id", "agency_id", "tier"],
                name="access_place_of_child",
            ),
        ),
        migrations.AddIndex(
            "seal",
            models.Index(fields=["child_id"], name="access_seal_of_child"),
        ),
        migrations.AddIndex(
            "sealname",
            models.Index(fields=["person_id"], name="access_sealname_of_person"),
        ),
        migrations.AddIndex(
            "protection",
            models.Index(fields=["child_id"], name="access_protection_of_child"),
        ),
        migrations.AddIndex(
            "exclusion",
            models.Index(fields=["child_id"], name="access_exclusion_of_child"),
        ),
    ]
