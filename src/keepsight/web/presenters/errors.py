"""What went wrong with a form, as the error summary lists it."""

from django.forms import BaseForm, BoundField

from keepsight.web.fields import DayInput


def error_list(*forms: BaseForm) -> list[dict[str, str]]:
    """Every error with a link to the field that it is about, in the order of the page."""
    return [entry for form in forms for entry in _errors_of(form)]


def _errors_of(form: BaseForm) -> list[dict[str, str]]:
    if not form.is_bound:
        return []
    first = next(iter(form.fields), None)
    general = [
        {"text": text, "href": f"#{anchor(form[first])}"} if first else {"text": text}
        for text in form.non_field_errors()
    ]
    return general + [
        {"text": text, "href": f"#{anchor(bound)}"} for bound in form for text in bound.errors
    ]


def anchor(bound: BoundField) -> str:
    """The id of the first input of a field, which the error summary moves focus to."""
    first = "-day" if isinstance(bound.field.widget, DayInput) else ""
    return f"{bound.auto_id}{first}"


def title(heading: str, errors: object) -> str:
    """The page's title: “Error: ” first where something must be put right."""
    return f"{'Error: ' if errors else ''}{heading} – Keepsight"
