"""Forms of those who answer for looking: reviews, whose log to read, and what to release."""

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from keepsight.kernel.releasing import Asked, Ground, Recipient
from keepsight.oversight.releasing import DayOfLooks
from keepsight.web.forms import line, required, words

REFERENCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
GIVES = (("yes", "Yes, release it"), ("no", "No, do not release it"))
TOLD = ("", "Told")
READ_AGAIN = "Read the list again before you decide."


class ReferenceForm(forms.Form):
    """A child's reference, or the address of a page that holds it."""

    reference = line(
        "The child’s reference",
        "Enter the child’s reference.",
        help_text="It is in the address of the child’s page. Ask whoever works with the child.",
    )

    def clean_reference(self) -> uuid.UUID:
        found = REFERENCE.search(self.cleaned_data["reference"])
        if found is None:
            raise ValidationError("Enter the child’s reference as it is in the page’s address.")
        return uuid.UUID(found[0])


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What did you find?",
        widget=forms.RadioSelect,
        error_messages=required("Say what you found."),
    )
    because = words(
        "Whom did you ask, and what did they say?",
        "Say whom you asked and what they said.",
        help_text="Somebody may have to answer for this. Do not name a child here.",
    )

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = list(outcomes)  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """The decision; and for each person and day on which they looked, whether it is told."""

    recipient = forms.ChoiceField(
        label="Who asks?",
        choices=[(each.value, each.in_words) for each in Recipient],
        widget=forms.RadioSelect,
        error_messages=required("Say who asks."),
    )
    purpose = words("What do they want to know it for?", "Say what they want to know it for.")
    wishes = words(
        "What does the young person wish?",
        "Say what the young person wishes, or why they could not be asked.",
        help_text="In their own words if you can. If they could not be asked, say why.",
    )
    competence = words(
        "How far do they understand what would be told, and what may come of it?",
        "Say how far the young person understands what would be told.",
        help_text="A young person who understands decides about their own record. For somebody who "
        "is now an adult, say so.",
    )
    gives = forms.ChoiceField(
        label="Do you release who looked?",
        choices=GIVES,
        widget=forms.RadioSelect,
        error_messages=required("Say whether you release it."),
    )
    reason = words("Why?", "Say why you decided so: somebody may have to answer for it.")
    interest = words(
        "If a parent or carer asks: why is it in the child’s interest that they know?",
        "",
        required=False,
    )
    until = forms.CharField(
        label="Up to", widget=forms.HiddenInput, error_messages=required(READ_AGAIN)
    )
    read = forms.CharField(
        label="What was read", widget=forms.HiddenInput, error_messages=required(READ_AGAIN)
    )

    def __init__(self, *args: Any, days: Iterable[DayOfLooks], **options: Any) -> None:
        super().__init__(*args, **options)
        self.days = list(days)
        grounds = [TOLD, *((each.value, f"Kept inside: {each.in_words}") for each in Ground)]
        for day in self.days:
            self.fields[f"day-{day.key}"] = forms.ChoiceField(
                label=f"{day.who}, {day.role}", choices=grounds, required=False
            )

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            recipient=Recipient(said["recipient"]),
            purpose=said["purpose"],
            wishes=said["wishes"],
            competence=said["competence"],
            gives=said["gives"] == "yes",
            reason=said["reason"],
            interest=said["interest"],
        )

    @property
    def withheld(self) -> dict[str, Ground]:
        chosen = {day.key: self.cleaned_data.get(f"day-{day.key}") for day in self.days}
        return {key: Ground(ground) for key, ground in chosen.items() if ground}


def moment_in(text: str) -> datetime | None:
    """The moment that a hidden field carries, if it is one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
