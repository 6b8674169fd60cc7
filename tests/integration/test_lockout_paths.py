"""No token, no rows, by whatever way a page or a connection comes to an end.

Plain, streamed and late-rendered answers, a connection that another request used before, one out
of a pool between two people, and the work of a job.
"""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from psycopg_pool import ConnectionPool

from keepsight.access.actions import present_token
from keepsight.access.viewer import viewer_of
from keepsight.engines.paths import var
from keepsight.engines.roles import read_credentials, role_name
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.middleware import StreamedAnswer
from tests.factories.browsing import signed_in, token_for
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.known_world import KnownWorld
from tests.integration.test_pages import passed_through

pytestmark = pytest.mark.access
COUNT = "SELECT count(*) FROM chronology_event"
SAY = "SELECT set_config('keepsight.token', %s, true)"


@pytest.fixture
def world(database: None) -> KnownWorld:
    return build(FIXED)


def seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        return int(cursor.fetchone()[0])


def test_a_plain_answer_sees_its_viewers_rows_and_the_next_sees_none(world: KnownWorld) -> None:
    found: list[int] = []

    @allows(Permission.READ_CHILD)
    def view(request: HttpRequest) -> HttpResponse:
        found.append(seen())
        return HttpResponse()

    passed_through(world.people[0], view)
    assert found[0] > 0
    assert seen() == 0, "the same connection, after the request"


def test_a_streamed_answer_is_refused_before_its_first_row(world: KnownWorld) -> None:
    given: list[int] = []

    def rows() -> Iterator[bytes]:
        given.append(seen())
        yield b""

    @allows(Permission.READ_CHILD)
    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(rows())

    with pytest.raises(StreamedAnswer):
        passed_through(world.people[0], view)
    assert given == []


def test_a_template_that_is_filled_in_later_sees_nothing(world: KnownWorld) -> None:
    found: list[int] = []

    class Late(TemplateResponse):
        def render(self) -> HttpResponse:
            found.append(seen())
            return HttpResponse()

    @allows(Permission.READ_CHILD)
    def view(request: HttpRequest) -> TemplateResponse:
        return Late(request, "pages/404.html")

    answer = passed_through(world.people[0], view)
    assert isinstance(answer, Late)
    answer.render()
    assert found == [0]


def test_what_one_person_was_shown_the_next_on_the_connection_is_not(world: KnownWorld) -> None:
    worker, nobody = signed_in(world.people[0]), signed_in(world.people[9])
    child = world.children[2]
    assert worker.get(f"/children/{child}/").status_code == 200
    assert nobody.get(f"/children/{child}/").status_code == 404
    assert worker.get(f"/children/{child}/").status_code == 200


def test_a_failed_request_leaves_no_token_behind(world: KnownWorld) -> None:
    found: list[int] = []

    def fail() -> None:
        person = world.people[0]
        with transaction.atomic():
            present_token(by=viewer_of(person), token=token_for(person))
            found.append(seen())
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert found[0] > 0
    assert seen() == 0


@pytest.fixture
def pool(world: KnownWorld) -> Iterator[ConnectionPool]:
    """One connection that everybody gets in turn, as out of a pooler in transaction mode."""
    credentials = read_credentials(var() / "database")
    assert credentials is not None
    conninfo = psycopg.conninfo.make_conninfo(
        host=credentials.host,
        port=credentials.port,
        dbname=credentials.database,
        user=role_name("app"),
        password=credentials.passwords["app"],
    )
    with ConnectionPool(conninfo, min_size=1, max_size=1, open=True) as opened:
        yield opened


def test_a_pooled_connection_carries_nobody_into_the_next_transaction(
    world: KnownWorld, pool: ConnectionPool
) -> None:
    counts = []
    for number in (0, None, 3, None):
        with pool.connection() as pooled, pooled.transaction():
            if number is not None:
                pooled.execute(SAY, [token_for(world.people[number])])
            counts.append(pooled.execute(COUNT).fetchone()[0])  # type: ignore[index]
    assert counts[0] > 0
    assert counts[2] > 0
    assert (counts[1], counts[3]) == (0, 0)


def test_work_of_the_pages_login_outside_a_request_sees_nothing(world: KnownWorld) -> None:
    """A job on the pages' login would have no viewer: it must say whose work it does."""
    with transaction.atomic():
        assert seen() == 0
