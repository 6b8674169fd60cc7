"""Forms of a data officer: a file to send, and rows in quarantine to put right."""

from collections.abc import Sequence
from typing import Any

from django import forms

from keepsight.intake.correcting import LONGEST, LineToCorrect
from keepsight.web.forms import required

NO_FEED = ("", "Choose a feed")


class SendFileForm(forms.Form):
    feed = forms.ChoiceField(
        label="Which feed is it of?",
        error_messages=required("Choose the feed that the file is of."),
    )
    file = forms.FileField(
        label="The file",
        widget=forms.FileInput,
        allow_empty_file=True,
        help_text="As your system exported it, or a zip of such files.",
        error_messages=required("Choose a file."),
    )

    def __init__(self, *args: Any, feeds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["feed"].choices = [NO_FEED, *feeds]  # type: ignore[attr-defined]


class CorrectLinesForm(forms.Form):
    """A box for every value of every line; `sections` has each line with its boxes."""

    def __init__(self, *args: Any, lines: Sequence[LineToCorrect], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            for place, (column, value) in enumerate(line.values.items()):
                self.fields[_name(line, place)] = forms.CharField(
                    label=column,
                    required=False,
                    strip=False,
                    initial=value,
                    max_length=LONGEST,
                    error_messages={"max_length": f"{line.row}, {column}: this is too long."},
                )

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Each line with its faulty boxes, each with its reason, and the others."""
        return [self._section(line) for line in self.lines]

    @property
    def corrections(self) -> dict[int, dict[str, str]]:
        return {
            line.row_id: {
                column: self.cleaned_data[_name(line, place)]
                for place, column in enumerate(line.values)
            }
            for line in self.lines
        }

    def _section(self, line: LineToCorrect) -> dict[str, Any]:
        reasons: dict[str, list[str]] = {}
        for column, reason in line.faults:
            reasons.setdefault(column, []).append(reason)
        boxes = [(column, self[_name(line, place)]) for place, column in enumerate(line.values)]
        return {
            "row": line.row,
            "reasons": [reason for column, reason in line.faults if column not in line.values],
            "faulty": [
                (box, " ".join(reasons[column])) for column, box in boxes if column in reasons
            ],
            "others": [box for column, box in boxes if column not in reasons],
        }


def _name(line: LineToCorrect, place: int) -> str:
    return f"row-{line.row_id}-{place}"
