"""A data officer whose agency’s own table is mapped on the pages."""

import io
from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from keepsight.agencies.models import Person
from keepsight.intake.models import FeedMapping
from keepsight.intake.spool import folder_of_spool
from tests.factories.roles import acting_as
from tests.factories.tables import HEADING, home_log
from tests.factories.world import World

COLUMNS = HEADING.split(",")

SAID = {"title": "Home log", "kind": "missing_episode", "days": "dd/mm/yyyy"}

ROLES = (
    *("reference", "subject", "person.forename", "person.surname", "person.date_of_birth"),
    *("person.nhs_number", "person.postcode", "content.category", "occurred", "until"),
    *("content.missing_from", ""),
)

WORDS = {"word-category-0": "missing", "word-category-1": "away"}

FORM = SAID | WORDS | {f"column-{n}": role for n, role in enumerate(ROLES)}


@dataclass
class Office:
    world: World
    officer: Person
    browser: Client


def lying() -> list[Path]:
    """The files in the spool."""
    return [path for path in folder_of_spool().iterdir() if path.is_file()]


def begin(office: Office, content: bytes = home_log(), name: str = "home-log.csv") -> str:
    file = io.BytesIO(content)
    file.name = name
    return office.browser.post("/feeds/new/", {"file": file}, follow=True).content.decode()


def say(office: Office, act: str, **changed: str) -> str:
    form = FORM | changed | {"act": act}
    return office.browser.post("/feeds/new/columns/", form, follow=True).content.decode()


def kept() -> list[FeedMapping]:
    with acting_as("batch"):
        return list(FeedMapping.objects.order_by("pk"))
