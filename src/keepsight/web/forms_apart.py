"""Forms of the information-governance lead: keeping apart, sealing, protecting, suspending."""

from collections.abc import Sequence
from typing import Any

from django import forms

from keepsight.web.forms import line, required, words

Choices = Sequence[tuple[int | str, str]]


class ReasonForm(forms.Form):
    """Why something ends."""

    because = words(
        "Why?",
        "Say why: without a reason it cannot be followed.",
        help_text="Whoever reviews this will read it.",
    )


class ChildNamedForm(forms.Form):
    """A child is named by a reference: whoever keeps people apart does not see the record."""

    child = line(
        "Which child?",
        "Enter the child’s reference, or your agency’s own number for the child.",
        help_text="The reference is the long number in the address of the child’s page. Your "
        "agency’s own number for the child will do too.",
    )


class ExclusionForm(ChildNamedForm):
    person = forms.TypedChoiceField(
        label="Who is kept from the record?",
        coerce=int,
        help_text="They are not told. To them the record will be as if there were none.",
        error_messages=required("Choose who is kept from the record."),
    )
    ground = forms.ChoiceField(
        label="On what ground?",
        widget=forms.RadioSelect,
        error_messages=required("Say on what ground the person is kept from the record."),
    )
    because = words("Why?", "Say why: somebody will have to review it.")

    def __init__(self, *args: Any, people: Choices, grounds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "Choose somebody"), *people]  # type: ignore[attr-defined]
        self.fields["ground"].choices = list(grounds)  # type: ignore[attr-defined]


class SealForm(ChildNamedForm):
    people = forms.TypedMultipleChoiceField(
        label="Who may see it?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nobody else will, at any agency. The record will be as if there were none.",
        error_messages=required("Name at least one person who may see it, or nobody can act."),
    )
    because = words("Why?", "Say why the record is sealed.")

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]


class ProtectionForm(ChildNamedForm):
    because = words("Why?", "Say why where the child is must not be told.")
    safe_way = words(
        "How can the family safely be reached?",
        "",
        required=False,
        help_text="Everybody who may see the child reads this. Do not write an address.",
    )
    never_use = words(
        "What must never be used?",
        "",
        required=False,
        help_text="For example, a number that another person answers. Do not write an address.",
    )
