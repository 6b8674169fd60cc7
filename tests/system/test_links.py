"""The walk of a records steward: a question is listed, opened, decided, undone; some by two."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.steps import check_accessible, sign_in

WHY = "Both were read out from the birth certificate."
RESTRICTED = "a second person must confirm it"


def test_a_question_is_decided_and_undone(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "steward")
    expect(page.get_by_role("heading", level=1)).to_have_text("Records to compare")
    check_accessible(page)
    open_question(page, restricted=False)
    for heading in ("Side by side", "The household", "What linking changes", "Decide"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    table = page.get_by_role("table", name=re.compile("Records side by side"))
    expect(table.get_by_role("row", name=re.compile("Date of birth"))).to_contain_text(
        re.compile("Same|Differs")
    )
    expect(page.get_by_role("table", name=re.compile("in bits"))).to_contain_text("strengthens")
    check_accessible(page)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose whose records these are.")
    check_accessible(page)
    decide(page, "They are one child: link them")
    expect(page.get_by_role("alert")).to_contain_text("in force")
    check_accessible(page)
    page.get_by_role("link", name="Undo this decision").click()
    page.get_by_label("Why?").fill("The certificate was of a cousin.")
    check_accessible(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("alert")).to_contain_text("stands again as it stood before")


def test_what_is_restricted_takes_two_people(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "clinic.steward")
    open_question(page, restricted=True)
    address = page.url
    decide(page, "They are one child: link them")
    expect(page.get_by_role("alert")).to_contain_text("until a second person has confirmed it")
    expect(page.get_by_role("button", name="Confirm this decision")).to_have_count(0)
    check_accessible(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, site.passwords, "clinic.second")
    page.goto(address.split("?")[0])
    page.get_by_role("button", name="Confirm this decision").click()
    expect(page.get_by_role("alert")).to_contain_text("it is in force")
    check_accessible(page)


def open_question(page: Page, *, restricted: bool) -> None:
    links = page.locator("tbody th a")
    for number in range(links.count()):
        links.nth(number).click()
        expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
        page.wait_for_load_state()
        if page.get_by_text(RESTRICTED).count() == restricted:
            return
        page.get_by_role("link", name="Back to records to compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Records to compare")
    pytest.fail("The demo has no such question.")


def decide(page: Page, verdict: str) -> None:
    page.get_by_label(verdict).check()
    page.get_by_label("Why?").fill(WHY)
    page.get_by_role("button", name="Record the decision").click()
