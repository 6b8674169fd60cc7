"""Forms about alerts: what was decided, whether a second agrees, and an area’s own limits."""

from collections.abc import Sequence
from typing import Any

from django import forms

from keepsight.kernel.indicators.indicator import Threshold
from keepsight.kernel.indicators.triage import DISMISSED, MAY_BE_ASKED, WATCHED, AreaWays, Decision
from keepsight.web.fields import DayField
from keepsight.web.forms import YES_OR_NO, required, words


class DecisionForm(forms.Form):
    """What a person decides about an alert; the choices are detection’s."""

    decision = forms.ChoiceField(
        label="What did you decide?",
        widget=forms.RadioSelect,
        error_messages=required("Choose what you decided."),
    )
    asked = forms.ChoiceField(
        label="Whom do you ask?",
        required=False,
        choices=[
            ("", "Choose whom you ask"),
            *((each.value, each.in_words.capitalize()) for each in MAY_BE_ASKED),
        ],
        help_text="Only if you ask an agency. Say below what you want to know, then call them.",
        error_messages={"invalid_choice": "Choose whom you ask from the list."},
    )
    until = DayField(
        label="Until which day is it watched?",
        called="the day until which it is watched",
        required=False,
        help_text="Only if it is watched. For example, 27 3 2026",
    )
    reason = words(
        "Why?",
        "Say why: a decision without a reason cannot be followed.",
        help_text="Others who work with the child will read this, and so will an inspector.",
    )

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["decision"].choices = list(choices)  # type: ignore[attr-defined]
        if Decision.WATCH.value not in dict(choices):
            del self.fields["until"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision == Decision.ASK and not cleaned.get("asked") and "asked" not in self.errors:
            self.add_error("asked", "Choose whom you ask.")
        if decision == Decision.WATCH and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day until which it is watched.")
        return cleaned


class AgreeForm(forms.Form):
    """Whether a second person agrees with what the first decided."""

    agreed = forms.ChoiceField(
        label="Do you agree?",
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        help_text="If you do not, the alert is to be read again.",
        error_messages=required("Say whether you agree."),
    )
    answer = words("Why?", "Say why you agree or do not.")


def _days(label: str, limit: Threshold, beyond: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=int(limit.value),
        error_messages=required("Say for how many days.")
        | {
            "invalid": "Enter a whole number of days.",
            "max_value": beyond.format(limit.value),
            "min_value": "Enter one day or more.",
        },
    )


class AlertSettingForm(forms.Form):
    """How many alerts an area’s people can read in a week, and how long it waits."""

    readable_a_week = forms.IntegerField(
        label="How many alerts can your people read in a week?",
        min_value=1,
        max_value=100_000,
        help_text="Nothing is hidden when there are more: it is said.",
        error_messages=required("Say how many alerts can be read in a week.")
        | {
            "invalid": "Enter a whole number of alerts.",
            "min_value": "Enter one alert or more.",
            "max_value": "Enter 100,000 alerts or fewer.",
        },
    )
    watch_days = _days(
        "For how many days may an alert be watched, at most?",
        WATCHED,
        "Nothing is watched for longer than {} days.",
    )
    dismissed_days = _days(
        "For how many days is an alert kept that was no concern and is no longer met?",
        DISMISSED,
        "It is kept for {} days at most.",
    )
    because = words("Who agreed this, and when?", "Say who agreed it, and when.")

    @property
    def ways(self) -> AreaWays:
        said = self.cleaned_data
        return AreaWays(said["readable_a_week"], said["watch_days"], said["dismissed_days"])
