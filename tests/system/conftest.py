"""A whole Keepsight as a user starts it, with a small made-up county, and a real browser."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.system.chromium import find_chromium

ROOT = Path(__file__).resolve().parents[2]
CHILDREN = 400
FEW_CHILDREN = 300
TODAY = "2026-03-16"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Site:
    """Where the pages are served, how each person signs in, and what the start printed."""

    address: str
    passwords: dict[str, str]
    said: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The Keepsight of the journeys, which record things in it."""
    with _served("system", CHILDREN) as site:
        yield site


@pytest.fixture(scope="session")
def untouched_site() -> Iterator[Site]:
    """A Keepsight in which nobody has done anything, small enough for its lists to fit a page."""
    with _served("pictures", FEW_CHILDREN) as site:
        yield site


@contextmanager
def _served(name: str, children: int) -> Iterator[Site]:
    """`keepsight demo` from nothing, then served, in processes of their own."""
    var = ROOT / "var" / name
    shutil.rmtree(var, ignore_errors=True)
    environment = os.environ | {
        "KEEPSIGHT_VAR": str(var),
        "KEEPSIGHT_TODAY": TODAY,
        "KEEPSIGHT_DATABASE": f"keepsight_{name}",
        "KEEPSIGHT_ROLE_PREFIX": f"keepsight_{name}",
        "COLUMNS": "120",
    }
    command = [sys.executable, "-m", "keepsight.cli", "demo", "--children", str(children)]
    built = subprocess.run(
        [*command, "--no-serve"], env=environment, check=True, capture_output=True, text=True
    )
    port = _free_port()
    with subprocess.Popen(
        [*command, "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        for line in serving.stdout:
            if line.startswith("Serving"):
                break
        passwords = json.loads((var / "demo" / "sign-ins.json").read_text())
        yield Site(f"http://127.0.0.1:{port}", passwords, built.stdout, environment)
        serving.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium: the one that is there.

    No longer than a module: while Playwright runs, Django takes its thread for one of an event
    loop, and refuses the database to whatever test comes next.
    """
    found = find_chromium()
    assert found, "No Chromium: run ./run test, which finds or installs one."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(found), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def clicks_end_on_whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that leads to a page is done when that page is whole.

    Playwright ends it when the page begins to arrive: what a slow machine then reads is half a
    page, or none.
    """
    click = Locator.click

    def whole(locator: Locator, *given: Any, **named: Any) -> None:
        click(locator, *given, **named)
        locator.page.wait_for_load_state()

    monkeypatch.setattr(Locator, "click", whole)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh page; an error in its console fails the test."""
    with _watched(browser, site) as page:
        yield page


@pytest.fixture
def untouched_page(browser: Browser, untouched_site: Site) -> Iterator[Page]:
    """The same, of the Keepsight in which nobody has done anything."""
    with _watched(browser, untouched_site) as page:
        yield page


@contextmanager
def _watched(browser: Browser, site: Site) -> Iterator[Page]:
    context = _context(browser, site)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    expected = ("404", "403", "400", "422")
    assert not [fault for fault in faults if not any(code in fault for code in expected)]


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page with JavaScript off."""
    context = _context(browser, site, javascript=False)
    yield context.new_page()
    context.close()


def _context(browser: Browser, site: Site, *, javascript: bool = True) -> BrowserContext:
    return browser.new_context(
        base_url=site.address,
        java_script_enabled=javascript,
        viewport={"width": 1200, "height": 900},
        locale="en-GB",
        timezone_id="Europe/London",
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
