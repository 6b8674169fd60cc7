"""A report that cannot wait, from another agency’s system to the page of a social worker."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import TODAY, Site
from tests.system.databases import as_role
from tests.system.steps import check_accessible, sign_in

SECONDS = 60
"""A deadline and no measure: on a machine that does much else at once it must hold too."""

CHILD = """
SELECT l.child_id::text AS child, s.nhs_number, s.date_of_birth
FROM identity_link l
JOIN identity_subjectrecord s ON s.id = l.subject_record_id
JOIN access_tie t ON t.child_id = l.child_id AND t.until IS NULL
  AND t.relation IN ('case', 'front_door')
JOIN agencies_agency a ON a.id = t.agency_id
JOIN agencies_person p ON p.agency_id = a.id AND p.email = 'social.worker@keepsight.example'
WHERE l.recorded_until IS NULL AND s.nhs_number IS NOT NULL AND s.date_of_birth IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM detection_alertmet d WHERE d.child_id = l.child_id AND d.no_longer_met IS NULL
      AND d.indicator = 'repeat_missing')
  AND NOT EXISTS (
    SELECT 1 FROM identity_link o JOIN identity_subjectrecord r ON r.id = o.subject_record_id
    WHERE r.nhs_number = s.nhs_number AND (
      r.date_of_birth <> s.date_of_birth OR o.child_id <> l.child_id))
ORDER BY l.child_id LIMIT 1"""

POLICE = "SELECT key FROM agencies_agency WHERE kind = 'police' ORDER BY id"


@dataclass(frozen=True)
class Force:
    """The system of a police force: where it sends, its token, and the child it tells of."""

    site: Site
    token: str
    child: dict[str, Any]

    def send(self, reference: str, day: date, key: str) -> tuple[int, dict[str, Any]]:
        said = {
            "reference": reference,
            "person": {
                "reference": "P-77001",
                "date_of_birth": self.child["date_of_birth"].isoformat(),
                "nhs_number": self.child["nhs_number"],
            },
            "reported_missing_at": f"{day.isoformat()}T07:30:00+00:00",
            "missing_from": "A friend’s flat by the canal",
        }
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        return post(
            f"{self.site.address}/api/v1/missing-reports",
            json.dumps(said).encode(),
            headers | {"Content-Type": "application/json"},
        )


def post(address: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    asked = urllib.request.Request(address, body, headers)  # noqa: S310 - our own address
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
        return answer.status, json.loads(answer.read())


def keepsight(site: Site, *arguments: str) -> str:
    """A command as somebody types it beside the pages."""
    command = [sys.executable, "-m", "keepsight.cli", *arguments]
    environment = site.environment | {"KEEPSIGHT_DEMO": "1", "COLUMNS": "200"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def force(site: Site) -> Iterator[Force]:
    """A police force that is governed to send reports, and has its client’s secret."""
    with as_role(site, "batch") as database:
        child = database.execute(CHILD).fetchone()
        assert child is not None, "the demo has no child to lead for with an NHS number"
        police = database.execute(POLICE).fetchone()
        assert police is not None
    feed, title = "police-reports", "Police reports, as they happen"
    keepsight(site, "feeds", "add", feed, "--title", title, "--agency", police["key"],
              "--source", "reports")  # fmt: skip
    keepsight(site, "feeds", "govern", feed, "--controller", "The force",
              "--gateway", "Common-law policing purpose", "--purpose", "To find children in time",
              "--necessity", "A file comes a day late", "--assessment", "PIA 12",
              "--assessed", "2026-01-05", "--review-by", "2027-01-05",
              "--cohort", "all")  # fmt: skip
    keepsight(site, "feeds", "switch-on", feed)
    said = keepsight(site, "clients", "add", feed, "--name", "Missing persons desk")
    identity = dict(re.findall(r"^(client_\w+)\s+(\S+)$", said, re.MULTILINE))
    form = urlencode({"grant_type": "client_credentials"} | identity).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    status, told = post(f"{site.address}/api/token", form, kind)
    assert status == 200
    yield Force(site, told["access_token"], child)
    listed = keepsight(site, "clients", "list")
    assert identity["client_id"][:8] in listed
    keepsight(site, "clients", "end", identity["client_id"], "--reason", "the test is over")


def test_a_report_sent_twice_is_found_once_and_its_alert_within_seconds(
    site: Site, force: Force, page: Page
) -> None:
    sign_in(page, site.passwords, "social.worker")
    page.goto(f"/children/{force.child['child']}/")
    expect(page.get_by_text("by the canal")).to_have_count(0)

    today = date.fromisoformat(TODAY)
    first = force.send("M/26/9001", today, "first")
    assert first[0] == 201
    assert force.send("M/26/9001", today, "first") == first
    again = force.send("M/26/9001", today, "another-key")
    assert (again[0], again[1]["duplicate"]) == (200, True)
    assert again[1]["event_id"] == first[1]["event_id"]
    page.reload()
    expect(page.locator(".moj-timeline__item", has_text="by the canal")).to_have_count(1)

    for number, days in enumerate((3, 9), start=2):
        force.send(f"M/26/900{number}", today - timedelta(days=days), f"report-{number}")
    alert = page.get_by_role("heading", name="Missing three times or more in ninety days")

    def there_is_an_alert() -> None:
        page.reload()
        expect(alert.first).to_be_visible(timeout=1_000)

    eventually(there_is_an_alert)
    check_accessible(page)


def eventually(check: Any) -> None:
    """Try until it holds; the last try says what was wrong."""
    for _ in range(SECONDS - 1):
        try:
            return check()
        except AssertionError:
            continue
    return check()
