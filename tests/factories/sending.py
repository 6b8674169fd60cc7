"""An agency’s system that sends reports, as tests use it: through the whole stack but the wire."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.test import Client as Browser

from keepsight.access.actions.clients import NewClient, add_client
from keepsight.chronology.models import Feed
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.sending import SOURCE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, World, make_feed

FORM = "application/x-www-form-urlencoded"
PERSON = {
    "reference": "N401",
    "forename": "Merle",
    "surname": "Ashdown",
    "date_of_birth": "2011-04-02",
    "nhs_number": "9000000009",
}
DETAILS = PersonDetails(
    forename="Merle",
    surname="Ashdown",
    date_of_birth=date(2011, 4, 2),
    nhs_number="9000000009",
)
"""The same person, as another agency knows them."""
REPORTS: dict[str, dict[str, Any]] = {
    "missing-reports": {
        "reference": "M/26/0101",
        "person": PERSON,
        "reported_missing_at": "2026-03-15T21:40:00+00:00",
        "category": "missing",
        "missing_from": "Home",
    },
    "found-reports": {
        "reference": "M/26/0101",
        "person": {"reference": "N401"},
        "returned_at": "2026-03-16T06:15:00Z",
        "found_at": "Bus station",
    },
    "emergency-attendances": {
        "reference": "ED-7781",
        "person": PERSON,
        "arrived_at": "2026-03-16T01:10:00+00:00",
        "reason": "Injury to the hand",
        "concern": "unexplained_injury",
    },
    "school-concerns": {
        "reference": "SC-12",
        "person": PERSON,
        "noticed_at": "2026-03-16T08:50:00+00:00",
        "summary": "Came in with a new telephone and would not say from whom.",
    },
    "police-notices": {
        "reference": "PPN-3",
        "person": PERSON,
        "raised_at": "2026-03-16T00:30:00+00:00",
        "concern": "Out late with adults",
        "summary": "Seen at the station with two adults.",
    },
}
SENDERS = {
    "missing-reports": AgencyKind.POLICE,
    "found-reports": AgencyKind.POLICE,
    "emergency-attendances": AgencyKind.HEALTH,
    "school-concerns": AgencyKind.SCHOOL,
    "police-notices": AgencyKind.POLICE,
}


def make_client(feed: Feed, name: str = "A records system") -> NewClient:
    """A client of a feed, with its secret."""
    with acting_as("batch"):
        return add_client(by=TESTER, name=name, agency_id=feed.agency_id, feed_id=feed.pk)


def sending_feed(world: World, kind: AgencyKind, cohort: Cohort | None = None) -> Feed:
    """A feed of reports of the world’s agency of this kind, governed and switched on."""
    return make_feed(world.agencies[kind], SOURCE, None, cohort=cohort)


@dataclass
class System:
    """An agency’s system: asks for a token when it has none, and sends."""

    client: NewClient
    token: str = ""
    browser: Browser = field(default_factory=Browser)

    def ask(self, **instead: str) -> Any:
        form = {
            "grant_type": "client_credentials",
            "client_id": str(self.client.client_id),
            "client_secret": self.client.secret,
        }
        return self.browser.post("/api/token", urlencode(form | instead), content_type=FORM)

    def sign_in(self) -> "System":
        self.token = self.ask().json()["access_token"]
        return self

    def send(self, kind: str, said: Any = None, key: str | None = None, **headers: str) -> Any:
        """Send a report of this kind; a usual one where nothing is said."""
        given = {"Idempotency-Key": uuid.uuid4().hex if key is None else key}
        given["Authorization"] = f"Bearer {self.token}"
        return self.browser.post(
            f"/api/v1/{kind}",
            REPORTS[kind] if said is None else said,
            content_type="application/json",
            headers=given | headers,
        )

    def read(self, address: str) -> Any:
        return self.browser.get(address, headers={"Authorization": f"Bearer {self.token}"})


def system_of(world: World, kind: AgencyKind, cohort: Cohort | None = None) -> System:
    """A signed-in system of the world’s agency of this kind."""
    return System(make_client(sending_feed(world, kind, cohort))).sign_in()
