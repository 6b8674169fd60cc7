"""Journeys of an information-governance lead and of an analyst."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.steps import check_accessible, sign_in

ASHA = "Asha Example (Social worker, allocated.worker@keepsight.example)"


def look(page: Page, name: str) -> None:
    """With KEEPSIGHT_PICTURES a folder, a picture for whoever wants to look."""
    folder = os.environ.get("KEEPSIGHT_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def a_child_of_the_council(site: Site, page: Page) -> str:
    """The reference of a child on the worklist: it stands in the address of its page."""
    sign_in(page, site.passwords, "social.worker")
    page.goto("/children/")
    link = page.locator("main a[href^='/children/']").first.get_attribute("href")
    assert link
    sign_out(page)
    return link.split("/")[2]


def test_a_lead_keeps_a_person_from_a_record_and_ends_it(site: Site, page: Page) -> None:
    child = a_child_of_the_council(site, page)
    sign_in(page, site.passwords, "governance")
    page.goto("/apart/")
    expect(page.get_by_text("No record is sealed.")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Keep a person from a child’s record").click()
    when_they_say_nothing_they_are_told_what_is_missing(page)
    page.get_by_label("Which child?").fill(child)
    page.get_by_label("Who is kept from the record?").select_option(label=ASHA)
    page.get_by_label("Family", exact=False).first.check()
    page.get_by_label("Why?").fill("A cousin.")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("The person is kept from the record.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("A cousin.")
    expect(page.locator("main")).to_contain_text(child)
    check_accessible(page)
    look(page, "kept-apart")
    ends = page.get_by_role("link", name="End it")
    held = ends.count()
    ends.first.click()
    page.get_by_label("Why?").fill("It was somebody else of that name.")
    check_accessible(page)
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("link", name="End it")).to_have_count(held - 1)


def when_they_say_nothing_they_are_told_what_is_missing(page: Page) -> None:
    check_accessible(page)
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_title(re.compile("^Error: Keep a person"))
    expect(page.get_by_role("alert")).to_contain_text("Choose who is kept from the record.")
    check_accessible(page)
    look(page, "keep-person-apart")


def test_the_forms_to_seal_and_to_protect_say_what_they_do(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "governance")
    for address, button in (("/apart/seals/new/", "Record"), ("/apart/addresses/new/", "Record")):
        page.goto(address)
        check_accessible(page)
        page.get_by_label("Which child?").fill("no such number")
        page.get_by_label("Why?").fill("A reason.")
        for box in page.get_by_role("checkbox").all()[:1]:
            box.check()
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_contain_text("Your agency has no record of a child")
        check_accessible(page)
        look(page, address.split("/")[2])


def test_a_lead_suspends_somebody_and_opens_the_account_again(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "governance")
    page.get_by_role("link", name="People", exact=True).click()
    check_accessible(page)
    row = page.locator("tr").filter(has_text="Mo Example")
    row.get_by_role("link", name="Suspend").click()
    check_accessible(page)
    page.get_by_label("Why?").fill("Under inquiry.")
    page.get_by_role("button", name="Suspend").click()
    expect(row).to_contain_text("Closed, suspended: Under inquiry.")
    check_accessible(page)
    look(page, "people")
    row.get_by_role("link", name="Open again").click()
    page.get_by_role("button", name="Open it again").click()
    expect(row.get_by_role("link", name="Suspend")).to_be_visible()


def test_an_analyst_reads_counts_and_pseudonyms(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "analyst")
    page.get_by_role("link", name="Analysis").click()
    expect(
        page.get_by_role("heading", name="Children with alerts, under pseudonyms")
    ).to_be_visible()
    expect(page.locator("main")).to_contain_text("It does not change until the next month")
    check_accessible(page)
    look(page, "analysis")
    page.get_by_role("link", name="Area and action plan").click()
    expect(page.locator("main")).to_contain_text("“c” stands for a number from 1 to 5")
    check_accessible(page)
    look(page, "area")
