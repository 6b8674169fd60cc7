"""The README's pictures are of pages as they are: taken by a command, their words compared.

`./run screenshots` writes docs/images anew. Otherwise the text of each page must be the text
that stands beside its picture: fonts differ between machines, words do not.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.system.conftest import Site
from tests.system.steps import sign_in

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def _worklist(page: Page) -> None:
    page.goto("/")


def _child(page: Page) -> None:
    alert = "Missing from school, and other signs"
    page.locator("tr").filter(has_text=alert).first.get_by_role("link").first.click()
    page.goto(page.url.split("#")[0])


def _area(page: Page) -> None:
    page.goto("/areas/")


@pytest.mark.parametrize(
    ("name", "login", "show"),
    [
        ("worklist", "social.worker", _worklist),
        ("child", "social.worker", _child),
        ("area", "inspector", _area),
    ],
)
def test_pictures_show_the_pages_as_they_are(
    untouched_site: Site,
    untouched_page: Page,
    request: pytest.FixtureRequest,
    name: str,
    login: str,
    show: Callable[[Page], None],
) -> None:
    page = untouched_page
    sign_in(page, untouched_site.passwords, login)
    show(page)
    words = page.locator("main").inner_text()
    said = IMAGES / f"{name}.txt"
    if request.config.getoption("--screenshots"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png", clip=PICTURE, full_page=True)
        said.write_text(words + "\n")
    assert said.exists(), f"There is no {said.name}: run ./run screenshots."
    assert words + "\n" == said.read_text(), "The page has changed: run ./run screenshots."


PICTURE = {"x": 0, "y": 0, "width": 1200, "height": 1500}
