"""What people say of links: questions, decisions, judgements, what agencies are asked, severances.

No page reads these tables: functions of later migrations give a reviewer what they may see. What
was “not the same” goes on binding, and numbers join nobody across a severance.
"""

import uuid

from django.db import migrations, models
from django.db.models import PROTECT, CheckConstraint, F, Q, UniqueConstraint

from keepsight.engines.rls import allow, force, grant
from keepsight.identity.joining import JOIN

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
KINDS = [
    ("between", "may be one child: the evidence lies between"),
    ("two_numbers", "alike, but with two different valid numbers"),
    ("one_number_two_names", "one number on two different names"),
    ("does_not_hold", "held as one child, but the records do not hold together"),
    ("possible_duplicate", "one agency may have one child twice"),
]
VERDICTS = [("same", "one child"), ("not_same", "two children"), ("unsure", "not sure")]
OUTCOMES = [("decided", "a person decided"), ("gone", "no longer in question")]
ANSWERS = [
    ("right", "It is right as it stands"),
    ("mended", "It was wrong, and we are putting it right"),
    ("unknown", "We cannot tell"),
]
TABLES = ("decision", "judgement", "linkquestion", "linkquestionrecord", "linkask", "severance")

OLD_POLICIES = """
DROP POLICY identity_notthesame_batch ON identity_judgement;
DROP POLICY identity_notthesame_owner ON identity_judgement;
"""
LOWER_FIRST = """
UPDATE identity_judgement SET one_id = other_id, other_id = one_id WHERE one_id > other_id;
UPDATE identity_judgement j SET lifted = now(), lifted_reason = 'said twice'
WHERE j.lifted IS NULL AND EXISTS (
  SELECT 1 FROM identity_judgement k WHERE k.lifted IS NULL AND k.id < j.id
    AND k.one_id = j.one_id AND k.other_id = j.other_id);
DELETE FROM identity_judgement WHERE one_id = other_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
"""What stood before said it in either order, and could say it twice."""


def _policies() -> str:
    made = [
        force(f"identity_{table}")
        + allow(f"identity_{table}", "owner", "owner", "ALL", "true")
        + allow(f"identity_{table}", "batch", "batch", "ALL", "true")
        + grant(f"identity_{table}", batch="SELECT, INSERT, UPDATE")
        for table in TABLES
    ]
    return "".join(made)


def _key_to(model: str, name: str = "+", *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(f"identity.{model}", PROTECT, related_name=name, null=null)


class Migration(migrations.Migration):
    dependencies = [("identity", "0007_sent")]

    operations = [
        migrations.CreateModel(
            "Severance",
            [
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded", models.DateTimeField()),
                ("severed_by_id", models.BigIntegerField()),
                ("agency_id", models.BigIntegerField()),
                ("reason", models.TextField()),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            "subjectrecord",
            "severance",
            models.ForeignKey(
                "identity.severance", PROTECT, db_index=False, null=True, related_name="+"
            ),
        ),
        migrations.CreateModel(
            "LinkQuestion",
            [
                ("id", KEY),
                ("kind", models.CharField(choices=KINDS, max_length=24)),
                ("records_key", models.TextField()),
                ("weight", models.FloatField(null=True)),
                ("reasons", models.JSONField(default=list)),
                ("model_version", models.TextField()),
                ("raised", models.DateTimeField()),
                ("closed", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(blank=True, choices=OUTCOMES, default="", max_length=8),
                ),
            ],
        ),
        migrations.CreateModel(
            "LinkQuestionRecord",
            [
                ("id", KEY),
                ("question", _key_to("linkquestion", "records")),
                ("subject_record", _key_to("subjectrecord", "questions")),
            ],
        ),
        migrations.CreateModel(
            "LinkAsk",
            [
                ("id", KEY),
                ("question", _key_to("linkquestion", "asks")),
                ("subject_record", _key_to("subjectrecord")),
                ("agency_id", models.BigIntegerField()),
                ("asked_by_id", models.BigIntegerField()),
                ("asked", models.DateTimeField()),
                ("answer", models.CharField(blank=True, choices=ANSWERS, default="", max_length=8)),
                ("answered", models.DateTimeField(null=True)),
                ("answered_by_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            "Decision",
            [
                ("id", KEY),
                ("question", _key_to("linkquestion", "decisions", null=True)),
                ("groups", models.JSONField(default=dict)),
                ("sure", models.BooleanField(default=True)),
                ("restricted", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                ("recorded", models.DateTimeField()),
                ("decided_by_id", models.BigIntegerField()),
                ("agency_id", models.BigIntegerField()),
                ("in_force", models.DateTimeField(null=True)),
                ("seconded_by_id", models.BigIntegerField(null=True)),
                ("moves", models.JSONField(default=dict)),
                ("lifted", models.DateTimeField(null=True)),
                ("lifted_by_id", models.BigIntegerField(null=True)),
                ("lifted_reason", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.RenameModel("NotTheSame", "Judgement"),
        migrations.AddField(
            "judgement",
            "verdict",
            models.CharField(choices=VERDICTS, default="not_same", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField("judgement", "decision", _key_to("decision", "judgements", null=True)),
        migrations.AddField("judgement", "seconded_by_id", models.BigIntegerField(null=True)),
        migrations.AddField("judgement", "lifted_by_id", models.BigIntegerField(null=True)),
        migrations.AddField("judgement", "lifted_reason", models.TextField(blank=True, default="")),
        migrations.RunSQL(OLD_POLICIES + _policies() + LOWER_FIRST),
        migrations.AddConstraint(
            "judgement",
            UniqueConstraint(
                fields=("one", "other"),
                condition=Q(("lifted", None)),
                name="identity_one_judgement_a_pair",
            ),
        ),
        migrations.AddConstraint(
            "judgement",
            CheckConstraint(
                condition=Q(("one__lt", F("other"))), name="identity_lower_record_first"
            ),
        ),
        migrations.AddConstraint(
            "linkask",
            UniqueConstraint(
                fields=("question", "subject_record"),
                condition=Q(("answered", None)),
                name="identity_asked_once",
            ),
        ),
        migrations.AddConstraint(
            "decision",
            UniqueConstraint(
                fields=("question",),
                condition=Q(("lifted", None)),
                name="identity_one_decision_a_question",
            ),
        ),
        migrations.AddConstraint(
            "linkquestion",
            UniqueConstraint(
                fields=("kind", "records_key"),
                condition=Q(("closed", None)),
                name="identity_one_question_of_records",
            ),
        ),
        migrations.AddConstraint(
            "linkquestionrecord",
            UniqueConstraint(
                fields=("question", "subject_record"), name="identity_record_once_a_question"
            ),
        ),
        migrations.RunSQL(JOIN),
    ]
