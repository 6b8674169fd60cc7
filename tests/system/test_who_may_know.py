"""One child through everybody's eyes, in one walk: who may know it, and who looked."""

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.databases import as_role
from tests.system.steps import check_accessible
from tests.system.test_access import (
    a_stranger_sees_what_they_see_of_nobody,
    allocated_and_known_to_the_school,
    as_somebody_else,
    the_allocated_worker_sees_the_story,
    the_inspector_reads_the_sampled_case_and_no_other,
    the_school_sees_that_there_is_a_social_worker_and_whom_to_call,
)
from tests.system.test_looking import then_the_page_shows_exactly_what_the_log_holds

WHY = "A neighbour called: this child is said to be in danger at this moment."
END = "UPDATE access_tie SET until = now() WHERE relation = 'break_glass' AND because = %s"


def test_who_may_know_one_child_and_who_looked(site: Site, page: Page) -> None:
    child = allocated_and_known_to_the_school(site, page)
    the_allocated_worker_sees_the_story(site, page, child)
    name, born = page.locator(".moj-identity-bar").inner_text().split("Born")
    the_school_sees_that_there_is_a_social_worker_and_whom_to_call(site, page, child)
    a_stranger_sees_what_they_see_of_nobody(site, page, child)
    the_inspector_reads_the_sampled_case_and_no_other(site, page, child)
    before = as_the_police_see_it(site, page, child)
    a_broken_glass_opens_it(page, name.strip(), born.split(",")[0].split(), child)
    assert as_the_police_see_it(site, page, child) != before
    the_alert_says_why_and_not_whom(site, page, name.strip(), child)
    it_ends(site)
    assert as_the_police_see_it(site, page, child) == before
    who_looked_shows_exactly_that(site, page, child)


def as_the_police_see_it(site: Site, page: Page, child: str) -> tuple[int, str]:
    as_somebody_else(page, site, "police")
    response = page.goto(child)
    assert response is not None
    return response.status, page.locator("main").inner_text()


def a_broken_glass_opens_it(page: Page, name: str, born: list[str], child: str) -> None:
    page.get_by_role("link", name="Emergency").click()
    forename, surname = name.split(" ", 1)
    page.get_by_label("What is the emergency?").fill(WHY)
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    for label, text in zip(("Day", "Month", "Year"), born, strict=True):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Look, and have it on record").click()
    expect(page.locator(".moj-identity-bar")).to_contain_text(name)
    assert child in page.url
    assert len(set(page.locator(".moj-timeline__byline").all_inner_texts())) > 1
    check_accessible(page)


def the_alert_says_why_and_not_whom(site: Site, page: Page, name: str, child: str) -> None:
    as_somebody_else(page, site, "police.governance")
    expect(page.locator("main")).to_contain_text(WHY)
    assert name not in page.content()
    assert child.split("/")[2] not in page.content()


def it_ends(site: Site) -> None:
    """Hours pass: only the owner of the tables can move the end of a look."""
    with as_role(site, "owner") as owner:
        assert owner.execute(END, [WHY]).rowcount == 1


def who_looked_shows_exactly_that(site: Site, page: Page, child: str) -> None:
    with as_role(site, "backup") as log:
        as_somebody_else(page, site, "governance")
        reference = child.split("/")[2]
        rows = then_the_page_shows_exactly_what_the_log_holds(
            page, reference, log, colleague="Asha Example"
        )
        assert any("Asha Example" in row and "allocated" not in row for row in rows)
