"""The forms by which a person says how the files of another system are read."""

from collections.abc import Mapping
from typing import Any

from django import forms

from keepsight.intake.proposing.compose import (
    Chosen,
    agreed,
    guessed_words,
    with_choices,
    without_column,
)
from keepsight.intake.proposing.kinds import fields_of, kinds
from keepsight.intake.proposing.propose import CONTENT_ROLE, Proposal, day_ways
from keepsight.web.forms import line, required
from keepsight.web.presenters.mapping import roles_for

NO_KIND = ("", "Choose what a line states")
NO_WORD = ("", "Choose what it means")


class SampleForm(forms.Form):
    file = forms.FileField(
        label="A file of the other system",
        widget=forms.FileInput,
        allow_empty_file=True,
        help_text="A CSV file with its headings in the first line. Nothing of it is taken in yet.",
        error_messages=required("Choose a file."),
    )


class MapColumnsForm(forms.Form):
    """What the feed is called, what a line states, and for each column what it is.

    `proposal` is the table with the roles that the columns have in this form.
    """

    title = line("What is the feed called?", "Give the feed a name.")
    rhythm_days = forms.IntegerField(
        label="How often should a file come, in days?",
        required=False,
        min_value=1,
        max_value=400,
        help_text="Leave it empty if files come as they come.",
        error_messages={"invalid": "Enter the days as a number, like 7."},
    )
    kind = forms.ChoiceField(
        label="What does a line state?",
        error_messages=required("Choose what a line states."),
    )
    days = forms.ChoiceField(label="How are days written?")

    def __init__(self, data: Any, *, proposal: Proposal) -> None:
        super().__init__(data)
        self.proposal = agreed(proposal, [_role(data, n, c) for n, c in _numbered(proposal)])
        kind = proposal.kind
        self._choices("kind", [NO_KIND, *((each.kind, each.title) for each in kinds())], kind)
        self.fields["kind"].help_text = proposal.kind_because
        self.fields["days"].help_text = proposal.days_because
        self._choices("days", [(way, way) for way in day_ways()], proposal.days)
        roles = roles_for(kind)
        for number, column in _numbered(self.proposal):
            name = f"column-{number}"
            self.fields[name] = forms.ChoiceField(label=column.name, required=False)
            self._choices(name, roles, column.role)
        self.words: list[dict[str, Any]] = []
        for column, wanted in with_choices(self.proposal, kind):
            guessed = guessed_words(wanted, column)
            names = {}
            for number, word in enumerate(column.shape.codes):
                names[word] = name = f"word-{wanted.name}-{number}"
                self._few_words(name, f"“{word}”", wanted.choices, guessed[word])
            self.words.append({"field": wanted.name, "column": column.name, "names": names})
        self.always = [wanted.name for wanted in without_column(self.proposal, kind)]
        for wanted in without_column(self.proposal, kind):
            label = f"There is no column for the {wanted.in_words}. What is it in every line?"
            self._few_words(f"always-{wanted.name}", label, wanted.choices, "")

    @property
    def columns(self) -> list[tuple[Any, Any]]:
        """Each column with the box that says what it is."""
        return [(column, self[f"column-{n}"]) for n, column in _numbered(self.proposal)]

    def chosen(self, name: str) -> Chosen:
        """What was said, for a mapping of this name; only after `is_valid`."""
        said = self.cleaned_data
        return Chosen(
            name=name,
            title=said["title"],
            kind=said["kind"],
            days=said["days"],
            roles=tuple(said[f"column-{n}"] for n, _ in _numbered(self.proposal)),
            words={
                each["field"]: {word: said[box] for word, box in each["names"].items()}
                for each in self.words
            },
            always={name: said[f"always-{name}"] for name in self.always},
        )

    def _few_words(self, name: str, label: str, choices: Mapping[str, str], guess: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, required=False)
        self._choices(name, [NO_WORD, *choices.items()], guess)

    def _choices(self, name: str, choices: list[Any], initial: str) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = initial


def settled(data: Any, proposal: Proposal) -> Any:
    """What was sent, with columns of another kind’s fields as they are proposed for this kind."""
    fields = fields_of(proposal.kind)
    found = data.copy()
    for number, column in _numbered(proposal):
        name = f"column-{number}"
        role = data.get(name, column.role)
        fits = not role.startswith(CONTENT_ROLE) or role.removeprefix(CONTENT_ROLE) in fields
        other_kind = data.get("kind_before", proposal.kind) != proposal.kind
        open_now = other_kind and not role and column.role.startswith(CONTENT_ROLE)
        found[name] = role if fits and not open_now else column.role
    return found


def _numbered(proposal: Proposal) -> list[tuple[int, Any]]:
    return list(enumerate(proposal.columns))


def _role(data: Any, number: int, column: Any) -> str:
    return str(data.get(f"column-{number}", column.role) if data else column.role)
