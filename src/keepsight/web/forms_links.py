"""Forms about links: what is decided, why it is undone, and what an agency answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from keepsight.kernel.reviewing import LEAST_REASON
from keepsight.web.forms import required, words

ONE, APART, SORTED, UNSURE = "one", "apart", "sorted", "unsure"
LETTERS = "ABCDEFGH"
WHY = "Say why, in a sentence: whoever undoes this one day will read it."


class ReasonedForm(forms.Form):
    """A decision with its reason."""

    reason = words(
        "Why?",
        WHY,
        help_text="Say what convinced you. Do not write anything about a child that is not on "
        "this page.",
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < LEAST_REASON:
            raise ValidationError(WHY)
        return reason


class UndoingForm(ReasonedForm):
    """Why a decision is undone."""

    reason = words(
        "Why?",
        WHY,
        help_text="Say what has become known since. Do not write anything about a child that is "
        "not on the page of the records.",
    )


class JudgingForm(ReasonedForm):
    """Which records are of one child; of more than two, record by record where need be."""

    verdict = forms.ChoiceField(
        label="Whose records are these?",
        widget=forms.RadioSelect,
        error_messages=required("Choose whose records these are."),
    )

    def __init__(self, *args: Any, subjects: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.subjects = list(subjects)
        many = len(self.subjects) > 2
        verdicts = [
            (ONE, "They are one child: link them"),
            (APART, "Each is a different child: keep them apart"),
            *([(SORTED, "Some are one child: as chosen below")] if many else []),
            (UNSURE, "I am not sure: leave them as they are"),
        ]
        self.fields["verdict"].choices = verdicts  # type: ignore[attr-defined]
        for number, subject in enumerate(self.subjects, 1) if many else ():
            self.fields[f"child_{subject}"] = forms.ChoiceField(
                label=f"Record {number} is of",
                choices=[("", "Choose"), *((letter, f"child {letter}") for letter in LETTERS)],
                required=False,
            )
        self.order_fields(["verdict", *(f"child_{each}" for each in self.subjects), "reason"])

    @property
    def sorting(self) -> list[Any]:
        """The bound fields that say of each record which child it is of."""
        return [self[f"child_{each}"] for each in self.subjects if f"child_{each}" in self.fields]

    def clean(self) -> None:
        if self.cleaned_data.get("verdict") == SORTED:
            for each in self.subjects:
                if not self.cleaned_data.get(f"child_{each}"):
                    self.add_error(f"child_{each}", "Choose which child this record is of.")

    @property
    def sure(self) -> bool:
        return bool(self.cleaned_data["verdict"] != UNSURE)

    @property
    def groups(self) -> dict[int, int]:
        """Which child each record is of, by numbers that mean nothing elsewhere."""
        verdict = self.cleaned_data["verdict"]
        if verdict == SORTED:
            return {s: LETTERS.index(self.cleaned_data[f"child_{s}"]) for s in self.subjects}
        if verdict == ONE:
            return dict.fromkeys(self.subjects, 0)
        return {subject: number for number, subject in enumerate(self.subjects)}


class AnswerForm(forms.Form):
    """What an agency says of its own record."""

    answer = forms.ChoiceField(
        label="Is this record right?",
        widget=forms.RadioSelect,
        error_messages=required("Say whether the record is right."),
    )

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].choices = list(answers)  # type: ignore[attr-defined]


class SeveringForm(ReasonedForm):
    """Which records are of the new identity."""

    records = forms.TypedMultipleChoiceField(
        label="Which of these records are of the new identity?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you do not choose, and any record that you cannot see, stays with the old "
        "identity.",
        error_messages=required("Choose the records of the new identity."),
    )

    def __init__(self, *args: Any, records: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["records"].choices = list(records)  # type: ignore[attr-defined]
        self.order_fields(["records", "reason"])
