"""The walk of those who answer for looking: an emergency by the police, its review, who looked."""

import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.databases import Log, as_role
from tests.system.steps import check_accessible, sign_in

WHY = "A caller says that a child is in danger tonight."
FOUND = "Asked the sergeant: the call is in the log of the control room."
WISHES = {
    "What do they want to know it for?": "She wants to know who has read about her.",
    "What does the young person wish?": "She asked for it herself.",
    "How far do they understand": "She is sixteen and has talked it through with her worker.",
    "Why?": "It is her record, and nothing in it could endanger her.",
}


@pytest.fixture
def log(site: Site) -> Iterator[Log]:
    """The audit log of the site, as the role that makes copies reads it."""
    with as_role(site, "backup") as connection:
        yield connection


def test_an_emergency_is_seen_reviewed_and_told(site: Site, page: Page, log: Log) -> None:
    sign_in(page, site.passwords, "police")
    name, born, child = given_a_child_whom_the_police_know(page)
    when_somebody_breaks_the_glass(page, name, born)
    assert child in page.url
    sign_out(page)
    sign_in(page, site.passwords, "police.governance")
    then_the_lead_is_told_without_the_child(page, name, child)
    when_the_lead_reviews_it(page)
    shown = then_the_page_shows_exactly_what_the_log_holds(page, child, log)
    assert any(WHY in row for row in shown)
    when_the_lead_releases_who_looked(page, child)
    then_the_document_names_nobody(page, name, child)


def test_an_operator_enters_where_somebody_lives(site: Site) -> None:
    kept = home(site, "police@keepsight.example", "ZZ1 1AA")
    assert kept.stdout == "The home of police@keepsight.example is kept.\n"
    assert "is forgotten." in home(site, "police@keepsight.example", "").stdout
    refused = home(site, "police@keepsight.example", "nowhere")
    assert refused.returncode != 0
    assert "Write it like ZZ1 1AA." in refused.stdout + refused.stderr


def home(site: Site, email: str, postcode: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "keepsight.cli", "people", "home", email, postcode],
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def given_a_child_whom_the_police_know(page: Page) -> tuple[str, str, str]:
    page.goto("/children/")
    row = page.locator("tbody tr").filter(has_text=re.compile(r"\d{4}")).first
    name = row.get_by_role("link").inner_text()
    born = row.locator("td").first.inner_text()
    child = urlparse(row.get_by_role("link").get_attribute("href")).path.split("/")[2]
    return name, born, child


def when_somebody_breaks_the_glass(page: Page, name: str, born: str) -> None:
    page.get_by_role("link", name="Emergency").click()
    forename, surname = name.split(" ", 1)
    day, month, year = born.split()
    page.get_by_label("What is the emergency?").fill(WHY)
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    for label, text in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).fill(text)
    check_accessible(page)
    page.get_by_role("button", name="Look, and have it on record").click()
    # Another agency may spell the forename otherwise.
    expect(page.locator(".moj-identity-bar")).to_contain_text(surname)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def then_the_lead_is_told_without_the_child(page: Page, name: str, child: str) -> None:
    expect(page).to_have_title("Looking – Keepsight")
    expect(page.locator("main")).to_contain_text(WHY)
    expect(page.locator("main")).to_contain_text("Pat Example")
    assert name not in page.content()
    assert child not in page.content()
    check_accessible(page)
    page.get_by_role("link", name="Review").first.click()
    assert name not in page.content()
    assert child not in page.content()
    check_accessible(page)


def when_the_lead_reviews_it(page: Page) -> None:
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    check_accessible(page)
    page.get_by_label("It was justified").check()
    page.get_by_label("Whom did you ask").fill(FOUND)
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("Your review of the broken glass is recorded.")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(WHY)


def then_the_page_shows_exactly_what_the_log_holds(
    page: Page, child: str, log: Log, colleague: str = "Pat Example"
) -> list[str]:
    """What the lead of a colleague's agency is shown of their looks; returns its rows."""
    held = log.execute(
        "SELECT actor_name, what, reason FROM audit_auditentry WHERE child_id = %s"
        " AND agency_id = (SELECT agency_id FROM agencies_person WHERE name = %s)"
        " ORDER BY at DESC, id",
        [child, colleague],
    ).fetchall()
    page.get_by_label("The child’s reference").fill(f"/children/{child}/")
    page.get_by_role("button", name="Show who looked").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(len(held))
    for entry, row in zip(held, rows.all(), strict=True):
        for said in entry.values():
            expect(row).to_contain_text(said)
    check_accessible(page)
    return rows.all_inner_texts()


def when_the_lead_releases_who_looked(page: Page, child: str) -> None:
    page.get_by_role("link", name="Decide whether to tell somebody who looked").click()
    expect(page.locator("main")).to_contain_text("Never to a parent or carer by default")
    check_accessible(page)
    page.get_by_label("The young person").first.check()
    for label, text in WISHES.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("Yes, release it").check()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Your decision is recorded.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The young person: released")


def then_the_document_names_nobody(page: Page, name: str, child: str) -> None:
    page.get_by_role("link", name="To print").click()
    expect(page.get_by_role("heading", name="Who looked at the record")).to_be_visible()
    expect(page.locator("main")).to_contain_text("broke the glass")
    for unsaid in ("Pat Example", name, child):
        assert unsaid not in page.content()
    check_accessible(page)
