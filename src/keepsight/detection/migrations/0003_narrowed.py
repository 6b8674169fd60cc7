"""The policies anew, as `access/policies.py` words them for lists of tens of thousands."""

from importlib import import_module

from django.db import migrations

before = import_module("keepsight.detection.migrations.0002_policies")


class Migration(migrations.Migration):
    dependencies = [("detection", "0002_policies"), ("access", "0004_narrowed")]

    operations = [*before.Migration.operations]
