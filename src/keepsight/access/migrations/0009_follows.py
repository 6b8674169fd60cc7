"""What keeps people from a child may stand because a record came from another child."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0008_safety_kinds")]

    operations = [
        migrations.AddField(model, "follows", models.UUIDField(null=True))
        for model in ("exclusion", "seal", "protection")
    ]
