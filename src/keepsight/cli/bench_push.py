"""`keepsight bench push`: from a report to its alert, over HTTP, with the worker that is served.

Each report is the third missing report of a child whom a council knows, so it begins an alert.
"""

import json
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from threading import Event
from time import perf_counter
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.db import connection
from rich.console import Console
from rich.table import Table

from keepsight.access.actions.clients import NewClient, add_client
from keepsight.access.clock import now, today
from keepsight.agencies.actions import register_agency, register_area
from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor, system
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.actions.governing import govern_feed, switch_on
from keepsight.cli.demo_governance import governance_of
from keepsight.identity.actions import register_subjects, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.linking import link_records
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.identifiers import NHSNumber
from keepsight.kernel.sending import SOURCE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.sharing.actions import sign_agreement

BENCH = system("benchmark")
PATIENCE = 120.0
ALERT = "SELECT 1 FROM detection_alert WHERE child_id = %s"
CHILD = """
SELECT l.child_id FROM identity_link l JOIN identity_subjectrecord s ON s.id = l.subject_record_id
WHERE s.nhs_number = %s AND l.recorded_until IS NULL LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Known:
    """A child whom the council knows, by a made-up number."""

    number: str
    born: str


def run(reports: int) -> None:
    """Set up, serve, send, and print how long it took until the alert was there."""
    (first, *known), client = _set_up(reports + 1)
    with _served() as address:
        token = _token(address, client)
        _timed(address, token, first)  # until then the worker may still be starting
        taken = [_timed(address, token, each) for each in known]
    table = Table(title=f"From a report to its alert, {reports} times", title_justify="left")
    for name in ("until", "median, s", "99 of 100, s", "longest, s"):
        table.add_column(name, justify="left" if name == "until" else "right")
    for name, times in zip(("acknowledged", "alert there"), zip(*taken, strict=True), strict=True):
        cuts = quantiles(times, n=100)
        table.add_row(name, f"{cuts[49]:.2f}", f"{cuts[98]:.2f}", f"{max(times):.2f}")
    Console().print(table)


def _timed(address: str, token: str, child: Known) -> tuple[float, float]:
    said = {
        "reference": f"M/{child.number}",
        "person": {
            "reference": f"P-{child.number}",
            "date_of_birth": child.born,
            "nhs_number": child.number,
        },
        "reported_missing_at": (now() - timedelta(hours=1)).isoformat(),
    }
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": uuid.uuid4().hex,
        "Content-Type": "application/json",
    }
    begun = perf_counter()
    _post(f"{address}/api/v1/missing-reports", json.dumps(said).encode(), headers)
    acknowledged = perf_counter() - begun
    pause = Event()
    with connection.cursor() as cursor:
        cursor.execute(CHILD, [child.number])
        (child_id,) = cursor.fetchone()
        while perf_counter() - begun < PATIENCE:
            cursor.execute(ALERT, [child_id])
            if cursor.fetchone():
                return acknowledged, perf_counter() - begun
            pause.wait(0.005)
    raise TimeoutError(f"No alert within {PATIENCE:.0f} s.")


def _token(address: str, client: NewClient) -> str:
    form = urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": str(client.client_id),
            "client_secret": client.secret,
        }
    )
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return str(_post(f"{address}/api/token", form.encode(), kind)["access_token"])


def _post(address: str, body: bytes, headers: dict[str, str]) -> Any:
    with urlopen(Request(address, body, headers)) as answer:  # noqa: S310 - our own address
        return json.loads(answer.read())


@contextmanager
def _served() -> Iterator[str]:
    """The pages, the API and the worker, as `keepsight serve` starts them."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "keepsight.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:  # noqa: S603
        for line in serving.stdout or ():
            if line.startswith("Serving"):
                break
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()


def _set_up(reports: int) -> tuple[list[Known], NewClient]:
    area = register_area(by=BENCH, key="bench", name="Bench")
    council, police = (
        register_agency(
            by=BENCH, key=kind.value, name=kind.in_words, kind=kind, area=area, phone="01632 960000"
        )
        for kind in (AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE)
    )
    sign_agreement(
        by=BENCH,
        title="The usual agreement",
        gateway="Children Act 2004, section 11",
        parties=[council, police],
        review_by=today() + timedelta(days=365),
    )
    feed = register_feed(
        by=BENCH, key="reports", title="Reports", agency=police, source=SOURCE, rhythm_days=None
    )
    stated = governance_of("The force", SOURCE, police.kind, "Common-law policing purpose")
    govern_feed(by=BENCH, feed=feed, governance=stated, reduces_codes=False)
    switch_on(by=BENCH, feed=feed)
    known = _know(by=BENCH, agency=council, children=reports)
    link_records(by=BENCH)
    made = add_client(by=BENCH, name="Bench", agency_id=police.pk, feed_id=feed.pk)
    return known, made


@action
def _know(*, by: Actor, agency: Agency, children: int) -> list[Known]:
    """Children with two missing episodes each."""
    lock_agency(by=by, agency=agency)
    known = []
    for number in range(900_000_000, 999_999_999):
        digit = NHSNumber.check_digit(str(number))
        if digit is None:
            continue
        born = datetime(2010, 1, 1, tzinfo=LONDON) + timedelta(days=11 * len(known))
        known.append(Known(f"{number}{digit}", born.date().isoformat()))
        if len(known) == children:
            break
    keys = [each.number for each in known]
    subjects = register_subjects(by=by, agency=agency, keys=keys, received=now())
    details = [
        latest_details(
            subjects[each.number],
            PersonDetails(
                surname=f"Example{'abcdefghij'[index % 10]}{index}",
                date_of_birth=datetime.fromisoformat(each.born).date(),
                nhs_number=each.number,
            ),
        )
        for index, each in enumerate(known)
    ]
    update_details(by=by, details=details, received=now())
    events = [
        NewEvent(
            subject_record_id=subjects[each.number],
            source_key=f"missing|{each.number}|{days}",
            occurred=now() - timedelta(days=days),
            content=MissingEpisode(category="missing"),
        )
        for each in known
        for days in (20, 40)
    ]
    record_events(by=by, agency=agency, events=events, received=now())
    return known
