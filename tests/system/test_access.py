"""Who sees what of one child, in a browser: the same child through four people's eyes."""

import re

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.steps import check_accessible, sign_in

ABSENT = "/children/00000000-0000-4000-8000-000000000000/"


def children_of(page: Page) -> list[str]:
    """The addresses of the children in the lists of a page."""
    links = page.locator("main a[href^='/children/']").all()
    found = [str(link.get_attribute("href")).split("#")[0] for link in links]
    return list(dict.fromkeys(found))


def as_somebody_else(page: Page, site: Site, login: str) -> None:
    page.context.clear_cookies()
    sign_in(page, site.passwords, login)


def allocated_and_known_to_the_school(site: Site, page: Page) -> str:
    """A child allocated to a worker, of whom the demo's school has a record too."""
    sign_in(page, site.passwords, "school")
    page.goto("/children/")
    of_school: set[str] = set()
    while True:
        of_school |= set(children_of(page))
        later = page.get_by_role("link", name="Next")
        if not later.count():
            break
        later.first.click()
    as_somebody_else(page, site, "inspector")
    page.goto("/")
    sampled = set(children_of(page))
    shared = sorted(of_school & sampled)
    as_somebody_else(page, site, "allocated.worker")
    for child in shared:
        page.goto(child)
        if "the child is allocated to you:" in page.content():
            return child
    raise AssertionError("the demo allocates a child of its school")


def test_each_sees_of_one_child_what_is_theirs_to_see(site: Site, page: Page) -> None:
    child = allocated_and_known_to_the_school(site, page)
    the_allocated_worker_sees_the_story(site, page, child)
    the_school_sees_that_there_is_a_social_worker_and_whom_to_call(site, page, child)
    a_stranger_sees_what_they_see_of_nobody(site, page, child)
    the_inspector_reads_the_sampled_case_and_no_other(site, page, child)


def the_allocated_worker_sees_the_story(site: Site, page: Page, child: str) -> None:
    as_somebody_else(page, site, "allocated.worker")
    page.goto(child)
    agencies = set(page.locator(".moj-timeline__byline").all_inner_texts())
    assert len(agencies) > 1, "one timeline of several agencies"
    page.get_by_text("Why you may see this record").click()
    expect(page.get_by_text("the child is allocated to you:")).to_be_visible()
    check_accessible(page)


def the_school_sees_that_there_is_a_social_worker_and_whom_to_call(
    site: Site, page: Page, child: str
) -> None:
    as_somebody_else(page, site, "school")
    page.goto(child)
    assert len(set(page.locator(".moj-timeline__byline").all_inner_texts())) <= 1
    involved = page.locator("main").inner_text().split("Also involved")[1]
    assert "children’s social care" in involved
    assert "The child has a social worker: Asha Example" in involved
    assert re.search(r"01632 \d+", involved)
    assert "open since" not in page.content()
    check_accessible(page)


def a_stranger_sees_what_they_see_of_nobody(site: Site, page: Page, child: str) -> None:
    as_somebody_else(page, site, "clinic")
    page.goto("/children/")
    assert child not in children_of(page), "the clinic does not know this child"
    answers = []
    for address in (child, ABSENT):
        response = page.goto(address)
        assert response is not None
        answers.append((response.status, page.locator("main").inner_text()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def the_inspector_reads_the_sampled_case_and_no_other(site: Site, page: Page, child: str) -> None:
    as_somebody_else(page, site, "inspector")
    page.goto(child)
    expect(page.locator(".moj-identity-bar")).to_contain_text("Born")
    assert page.get_by_role("link", name=re.compile("^(Read and decide|Decide again)")).count() == 0
    page.get_by_text("Why you may see this record").click()
    expect(page.get_by_text("the case is in the sample of an inspection")).to_be_visible()
    check_accessible(page)
    as_somebody_else(page, site, "social.worker")
    page.goto("/")
    alerted = set(children_of(page))
    as_somebody_else(page, site, "inspector")
    page.goto("/")
    outside = sorted(alerted - set(children_of(page)))
    for address in outside[:2]:
        response = page.goto(address)
        assert response is not None
        assert response.status == 404


def test_a_worker_who_knows_a_child_says_so_and_sees_no_more(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "social.worker")
    page.goto("/")
    child = children_of(page)[-1]
    page.goto(child)
    page.get_by_role("link", name="I know this child").click()
    check_accessible(page)
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label("I know the child or their family").check()
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("It is recorded that you know the child.")).to_be_visible()
    response = page.goto(child)
    assert response is not None
    assert response.status == 404


def test_a_manager_allocates_a_child_and_it_leaves_the_front_door(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "manager")
    page.goto("/")
    child = children_of(page)[0]
    page.goto(child)
    page.get_by_role("link", name="Allocate this child").click()
    check_accessible(page)
    page.get_by_label("Who will work with this child?").select_option(
        label="Asha Example, Safeguarding team"
    )
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("The child is allocated.")).to_be_visible()
    as_somebody_else(page, site, "allocated.worker")
    page.goto(child)
    page.get_by_text("Why you may see this record").click()
    expect(page.get_by_text("the child is allocated to you:")).to_be_visible()


def test_everybody_can_read_what_their_role_is_for(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "school")
    page.goto("/your-role/")
    expect(page.locator("main h1")).to_contain_text("Practitioner")
    expect(page.locator("main")).to_contain_text("Safeguarding information-sharing agreement")
    check_accessible(page)
