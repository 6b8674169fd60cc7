"""The page assets: versions that belong together, and nothing that only GOV.UK may show."""

import json
import re
from importlib.metadata import metadata, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/keepsight/web/static/keepsight"
SCRIPTS = ("govuk-frontend.min.js", "moj-frontend.min.js", "htmx.min.js", "init.js")


@pytest.fixture(scope="module")
def css() -> str:
    stylesheet = BUILT / "keepsight.css"
    assert stylesheet.is_file(), "The page assets are not built. `./run test` builds them."
    return stylesheet.read_text(encoding="utf-8")


def govuk_frontend_of_the_templates() -> str:
    """Find the release in the table that govuk-frontend-jinja's own description carries."""
    ported = re.escape(version("govuk-frontend-jinja"))
    description = str(metadata("govuk-frontend-jinja").json["description"])
    row = re.search(rf"\[{ported}\]\([^)]*\)\s*\|\s*\[([\d.]+)\]", description)
    assert row, "govuk-frontend-jinja no longer says which GOV.UK Frontend it was ported from."
    return row[1]


def test_styles_and_templates_come_from_the_same_govuk_frontend() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["dependencies"]["govuk-frontend"] == govuk_frontend_of_the_templates()


def test_the_stylesheet_was_built_from_that_govuk_frontend(css: str) -> None:
    built_from = re.search(r'--govuk-frontend-version: ?"([\d.]+)"', css)
    assert built_from
    assert built_from[1] == govuk_frontend_of_the_templates()


def test_neither_the_typeface_nor_the_crest_of_govuk_is_used(css: str) -> None:
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "govuk-crest" not in css


def test_every_image_that_the_stylesheet_names_is_built(css: str) -> None:
    named = re.findall(r"url\(([^)]+)\)", css)
    assert named
    assert [image for image in named if not (BUILT / image).is_file()] == []


@pytest.mark.parametrize("component", ["timeline", "identity-bar", "filter", "badge", "alert"])
def test_the_components_of_the_pages_are_styled(css: str, component: str) -> None:
    assert re.search(rf"\.moj-{component}\b", css)


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_built_and_name_no_source_map_that_is_missing(script: str) -> None:
    assert "sourceMappingURL" not in (BUILT / script).read_text(encoding="utf-8")


def test_the_lock_file_names_no_host_to_fetch_packages_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
