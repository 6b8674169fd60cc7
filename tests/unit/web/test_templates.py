"""The template environment: strict about our own names, lenient about a macro's options."""

from pathlib import Path

import pytest
from django.template import engines
from jinja2 import UndefinedError

TEMPLATES = Path(__file__).parents[3] / "src/keepsight/web/jinja2"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
BUTTON = '{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}'


def rendered(source: str, **context: object) -> str:
    return str(engines["jinja2"].from_string(source).render(context))


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    assert engines["jinja2"].get_template(name)


@pytest.mark.parametrize("source", ["{{ nmae }}", "{{ child.nmae }}", "{% if nmae %}{% endif %}"])
def test_a_misspelt_name_fails_and_is_not_left_blank(source: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(source, child=object())


def test_an_option_of_a_govuk_macro_may_be_left_out() -> None:
    assert "Save" in rendered(BUTTON + '{{ govukButton({"text": "Save"}) }}')


def test_what_an_agency_sent_is_escaped_in_text_and_within_macros() -> None:
    sent = '<script>alert("1")</script>'
    page = rendered("{{ sent }}" + BUTTON + '{{ govukButton({"text": sent}) }}', sent=sent)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 2
