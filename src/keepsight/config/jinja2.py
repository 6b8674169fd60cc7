"""The Jinja environment: GOV.UK macros, our templates, and nothing that a view has to remember."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
)
from jinja2.runtime import missing

from keepsight.web.presenters import dates, errors, navigation, obligations, sources, timeline

LEFT_OUT_BY_MACROS = frozenset({None, "caller", "null", "params", "undefined"})
"""Names that the GOV.UK macros ask after although nobody need say them."""


class Unsaid(Undefined):
    """An undefined value: a name or an attribute of ours fails, a macro's option may be left out.

    The GOV.UK macros test many options of the dictionaries that they are given.
    """

    __slots__ = ()

    def __new__(
        cls, hint: str | None = None, obj: Any = missing, name: Any = None, *rest: Any
    ) -> Any:
        optional = name in LEFT_OUT_BY_MACROS if obj is missing else isinstance(obj, dict)
        kind = Undefined if optional or isinstance(obj, str) else StrictUndefined
        return kind(hint, obj, name, *rest)


def environment(**options: Any) -> Environment:
    """Undefined names fail, output is escaped, and GOV.UK macros load by their own prefix."""
    own = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options |= {"undefined": Unsaid, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(loader=ChoiceLoader([own, govuk]), **options)  # noqa: S701
    made.filters |= {
        "day": dates.day,
        "moment": dates.moment,
        "month": dates.month,
        "said": dates.said,
        "week_of": dates.week_of,
    }
    made.globals |= {
        "static": static,
        "url": lambda name, *arguments: reverse(name, args=arguments),
        "page_title": errors.title,
        "navigation": navigation.for_viewer,
        "counted": dates.counted,
        "span": dates.span,
        "citation": sources.citation,
        "limit": dates.limit,
        "ways": obligations.ways,
        "state_colour": obligations.colour,
        "kept_as_sent": timeline.kept_as_sent,
    }
    return made
