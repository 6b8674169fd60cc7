"""Every form of the pages: what is asked, and what each answer must be."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from keepsight.access.clock import now, today
from keepsight.web.fields import DayField, TimeOfDayField, moment_of

LONGEST = 4000
YES_OR_NO = (("yes", "Yes"), ("no", "No"))


def required(sentence: str) -> dict[str, str]:
    """The errors of a field that must be answered."""
    return {"required": sentence, "invalid_choice": sentence}


def words(label: str, missing: str, **options: Any) -> forms.CharField:
    """A box for several lines of text."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "required": missing,
            "max_length": f"{label}: use {LONGEST:,} characters or fewer.",
        },
        **options,
    )


def line(label: str, missing: str, **options: Any) -> forms.CharField:
    """A box for one line of text."""
    return forms.CharField(label=label, max_length=200, error_messages=required(missing), **options)


class SignInForm(forms.Form):
    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter your email address.",
            "invalid": "Enter an email address in the right form, like name@example.com.",
        },
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput,
        error_messages=required("Enter your password."),
    )


class KnownOnForm(forms.Form):
    """The day on which a record is shown as it was known."""

    known_on = DayField(
        label="Show the record as known on",
        called="the day to show",
        help_text="For example, 27 3 2026",
    )

    def clean_known_on(self) -> date:
        day: date = self.cleaned_data["known_on"]
        if day > today():
            raise ValidationError("The day to show must be today or in the past.")
        return day


class PastMomentForm(forms.Form):
    """A form that asks on which day and at what time something happened."""

    day = DayField(label="", called="the day")
    at = TimeOfDayField(label="What time?", called="the time", help_text="For example, 2:30pm")

    happened = "It"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, at = cleaned.get("day"), cleaned.get("at")
        if isinstance(day, date) and isinstance(at, time) and moment_of(day, at) > now():
            self.add_error("day", f"{self.happened} must be in the past.")
        return cleaned

    @property
    def moment(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["at"])


class InterviewHeldForm(PastMomentForm):
    day = DayField(
        label="When was the return home interview held?",
        called="the day of the interview",
        help_text="For example, 27 3 2026",
    )
    independent = forms.ChoiceField(
        label="Was it held by somebody independent of the child’s placement and care?",
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages=required("Say whether it was held by somebody independent."),
    )
    summary = words(
        "What did the child say, and what will be done?",
        "Say what the child said and what will be done.",
    )
    happened = "The interview"

    field_order = ("day", "at", "independent", "summary")


class InterviewOfferForm(PastMomentForm):
    day = DayField(
        label="When was the return home interview offered?",
        called="the day of the offer",
        help_text="For example, 27 3 2026",
    )
    declined = forms.ChoiceField(
        label="Did the child decline it?",
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages=required("Say whether the child declined it."),
    )
    reason = words(
        "What reason was given?",
        "",
        required=False,
        help_text="An offer, even declined, does not end the duty: the interview stays due.",
    )
    happened = "The offer"


class ReferralDecisionForm(PastMomentForm):
    day = DayField(
        label="When was the decision made?",
        called="the day of the decision",
        help_text="For example, 27 3 2026",
    )
    decision = line("What was decided?", "Say what was decided.")
    reason = words("Why?", "Say why: a referral is not closed in silence.")
    happened = "The decision"


class PlanForm(forms.Form):
    title = line("What is the plan called?", "Give the plan a title.")
    review_by = DayField(
        label="By when will it be reviewed?",
        called="the day of the review",
        help_text="For example, 27 3 2027",
    )


class PlanActionForm(forms.Form):
    title = line("What will be done?", "Say what will be done.")
    agency = forms.TypedChoiceField(
        label="Which agency will do it?",
        coerce=int,
        error_messages=required("Choose the agency that will do it."),
    )
    person = line("Who there answers for it?", "Name the person who answers for it.")
    due = DayField(label="By when?", called="the day it is due", help_text="For example, 27 3 2027")

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", "Choose an agency"), *agencies]  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    evidence = words(
        "What shows that it was done?",
        "Say what shows that it was done.",
        help_text="For example, where the minutes or figures can be seen. Name no child here: "
        "a published plan can be read by anybody.",
    )
