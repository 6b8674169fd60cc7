"""The Jinja environment: GOV.UK macros, our templates, and nothing that a view has to remember."""

from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader


def environment(**options: Any) -> Environment:
    """Undefined names fail, output is escaped, and GOV.UK macros load by their own prefix."""
    own = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=ChoiceLoader([own, govuk]), **options)  # noqa: S701
