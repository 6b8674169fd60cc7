"""A records steward may be somebody’s role."""

from django.db import migrations, models

ROLES = [
    ("practitioner", "Practitioner"),
    ("social_worker", "Social worker"),
    ("team_manager", "Team manager"),
    ("data_officer", "Data officer"),
    ("partnership_lead", "Partnership lead"),
    ("inspector", "Inspector"),
    ("analyst", "Analyst"),
    ("governance_lead", "Information-governance lead"),
    ("records_steward", "Records steward"),
]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_second_factors")]

    operations = [
        migrations.AlterField("person", "role", models.CharField(choices=ROLES, max_length=32))
    ]
