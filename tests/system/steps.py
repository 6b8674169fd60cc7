"""What people do on the pages, in words."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def sign_in(page: Page, passwords: Mapping[str, str], login: str, address: str = "") -> None:
    """Sign in as a person of the demo and land on their first page."""
    email = f"{login}@keepsight.example"
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(passwords[email])
    page.get_by_role("button", name="Sign in", exact=True).click()


def check_accessible(page: Page) -> None:
    """No rule of axe is broken on the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    said = [
        f"{each['id']}: {each['help']} at {[node['target'] for node in each['nodes']]}"
        for each in found
    ]
    assert not said, f"{page.url}: {said}"
