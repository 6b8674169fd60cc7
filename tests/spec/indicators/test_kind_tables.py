"""The typed view of every kind gives back what an event said, and an empty field as empty."""

from dataclasses import MISSING, fields
from datetime import UTC, date, datetime

import ibis
import pytest

from keepsight.engines import embedded
from keepsight.engines.event_tables import create_event_tables, fill_event_tables
from keepsight.engines.kind_tables import create_kind_tables, kind_table
from keepsight.kernel.vocabulary.content.base import base_type, field_types
from keepsight.kernel.vocabulary.events import CONTENTS, Event

READABLE = [content for content in CONTENTS if content.readable]
SAID = {
    str: "it’s “odd” 'and' \\ \"so\"",
    int: 7,
    bool: True,
    date: date(2026, 2, 28),
    tuple[str, ...]: ("10A", "it's"),
}


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def backend(request, tmp_path_factory):
    if request.param == "duckdb":
        backend = ibis.duckdb.connect()
        yield filled(backend)
        backend.disconnect()
    else:
        address = embedded.start(tmp_path_factory.mktemp("postgres"), durable=False)
        with address.connect() as connection:
            yield filled(ibis.postgres.from_connection(connection))


def filled(backend):
    create_event_tables(backend)
    create_kind_tables(backend)
    said = [event for content in READABLE for event in (full(content), sparse(content))]
    fill_event_tables(backend, [("child", event) for event in said])
    return backend


def full(content):
    said = {field.name: SAID[base_type(expected)] for field, expected in field_types(content)}
    return event("full", content(**said))


def sparse(content):
    """Says no more than it must."""
    required = {
        field.name: False if expected is bool else SAID[expected]
        for field, expected in field_types(content)
        if field.default is MISSING
    }
    return event("sparse", content(**required))


def event(name, content):
    began = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    return Event(id=name, subject=1, agency=1, occurred=began, received=began, content=content)


@pytest.mark.parametrize("content", READABLE, ids=lambda content: content.kind)
def test_a_view_gives_back_what_was_said(backend, content):
    table = kind_table(content).order_by("event_id")
    assert backend.to_pyarrow(table).to_pylist() == [row(full(content)), row(sparse(content))]


def row(event):
    said = {field.name: getattr(event.content, field.name) for field in fields(event.content)}
    lists = {name: list(value) for name, value in said.items() if isinstance(value, tuple)}
    keys = {"child_id": "child", "event_id": event.id, "agency": event.agency}
    keys |= {"day": event.day, "last_day": None}
    return keys | said | lists
