"""The policies anew, as `access/policies.py` words them for lists of tens of thousands."""

from importlib import import_module

from django.db import migrations

before = import_module("keepsight.casework.migrations.0002_policies")


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_withheld"), ("access", "0005_apart")]

    operations = [*before.Migration.operations]
