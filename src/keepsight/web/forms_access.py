"""Forms about who may look: allocation, invitations, interests, and emergencies."""

from collections.abc import Sequence
from typing import Any

from django import forms

from keepsight.web.fields import DayField
from keepsight.web.forms import line, required, words

GROUNDS = (
    ("family", "The child is family"),
    ("acquaintance", "I know the child or their family"),
)


class AllocationForm(forms.Form):
    worker = forms.TypedChoiceField(
        label="Who will work with this child?",
        coerce=int,
        help_text="The child’s story is then theirs and their team’s.",
        error_messages=required("Choose who will work with this child."),
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].choices = [("", "Choose a worker"), *workers]  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    guest = forms.TypedChoiceField(
        label="Who is invited?",
        coerce=int,
        help_text="They will see what the agreements between the agencies give to a conference.",
        error_messages=required("Choose who is invited."),
    )
    held_on = DayField(
        label="On which day is the conference?",
        called="the day of the conference",
        help_text="For example, 27 3 2027",
    )

    def __init__(self, *args: Any, guests: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["guest"].choices = [("", "Choose somebody"), *guests]  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    ground = forms.ChoiceField(
        label="How do you know this child?",
        choices=GROUNDS,
        widget=forms.RadioSelect,
        help_text="From then on you will not see this record. Only your agency’s "
        "information-governance lead can change that.",
        error_messages=required("Say how you know this child."),
    )
    because = words("Is there anything else to say?", "", required=False)


class EmergencyForm(forms.Form):
    """A number, or the whole name with the date of birth; and always the reason."""

    reason = words(
        "What is the emergency?",
        "Say what the emergency is: somebody will read it and review it.",
        help_text="Your information-governance lead reads this. Do not name the child here.",
    )
    nhs_number = line("NHS number", "", required=False)
    upn = line("Unique pupil number (UPN)", "", required=False)
    forename = line("Forename", "", required=False)
    surname = line("Surname", "", required=False)
    born = DayField(
        label="Date of birth",
        called="the date of birth",
        help_text="For example, 27 3 2011",
        required=False,
    )
