"""When a subject record was forgotten: its names, identifiers and key are gone, its id stays."""

from django.db import migrations, models

from keepsight.engines.roles import role_name


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_governed")]

    operations = [
        migrations.AddField("subjectrecord", "forgotten", models.DateTimeField(null=True)),
        migrations.RunSQL(
            f"GRANT SELECT (forgotten) ON identity_subjectrecord TO {role_name('app')};"
        ),
    ]
