"""One more reason why a person is asked; and what follows a record, when a decision is undone."""

from django.db import migrations, models

from keepsight.identity import judging_functions, moving_functions

KINDS = [
    ("between", "may be one child: the evidence lies between"),
    ("either", "one record may be of either of two children"),
    ("two_numbers", "alike, but with two different valid numbers"),
    ("one_number_two_names", "one number on two different names"),
    ("does_not_hold", "held as one child, but the records do not hold together"),
    ("possible_duplicate", "one agency may have one child twice"),
]


class Migration(migrations.Migration):
    dependencies = [("identity", "0011_tracing"), ("access", "0009_follows")]

    operations = [
        migrations.AlterField(
            "linkquestion", "kind", models.CharField(choices=KINDS, max_length=24)
        ),
        migrations.RunSQL(moving_functions.follow_again() + judging_functions.every()),
    ]
