"""Saying which children a query is about, so that access is worked out for them and no others.

Somebody may lead for tens of thousands of children, and to list what they are given of all would
cost every page more than the page. What is said here can only take away: ties of other children
open nothing meanwhile. What closes a record is never narrowed, so nobody gains by saying it.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import connection

from keepsight.access.viewer import Viewer

P = ParamSpec("P")
R = TypeVar("R")

_narrowed: ContextVar[str] = ContextVar("narrowed", default="")
NOBODY = str(uuid.UUID(int=0))
"""No child has this id: a query about no child is not one about all."""
IN_A_LIST = str(uuid.UUID(int=2**128 - 1))
"""Nor this one, which says that many rows are gone through."""


@contextmanager
def narrowed_to(children: Iterable[uuid.UUID], *, in_a_list: bool = False) -> Iterator[None]:
    """What is asked inside is about these children only; outside it is as it was before.

    `in_a_list` where many rows of one’s own agency are gone through besides: what is hidden is
    then worked out once, and not for each.
    """
    asked = sorted({str(each) for each in children}) or [NOBODY]
    before, said = _narrowed.get(), ",".join([*asked, IN_A_LIST] if in_a_list else asked)
    if said == before:
        yield
        return
    token = _narrowed.set(said)
    _say(said)
    try:
        yield
    finally:
        _narrowed.reset(token)
        if not connection.needs_rollback:
            _say(before)


def about_a_child(
    query: Callable[Concatenate[Viewer, uuid.UUID, P], R],
) -> Callable[Concatenate[Viewer, uuid.UUID, P], R]:
    """Mark a query that takes a viewer and one child, and asks of nobody else."""

    @wraps(query)
    def asking(viewer: Viewer, child_id: uuid.UUID, *args: P.args, **kwargs: P.kwargs) -> R:
        with narrowed_to([child_id]):
            return query(viewer, child_id, *args, **kwargs)

    return asking


def _say(children: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('keepsight.children', %s, true)", [children])
