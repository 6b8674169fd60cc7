"""A data officer maps a file of a system that nobody knew, loads it, and puts three rows right."""

import csv
import io
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.steps import check_accessible, sign_in
from tests.system.test_governing import look, sign_out

HEADING = (
    *("Log No", "Child Ref", "First Name", "Family Name", "Born", "Type", "Left At"),
    *("Came Back", "Went From", "Notes"),
)
FEED = "Homes’ missing log"
CHILD = re.compile(
    r"<LAchildID>([^<]+)</LAchildID>.*?<PersonBirthDate>([^<]+)</PersonBirthDate>", re.DOTALL
)
SOON = 60_000
"""Milliseconds in which a file of a few rows is surely taken in, on a busy machine."""


@dataclass(frozen=True)
class Child:
    """Who a child is to the council, as its census return says."""

    number: str
    born: date


def test_a_file_of_an_unknown_system_becomes_events_an_alert_and_a_referral(
    site: Site, page: Page, tmp_path: Path
) -> None:
    child = a_child_of_the_census(site)
    path = tmp_path / "homes.csv"
    path.write_bytes(the_log(child))
    sign_in(page, site.passwords, "data.officer")
    when_they_send_a_sample(page, path)
    when_they_say_what_each_column_is(page)
    key = when_they_save_it_the_feed_is_switched_off(page)
    given_that_it_is_governed_and_switched_on(site, key)
    when_they_send_the_file(page, path)
    then_its_rows_add_up(page)
    when_they_put_three_rows_right(page)
    then_nothing_waits(page)
    sign_out(page)
    then_the_events_are_on_the_chronology(site, page, child)
    when_signs_are_looked_for(site, page)
    then_there_is_an_alert_to_read(page)
    when_a_referral_is_made_of_it(page)
    then_its_clock_runs(page)


def a_child_of_the_census(site: Site) -> Child:
    """The first child of the data officer's own council's return, which gives no names."""
    folder = Path(site.environment["KEEPSIGHT_VAR"]) / "demo/county/feeds/northmere-council/cin"
    for path in sorted(folder.rglob("*.xml")):
        found = CHILD.search(path.read_text(encoding="utf-8"))
        if found:
            return Child(found[1], date.fromisoformat(found[2]))
    raise AssertionError("There is no census return in the demo.")


def the_log(child: Child) -> bytes:
    """Five lines, three of which are faulty: a day that is none, an end before, and no time."""
    person = (child.number, "", "", f"{child.born:%d/%m/%Y}")
    lines = (
        ("L1", *person, "Missing", "13/01/2026 21:00", "14/01/2026 07:00", "Kitchen door", ""),
        ("L2", *person, "Curfew", "15/01/2026 22:10", "16/01/2026 01:00", "Garden gate", "Late"),
        ("L3", *person, "Missing", "31/02/2026 21:00", "", "Back door", ""),
        ("L4", *person, "Missing", "03/02/2026 21:00", "02/02/2026 07:00", "Front door", ""),
        ("L5", *person, "Missing", "nobody knows", "", "Side door", ""),
        ("L6", *person, "Missing", "06/02/2026 20:00", "07/02/2026 06:00", "Roof hatch", ""),
    )
    written = io.StringIO()
    csv.writer(written).writerows([HEADING, *lines])
    return written.getvalue().encode()


def when_they_send_a_sample(page: Page, path: Path) -> None:
    page.get_by_role("link", name="Feeds", exact=True).click()
    check_accessible(page)
    page.get_by_role("link", name="Make a feed from another system’s files").click()
    check_accessible(page)
    look(page, "new-mapping")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")
    page.get_by_label("A file of the other system").set_input_files(path)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Say what each column is")
    check_accessible(page)
    look(page, "map-columns")


def when_they_say_what_each_column_is(page: Page) -> None:
    """The proposal is right but for one word, which only a person knows the meaning of."""
    expect(page.get_by_label("What is Child Ref?")).to_have_value("subject")
    expect(page.get_by_label("What is Left At?")).to_have_value("occurred")
    page.get_by_label("What is the feed called?").fill(FEED)
    page.get_by_role("button", name="Show the first lines").click()
    expect(page.get_by_role("alert")).to_contain_text("Type: say what “Curfew” means.")
    check_accessible(page)
    page.get_by_label("“Curfew”").select_option(label="Away from placement without authorisation")
    page.get_by_role("button", name="Show the first lines").click()
    expect(page.locator("main")).to_contain_text("Missing from Kitchen door")
    expect(page.locator("main")).to_contain_text("Away without authorisation from Garden gate")
    expect(page.get_by_text("Quarantine", exact=True)).to_have_count(3)
    check_accessible(page)
    look(page, "map-columns-preview")


def when_they_save_it_the_feed_is_switched_off(page: Page) -> str:
    """Its key, which stands in the address."""
    page.get_by_role("button", name="Save and make the feed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FEED)
    expect(page.locator("main")).to_contain_text("The feed is switched off.")
    check_accessible(page)
    look(page, "mapped-feed")
    return page.url.split("/governed/")[1].split("/")[0]


def given_that_it_is_governed_and_switched_on(site: Site, key: str) -> None:
    keepsight(
        site, "feeds", "govern", key, "--controller", "Northmere", "--gateway",
        "Children's Homes (England) Regulations 2015", "--purpose", "Safeguarding",
        "--necessity", "The homes know first", "--assessment", "DPIA 9", "--assessed",
        "2026-01-05", "--review-by", "2027-01-05", "--cohort", "all",
    )  # fmt: skip
    keepsight(site, "feeds", "switch-on", key)


def when_they_send_the_file(page: Page, path: Path) -> None:
    page.get_by_role("link", name="Deliveries", exact=True).click()
    check_accessible(page)
    look(page, "deliveries")
    page.get_by_role("button", name="Send a file").click()
    check_accessible(page)
    page.get_by_label("Which feed is it of?").select_option(label=f"{FEED} (switched on)")
    page.get_by_label("The file", exact=True).set_input_files(path)
    look(page, "send-file")
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_text("The file is accepted.")).to_be_visible()
    expect(page.get_by_role("heading", name="What became of its rows")).to_be_visible(timeout=SOON)


def then_its_rows_add_up(page: Page) -> None:
    rows = page.locator("table").first.locator("tbody tr")
    numbers = [int(row.locator("td").last.inner_text().replace(",", "")) for row in rows.all()]
    assert sum(numbers[:-1]) == numbers[-1] == 7
    assert numbers[3] == 3
    expect(page.locator("main")).to_contain_text("3 rows wait to be put right.")
    check_accessible(page)
    look(page, "delivery")


def when_they_put_three_rows_right(page: Page) -> None:
    page.get_by_role("button", name="Put rows right").click()
    check_accessible(page)
    look(page, "put-right")
    page.get_by_role("button", name="Send again what was changed").click()
    expect(page.get_by_role("alert")).to_contain_text("No value was changed.")
    for row, column, value in (
        ("Row 4", "Left At", "28/02/2026 21:00"),
        ("Row 5", "Came Back", "04/02/2026 07:00"),
        ("Row 6", "Left At", "05/02/2026 22:15"),
    ):
        page.get_by_role("group", name=row).get_by_label(column).first.fill(value)
    page.get_by_role("button", name="Send again what was changed").click()
    expect(page.get_by_text("The rows that you changed are sent again.")).to_be_visible()
    expect(page.get_by_role("heading", name="What became of its rows")).to_be_visible(timeout=SOON)
    expect(page.locator("main")).to_contain_text("Nothing was found to be wrong.")
    check_accessible(page)
    look(page, "delivery-again")


def then_nothing_waits(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Rows of delivery")).click()
    expect(page.locator("main")).to_contain_text("None of them waits to be put right.")
    expect(page.get_by_role("link", name="Sent again")).to_have_count(3)
    check_accessible(page)
    look(page, "delivery-put-right")


def then_the_events_are_on_the_chronology(site: Site, page: Page, child: Child) -> None:
    sign_in(page, site.passwords, "social.worker")
    page.goto(f"/children/?search={child.number}")
    page.locator("tr").filter(has_text=child.number).get_by_role("link").first.click()
    for origin in ("Kitchen door", "Garden gate", "Back door", "Front door", "Side door"):
        expect(page.locator("main")).to_contain_text(origin)
    look(page, "chronology")


def when_signs_are_looked_for(site: Site, page: Page) -> None:
    keepsight(site, "detect", "now")
    page.reload()


def then_there_is_an_alert_to_read(page: Page) -> None:
    rule = page.get_by_role("heading", name="Missing three times or more in ninety days")
    alert = page.locator("section", has=rule)
    expect(alert).to_contain_text("Roof hatch")
    expect(alert).to_contain_text("Nobody has decided about this.")
    alert.get_by_role("link", name=re.compile("^Read and decide")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide: Going missing")
    check_accessible(page)
    look(page, "decide")


def when_a_referral_is_made_of_it(page: Page) -> None:
    page.get_by_label("Make a referral").check()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Why?").fill("Six times in four weeks, and nobody has read them together.")
    page.get_by_role("button", name="Record", exact=True).click()


def then_its_clock_runs(page: Page) -> None:
    expect(page.get_by_text("Your decision is recorded.")).to_be_visible()
    expect(page.locator(".moj-timeline")).to_contain_text("Referral to children’s social care")
    owed = page.locator("li", has=page.get_by_role("heading", name="Decision on a referral"))
    expect(owed.first).to_contain_text("Due")
    check_accessible(page)
    look(page, "referred")


def keepsight(site: Site, *arguments: str) -> str:
    command = [sys.executable, "-m", "keepsight.cli", *arguments]
    done = subprocess.run(
        command, env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
