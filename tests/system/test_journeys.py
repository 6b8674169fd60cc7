"""Journeys of the people whom Keepsight is for, from the command line to the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.steps import check_accessible, sign_in


def test_the_demo_says_what_it_found_and_how_to_sign_in(site: Site) -> None:
    for said in ("What became of every row", "What waits for somebody", "Sign in as"):
        assert said in site.said
    assert re.search(r"[\d,]+ records of agencies are believed to be [\d,]+ children", site.said)
    assert re.search(r"There is no action plan\.", " ".join(site.said.split()))
    assert re.search(r"most memory held: [\d,]+ MiB", site.said)


def test_a_social_worker_reads_an_alert_and_decides(site: Site, page: Page) -> None:
    given_a_social_worker_at_their_worklist(site, page)
    when_they_open_an_alert(page)
    then_they_see_who_and_why_with_the_evidence_of_several_agencies(page)
    when_they_read_what_else_was_known(page)
    when_they_decide_without_saying_why(page)
    then_they_are_told_what_is_missing(page)
    when_they_decide_and_say_why(page)
    then_the_decision_stands_on_the_page_and_on_the_timeline(page)


def given_a_social_worker_at_their_worklist(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "social.worker")
    expect(page).to_have_title("Worklist – Keepsight")
    expect(page.get_by_role("heading", name="Alerts to read")).to_be_visible()
    expect(page.get_by_text("Feeds that are late in this area")).to_be_visible()
    check_accessible(page)


def when_they_open_an_alert(page: Page) -> None:
    page.locator("main a[href*='#alert-']").first.click()


def then_they_see_who_and_why_with_the_evidence_of_several_agencies(page: Page) -> None:
    expect(page.locator(".moj-identity-bar")).to_contain_text("Born")
    expect(page.get_by_role("heading", name="Why we are worried")).to_be_visible()
    expect(page.get_by_role("heading", name="Timeline of all agencies")).to_be_visible()
    page.get_by_text("How this rule was met, and where it comes from").first.click()
    expect(page.get_by_text("What would change this").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"received \d+ \w+ 202\d")).first).to_be_visible()
    assert "at risk" not in page.content().lower()
    check_accessible(page)


def when_they_read_what_else_was_known(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Read and decide")).first.click()
    expect(page.get_by_role("heading", name="What else was known around then")).to_be_visible()
    check_accessible(page)


def when_they_decide_without_saying_why(page: Page) -> None:
    page.get_by_label("Make a referral").check()
    page.get_by_role("button", name="Record", exact=True).click()


def then_they_are_told_what_is_missing(page: Page) -> None:
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    check_accessible(page)


def when_they_decide_and_say_why(page: Page) -> None:
    page.get_by_label("Make a referral").check()
    page.get_by_label("Why?").fill("Absent and missing in the same weeks.")
    page.get_by_role("button", name="Record", exact=True).click()


def then_the_decision_stands_on_the_page_and_on_the_timeline(page: Page) -> None:
    expect(page.get_by_text("Your decision is recorded.")).to_be_visible()
    expect(page.locator(".moj-timeline")).to_contain_text("Absent and missing in the same weeks.")
    expect(page.locator(".moj-timeline")).to_contain_text("Referral to children’s social care")
    expect(page.locator("#obligations ~ ul").first).to_contain_text("Decision on a referral")
    check_accessible(page)


def test_an_overdue_interview_says_why_and_recording_it_closes_the_clock(
    site: Site, page: Page
) -> None:
    sign_in(page, site.passwords, "social.worker")
    row = (
        page.locator("tr")
        .filter(has_text="Overdue")
        .filter(has_text="Return home interview")
        .filter(has=page.get_by_role("link"))
        .first
    )
    expect(row).to_contain_text("no return home interview")
    row.get_by_role("link").first.click()
    page.get_by_role("link", name=re.compile("Record.*interview.*held", re.I)).first.click()
    check_accessible(page)
    page.get_by_role("button", name=re.compile("Record")).click()
    expect(page).to_have_title(re.compile("^Error: "))
    check_accessible(page)


def test_an_inspector_sees_the_record_as_known_on_a_day_and_can_change_nothing(
    site: Site, page: Page
) -> None:
    sign_in(page, site.passwords, "inspector")
    page.locator("main a[href^='/children/']").first.click()
    now = page.locator(".moj-timeline__item").count()
    page.get_by_text("Show the record as known on an earlier day").click()
    page.get_by_label("Day", exact=True).fill("1")
    page.get_by_label("Month", exact=True).fill("12")
    page.get_by_label("Year", exact=True).fill("2025")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("This is the record as known on 1 December 2025.")).to_be_visible()
    assert page.locator(".moj-timeline__item").count() < now
    assert page.get_by_role("link", name=re.compile("^(Read and decide|Decide again)")).count() == 0
    check_accessible(page)
    page.goto(page.url.split("?")[0] + "?known_on=2025-13-45")
    expect(page).to_have_title(re.compile("^Error: "))


@pytest.mark.parametrize("login", ["school", "police", "hospital", "clinic"])
def test_an_agency_sees_its_own_and_that_others_are_involved(
    site: Site, page: Page, login: str
) -> None:
    sign_in(page, site.passwords, login)
    page.goto("/children/")
    check_accessible(page)
    page.locator("main a[href^='/children/']").first.click()
    agencies = set(page.locator(".moj-timeline__byline").all_inner_texts())
    assert len(agencies) <= 1
    check_accessible(page)


def test_nobody_else_sees_what_the_clinic_knows(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "clinic")
    page.goto("/children/")
    addresses = [
        link.get_attribute("href")
        for link in page.locator("main table a[href^='/children/']").all()
    ]
    assert addresses
    for login in ("social.worker", "allocated.worker", "manager", "school", "police"):
        page.context.clear_cookies()
        sign_in(page, site.passwords, login)
        for address in addresses[:5]:
            page.goto(str(address))
            assert "exual health" not in page.content()


def test_a_hidden_child_and_none_at_all_answer_alike(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "social.worker")
    links = page.locator("main a[href*='#alert-']").all()
    alerted = {str(link.get_attribute("href")).split("#")[0] for link in links}
    page.context.clear_cookies()
    sign_in(page, site.passwords, "clinic")
    page.goto("/children/")
    links = page.locator("main table a[href^='/children/']").all()
    hidden = sorted(alerted - {str(link.get_attribute("href")) for link in links})[0]
    answers = []
    for address in (hidden, "/children/00000000-0000-4000-8000-000000000000/"):
        response = page.goto(address)
        assert response is not None
        answers.append((response.status, page.locator("main").inner_text()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    check_accessible(page)


def test_an_area_says_first_whether_it_has_a_plan(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "lead.southmere")
    page.goto("/areas/")
    expect(page.locator("main h1")).to_contain_text("no action plan")
    check_accessible(page)
    page.context.clear_cookies()
    sign_in(page, site.passwords, "lead")
    page.goto("/areas/")
    expect(page.locator("main h1")).to_contain_text("published action plan")
    expect(page.get_by_role("heading", name=re.compile("Obligations"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("nobody has assessed")
    check_accessible(page)


def test_a_lead_writes_a_plan_and_publishes_it(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "lead.southmere")
    page.goto("/areas/")
    page.get_by_role("link", name=re.compile("Write")).first.click()
    page.get_by_label("What is the plan called?").fill("Southmere plan")
    for label, value in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    check_accessible(page)
    page.locator("main form button").last.click()
    expect(page.locator("main h1")).to_contain_text("has not been published")
    page.get_by_role("link", name=re.compile("Add an action")).first.click()
    check_accessible(page)


def test_a_data_officer_sees_feeds_and_quarantine_with_reasons(site: Site, page: Page) -> None:
    sign_in(page, site.passwords, "data.officer")
    page.goto("/feeds/")
    expect(page.locator("main")).to_contain_text("This is not a day")
    check_accessible(page)


def test_who_answers_for_feeds_reads_what_governs_each_and_how_it_stands(
    site: Site, page: Page
) -> None:
    sign_in(page, site.passwords, "lead")
    page.get_by_role("link", name="What governs feeds").click()
    expect(page.locator("main")).to_contain_text("To act on:")
    check_accessible(page)
    page.locator("main tbody a").first.click()
    expect(page.locator("main")).to_contain_text("Nothing is missing of what a feed must state.")
    expect(page.locator("main")).to_contain_text("Legal gateway")
    check_accessible(page)


def test_everything_needed_works_without_javascript(site: Site, plain_page: Page) -> None:
    page = plain_page
    sign_in(page, site.passwords, "social.worker")
    page.locator("main a[href*='#alert-']").last.click()
    page.get_by_role("link", name=re.compile("^Read and decide")).first.click()
    page.get_by_label("Not a concern, for the reason given").check()
    page.get_by_label("Why?").fill("Read with the allocated worker: the plan covers it.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Your decision is recorded.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/signed-out/"))
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_a_wrong_sign_in_does_not_tell_whether_the_person_exists(site: Site, page: Page) -> None:
    said = []
    for email in ("social.worker@keepsight.example", "nobody@keepsight.example"):
        page.goto("/sign-in/")
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill("not the password")
        page.get_by_role("button", name="Sign in", exact=True).click()
        said.append(page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
    check_accessible(page)


def test_where_harm_is_recorded_a_second_person_reads_what_was_decided(
    site: Site, page: Page
) -> None:
    sign_in(page, site.passwords, "social.worker")
    alerts = page.locator("tr", has=page.locator("a[href*='#alert-']"))
    harm = alerts.filter(has_text="Can be evidence of harm")
    address = harm.first.get_by_role("link").get_attribute("href")
    assert address is not None
    section = f"section[id='{address.partition('#')[2]}']"
    page.goto(address)
    page.locator(section).get_by_role("link", name=re.compile("^Read and decide")).click()
    expect(page.get_by_label("Watch until a day", exact=False)).to_have_count(0)
    page.get_by_label("Not a concern, for the reason given").check()
    page.get_by_label("Why?").fill("The record is of another matter, which is closed.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("It stands when somebody else has read it")).to_be_visible()
    assert page.locator(section).get_by_role("link", name=re.compile("^Agree or not")).count() == 0

    page.get_by_role("button", name="Sign out").click()
    sign_in(page, site.passwords, "manager")
    expect(page.get_by_text("Decided: somebody else must agree").first).to_be_visible()
    page.goto(address)
    page.locator(section).get_by_role("link", name=re.compile("^Agree or not")).click()
    check_accessible(page)
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Why?").fill("It was never assessed: read it again.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Your answer is recorded.")).to_be_visible()
    expect(page.locator(section)).to_contain_text("Not agreed.")
    check_accessible(page)
