"""A data officer who sends the police’s files, and what became of them."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from keepsight.agencies.models import Person
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.models import QuarantinedRow
from keepsight.intake.working import take_in_waiting
from tests.factories.files import POLICE_HEADING
from tests.factories.roles import acting_as
from tests.factories.world import READER, World

CIN = Path(__file__).parents[2] / "src/keepsight/intake/sources/cin/fixture.xml"

COLUMNS = POLICE_HEADING.strip().split(",")

GOOD = "R1,01/02/2026 21:00,02/02/2026 07:00"

BAD_DAY = "R2,31/02/2026 21:00,"

BAD_END = "R3,03/02/2026 21:00,02/02/2026 07:00"


@dataclass
class Office:
    """A police force with a feed, its data officer, and a browser in which they are signed in."""

    world: World
    feed: Feed
    officer: Person
    browser: Client


def send(office: Office, path: Path, feed: str = "") -> str:
    """Send a file by the page; what the page that follows says."""
    with path.open("rb") as file:
        answer = office.browser.post(
            "/deliveries/new/", {"feed": feed or office.feed.key, "file": file}, follow=True
        )
    return answer.content.decode()


def work() -> int:
    with acting_as("batch"):
        return take_in_waiting(reader=READER)


def deliveries() -> list[Delivery]:
    with acting_as("batch"):
        return list(Delivery.objects.order_by("pk"))


def rows() -> list[QuarantinedRow]:
    with acting_as("batch"):
        return list(QuarantinedRow.objects.select_related("retried_in").order_by("pk"))


def box(row: QuarantinedRow, column: str) -> str:
    return f"row-{row.pk}-{COLUMNS.index(column)}"


def put_right(office: Office, delivery: int, **values: str) -> str:
    """Send the form as it is shown, with some boxes changed."""
    page = f"/deliveries/{delivery}/put-right/"
    shown = {
        box(row, column): row.raw[column]
        for row in rows()
        for column in COLUMNS
        if column in row.raw
    }
    return office.browser.post(page, shown | values, follow=True).content.decode()


def with_a_bad_day(folder: Path) -> Path:
    text = CIN.read_text(encoding="utf-8")
    path = folder / "cin.xml"
    path.write_text(re.sub(r"<CINreferralDate>[^<]+<", "<CINreferralDate>soon<", text, count=1))
    return path
