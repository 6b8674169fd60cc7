"""What was found to be wrong with a delivery stays with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronology", "0007_arrival")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="findings",
            field=models.JSONField(default=list),
        ),
    ]
