"""One alert in force a child and concern: indicators, evidence and decisions stand under it.

What was an alert an indicator becomes an indicator under an alert. Where several of one concern
were in force they are one alert now, and one that nobody had decided about still waits.
"""

import django.db.models.deletion
from django.db import migrations, models

CONCERNS = {
    "missing_from_school": (
        "school_absence_with_other_signs absent_while_missing seen_during_absence"
        " absence_and_emergency absent_on_one_weekday lateness_changes"
        " off_every_roll_with_other_signs left_and_not_arrived excluded_then_missing"
        " excluded_and_suspected belongings_and_absence"
    ),
    "going_missing": (
        "repeat_missing returns_without_interview looked_after_moved_and_missing"
        " interviews_declined missing_more_often missing_and_treated_singly missing_and_assaulted"
        " suspected_of_supply_and_missing seen_at_many_places youth_justice_and_missing"
    ),
    "harm_recorded": (
        "repeat_emergency_attendance_with_concern victim_flagged_without_strategy"
        " victim_withdrew_and_concern_since harm_held_as_in_need"
    ),
    "no_answer": (
        "notice_without_referral referral_without_decision referred_again_after_no_action"
        " known_to_four_agencies_assessed_by_none silence_after_concern voluntary_report_unheard"
    ),
}
HARM = (
    "repeat_emergency_attendance_with_concern victim_flagged_without_strategy"
    " victim_withdrew_and_concern_since harm_held_as_in_need absence_and_emergency"
    " missing_and_assaulted"
)
DECISIONS = [
    ("refer", "Make a referral"),
    ("add", "Add it to the open case"),
    ("ask", "Ask an agency"),
    ("watch", "Watch until a day"),
    ("no_concern", "Not a concern, for the reason given"),
]
TITLES = [
    ("missing_from_school", "Missing from school, and other signs"),
    ("going_missing", "Going missing"),
    ("harm_recorded", "Harm recorded, and what followed"),
    ("signs_together", "Signs from several sides"),
    ("no_answer", "Concerns without an answer"),
    ("named_together", "Named together with others"),
    ("counted", "Counted for an area, and never an alert"),
]


def _listed(codes: str) -> str:
    return ", ".join(f"'{code}'" for code in codes.split())


CONCERN = "CASE {} ELSE 'signs_together' END".format(
    " ".join(
        f"WHEN indicator IN ({_listed(codes)}) THEN '{concern}'"
        for concern, codes in CONCERNS.items()
    )
)

MOVE = f"""
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE detection_alert NO FORCE ROW LEVEL SECURITY;
ALTER TABLE detection_alertevidence NO FORCE ROW LEVEL SECURITY;
UPDATE detection_alert SET concern = {CONCERN}, harm = indicator IN ({_listed(HARM)}),
  waiting_since = first_met, state = CASE WHEN decision = '' THEN 'to_read' ELSE 'decided' END;
CREATE TEMPORARY TABLE kept_alert ON COMMIT DROP AS
SELECT id, first_value(id) OVER (
  PARTITION BY child_id, concern, CASE WHEN no_longer_met IS NULL THEN '' ELSE id::text END
  ORDER BY recorded, id) AS kept FROM detection_alert;
INSERT INTO detection_alertmet
  (alert_id, child_id, area_id, indicator, version, first_met, last_met, no_longer_met)
SELECT k.kept, a.child_id, a.area_id, a.indicator, a.version, a.first_met, a.last_met,
  a.no_longer_met FROM detection_alert a JOIN kept_alert k USING (id);
INSERT INTO detection_alertdecision (alert_id, child_id, area_id, decision, reason, decided_by_id,
  decided_at, second, answer, asked)
SELECT k.kept, a.child_id, a.area_id, CASE a.decision WHEN 'refer' THEN 'refer'
    WHEN 'no_action' THEN 'no_concern' ELSE 'add' END,
  a.decision_reason, a.decided_by_id, a.decided_at, '', '', ''
FROM detection_alert a JOIN kept_alert k USING (id) WHERE a.decision <> '';
UPDATE detection_alertevidence e SET indicator = a.indicator, alert_id = k.kept
FROM detection_alert a JOIN kept_alert k USING (id) WHERE a.id = e.alert_id;
UPDATE detection_alert a SET
  state = t.state, harm = t.harm, first_met = t.first_met, last_met = t.last_met,
  waiting_since = t.waiting_since,
  decision = CASE a.decision WHEN '' THEN '' WHEN 'refer' THEN 'refer'
    WHEN 'no_action' THEN 'no_concern' ELSE 'add' END
FROM (
  SELECT k.kept, max(a.state) AS state, bool_or(a.harm) AS harm, min(a.first_met) AS first_met,
    max(a.last_met) AS last_met, min(a.waiting_since) AS waiting_since
  FROM detection_alert a JOIN kept_alert k USING (id) GROUP BY k.kept) t
WHERE t.kept = a.id;
DELETE FROM detection_alert a USING kept_alert k WHERE k.id = a.id AND k.kept <> a.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
"""The next migration forces row-level security again: the references that are made last of all in
this one are checked by the owner, who must see the rows.
"""


def _key(to: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


def _id() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _of_alert(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=name, to="detection.alert"
    )


class Migration(migrations.Migration):
    dependencies = [("detection", "0003_narrowed"), ("agencies", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("alert", "detection_one_alert_in_force"),
        migrations.RemoveConstraint("alertevidence", "detection_evidence_once"),
        migrations.AddField(
            "alert",
            "concern",
            models.CharField(choices=TITLES, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField("alert", "harm", models.BooleanField(default=False)),
        migrations.AddField(
            "alert",
            "waiting_since",
            models.DateField(default="2026-01-01"),
            preserve_default=False,
        ),
        migrations.AddField(
            "alert",
            "state",
            models.CharField(
                choices=[
                    ("to_read", "To be read"),
                    ("to_agree", "Decided, and waiting for somebody to agree"),
                    ("decided", "Decided"),
                ],
                default="to_read",
                max_length=16,
            ),
        ),
        migrations.AddField("alert", "until", models.DateField(null=True)),
        migrations.AddField(
            "alertevidence",
            "indicator",
            models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "AlertMet",
            [
                _id(),
                ("child_id", models.UUIDField()),
                ("indicator", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("first_met", models.DateField()),
                ("last_met", models.DateField()),
                ("no_longer_met", models.DateField(null=True)),
                ("alert", _of_alert("met")),
                ("area", _key("agencies.area")),
            ],
        ),
        migrations.CreateModel(
            "AlertDecision",
            [
                _id(),
                ("child_id", models.UUIDField()),
                ("decision", models.CharField(choices=DECISIONS, max_length=16)),
                ("reason", models.TextField()),
                ("until", models.DateField(null=True)),
                ("decided_by_id", models.BigIntegerField()),
                ("decided_at", models.DateTimeField()),
                (
                    "second",
                    models.CharField(
                        blank=True,
                        choices=[("", "NOBODY"), ("reader", "READER"), ("manager", "MANAGER")],
                        max_length=10,
                    ),
                ),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_by_id", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("alert", _of_alert("decisions")),
                ("area", _key("agencies.area")),
                ("asked", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            "AlertSetting",
            [
                _id(),
                ("readable_a_week", models.PositiveIntegerField(null=True)),
                ("watch_days", models.PositiveIntegerField()),
                ("dismissed_days", models.PositiveIntegerField()),
                ("because", models.TextField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("area", _key("agencies.area")),
            ],
        ),
        migrations.CreateModel(
            "SettingWeighed",
            [
                _id(),
                ("recorded", models.DateTimeField()),
                ("last_week", models.DateField()),
                ("weeks", models.PositiveIntegerField()),
                ("concern", models.CharField(max_length=40)),
                ("raised", models.PositiveIntegerField()),
                ("most", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL(MOVE),
        migrations.RemoveField("alert", "indicator"),
        migrations.RemoveField("alert", "version"),
        migrations.RemoveField("alert", "decision_reason"),
        migrations.RemoveField("alert", "decided_by_id"),
        migrations.RemoveField("alert", "decided_at"),
        migrations.AlterField(
            "alert", "decision", models.CharField(blank=True, choices=DECISIONS, max_length=16)
        ),
        migrations.AddConstraint(
            "alert",
            models.UniqueConstraint(
                condition=models.Q(("no_longer_met", None)),
                fields=("child", "concern"),
                name="detection_one_alert_a_concern",
            ),
        ),
        migrations.AddConstraint(
            "alertmet",
            models.UniqueConstraint(fields=("alert", "indicator"), name="detection_met_once"),
        ),
        migrations.AddConstraint(
            "alertevidence",
            models.UniqueConstraint(
                fields=("alert", "indicator", "event_ref"), name="detection_evidence_once"
            ),
        ),
        migrations.AddConstraint(
            "alertdecision",
            models.CheckConstraint(
                condition=models.Q(
                    ("answered_by_id", None),
                    models.Q(("answered_by_id", models.F("decided_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="detection_nobody_agrees_with_themselves",
            ),
        ),
        migrations.AddConstraint(
            "alertsetting",
            models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("area",),
                name="detection_one_setting_in_force",
            ),
        ),
    ]
