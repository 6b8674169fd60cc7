"""The tamper-evident log: an inbox of leaves, their places, the tree's tiles, and checkpoints."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_policies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("verifier_key", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                ("ref", models.TextField()),
                ("leaf", models.BinaryField(max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("tree_index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=16)),
                ("ref", models.TextField()),
                ("leaf", models.BinaryField(max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level",
                        "position",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("position", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
                ("root", models.BinaryField(max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveField(
            model_name="auditentry",
            name="leaf",
        ),
        migrations.RemoveField(
            model_name="auditentry",
            name="tree_index",
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("see", "saw"),
                    ("list", "saw in a list"),
                    ("write", "wrote"),
                    ("refuse", "was refused"),
                    ("sign_in", "signed in"),
                    ("sign_out", "signed out"),
                    ("export", "took out"),
                    ("break_glass", "broke the glass"),
                    ("search", "searched"),
                    ("erase", "erased, by law"),
                ],
                max_length=16,
            ),
        ),
    ]
