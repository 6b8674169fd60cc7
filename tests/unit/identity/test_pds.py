"""The client of the Personal Demographics Service, against a service of our own."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.patient import Patient

from keepsight.identity.tracing.pds import PDS
from keepsight.identity.tracing.tracer import TracingStopped
from keepsight.kernel.tracing.answers import NotUnderstood
from keepsight.kernel.tracing.sought import sought
from keepsight.kernel.tracing.steps import STEPS, parameters_of
from keepsight.kernel.tracing.tracing import Outcome, trace
from tests.factories.pds_service import Service, StandingClock, client_of, running_service
from tests.factories.pds_shapes import Person, number, outcome, patient, searchset

ONE = Person(nhs_number=number(10_000_000), given=("Testina",), family="Madeup", born="2011-03-04")
HIDDEN = Person(
    nhs_number=number(20_000_000),
    given=("Nowhere",),
    family="Sampleton",
    born="2012-05-20",
    security="R",
)

FOR_ONE = (("_history", "true"), ("family", "madeup"), ("birthdate", "eq2011-03-04"))


@pytest.fixture
def service() -> Iterator[Service]:
    with running_service(ONE, HIDDEN) as running:
        yield running


@pytest.fixture
def clock(service: Service) -> StandingClock:
    return service.clock


@pytest.fixture
def pds(service: Service, tmp_path: Path) -> PDS:
    return client_of(service, tmp_path)


def test_the_shapes_of_our_service_are_fhir() -> None:
    Bundle.model_validate(searchset((ONE, 1.0), (HIDDEN, 0.9)))
    for person in (ONE, HIDDEN):
        Patient.model_validate(patient(person))
    OperationOutcome.model_validate(outcome("TOO_MANY_MATCHES"))


def test_a_search_says_who_asks_and_nothing_that_was_not_meant(service: Service, pds: PDS) -> None:
    (found,) = pds.search(FOR_ONE).found
    pds.search(FOR_ONE)
    assert (found.nhs_number, found.score) == (ONE.nhs_number, 1.0)
    first, second = service.asked
    assert first.parameters == list(FOR_ONE)
    assert first.headers["authorization"].startswith("Bearer ")
    assert first.headers["accept"] == "application/fhir+json"
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert first.headers["x-correlation-id"] == second.headers["x-correlation-id"]
    assert len(service.tokens) == 1


def test_a_token_is_renewed_before_it_ends(
    service: Service, pds: PDS, clock: StandingClock
) -> None:
    pds.search(FOR_ONE)
    clock.wait(560)
    pds.search(FOR_ONE)
    assert len(service.tokens) == 1
    clock.wait(10)
    pds.search(FOR_ONE)
    assert len(service.tokens) == 2


@pytest.mark.parametrize("lasts", ["", "soon", "²", "9" * 5_000], ids=range(4))
def test_a_token_without_an_end_is_used_once(service: Service, pds: PDS, lasts: str) -> None:
    service.lasts = lasts
    pds.search(FOR_ONE)
    pds.search(FOR_ONE)
    assert len(service.tokens) == 2


def test_a_token_that_is_no_longer_taken_is_renewed_once(service: Service, pds: PDS) -> None:
    pds.search(FOR_ONE)
    service.tokens.clear()
    assert pds.search(FOR_ONE).found
    service.answers_first(401, outcome("ACCESS_DENIED"))
    service.answers_first(401, outcome("ACCESS_DENIED"))
    with pytest.raises(TracingStopped, match="lets Keepsight in no more"):
        pds.search(FOR_ONE)


@pytest.mark.parametrize(
    ("status", "header", "waited"),
    [
        (429, {"Retry_After": "7"}, 7.0),
        (429, {}, 1.0),
        (503, {"Retry_After": "soon"}, 1.0),
        (503, {"Retry_After": "²"}, 1.0),
        (500, {}, 1.0),
        (408, {}, 1.0),
    ],
    ids=["it says how long", "busy", "it says nonsense", "no number", "broken", "timed out"],
)
def test_a_busy_service_is_asked_the_same_again(
    service: Service,
    pds: PDS,
    clock: StandingClock,
    status: int,
    header: dict[str, str],
    waited: float,
) -> None:
    service.answers_first(status, outcome("TOO_MANY_REQUESTS"), **header)
    assert pds.search(FOR_ONE).found
    assert clock.waited == [waited]
    first, second = service.asked
    assert first.headers["x-request-id"] == second.headers["x-request-id"]


def test_retry_after_may_be_a_moment(service: Service, pds: PDS, clock: StandingClock) -> None:
    clock.moment = clock.moment.replace(microsecond=0)
    until = clock.moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    service.answers_first(429, outcome("TOO_MANY_REQUESTS"), Retry_After=until)
    assert pds.search(FOR_ONE).found
    assert clock.waited == [0.0]


def test_a_service_that_wants_to_be_left_alone_is(
    service: Service, pds: PDS, clock: StandingClock
) -> None:
    service.answers_first(429, outcome("TOO_MANY_REQUESTS"), Retry_After="3600")
    with pytest.raises(TracingStopped, match="left alone for 3600 seconds"):
        pds.search(FOR_ONE)
    assert clock.waited == []


def test_after_four_tries_nobody_is_asked(service: Service, pds: PDS, clock: StandingClock) -> None:
    for _ in range(4):
        service.answers_first(503, outcome("UNAVAILABLE"))
    with pytest.raises(TracingStopped, match="did not answer"):
        pds.search(FOR_ONE)
    assert clock.waited == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"{"),
        (200, b"[" * 100_000),
        (200, b'{"resourceType": "Bundle", "entry": {}}'),
        (200, b"<html>"),
        (302, b""),
        (418, b"{}"),
    ],
    ids=["cut off", "very deep", "wrong shape", "a page", "a redirect", "a teapot"],
)
def test_what_is_no_answer_is_not_understood(
    service: Service, pds: PDS, status: int, body: bytes
) -> None:
    service.answers_first(status, body, Location=f"{service.address}/elsewhere")
    with pytest.raises(NotUnderstood) as fault:
        pds.search(FOR_ONE)
    assert "madeup" not in str(fault.value).casefold()
    assert len(service.asked) == 1


def test_whoever_is_not_registered_is_told_what_to_look_at(
    service: Service, tmp_path: Path
) -> None:
    stranger = client_of(service, tmp_path, client="somebody else")
    with pytest.raises(TracingStopped, match="KEEPSIGHT_PDS_CLIENT"):
        stranger.search(FOR_ONE)
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(TracingStopped, match="cannot be read as an RSA key"):
        stranger.search(FOR_ONE)
    assert service.asked == []


def test_numbers_are_looked_up(service: Service, pds: PDS) -> None:
    old, gone = number(30_000_000), number(40_000_000)
    service.superseded[old] = ONE.nhs_number
    service.invalidated.add(gone)
    assert [each.nhs_number for each in pds.look_up(old).found] == [ONE.nhs_number]
    assert pds.look_up(gone).fault == "INVALIDATED_RESOURCE"
    assert pds.look_up(number(50_000_000)).fault == "RESOURCE_NOT_FOUND"
    assert pds.look_up("9000000000").fault == "INVALID_RESOURCE_ID"


def test_no_log_and_no_fault_names_who_is_sought(
    service: Service, pds: PDS, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pds.search(FOR_ONE)
    service.answers_first(503, outcome("UNAVAILABLE"))
    pds.search(FOR_ONE)
    pds.address = "http://127.0.0.1:1/FHIR/R4"
    with pytest.raises(TracingStopped) as fault:
        pds.search(FOR_ONE)
    said = caplog.text + str(fault.value) + repr(fault.value.__cause__)
    assert fault.value.__cause__ is None
    assert "madeup" not in said.casefold()
    assert next(iter(service.tokens)) not in said + repr(pds)


def test_every_step_is_a_search_that_the_service_takes(service: Service, pds: PDS) -> None:
    somebody = sought(
        forename="Nobody Atall",
        surname="Unheardof",
        born=date(2011, 3, 4),
        sex="F",
        postcode="ZE9 9XX",
    )
    faults = {step.name: pds.search(parameters_of(step, somebody)).fault for step in STEPS}
    assert faults == dict.fromkeys((step.name for step in STEPS), "")
    assert trace(somebody, pds.search).outcome is Outcome.NONE
