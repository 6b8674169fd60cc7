"""Only actions write: the decorator that makes one, and models that refuse other writers."""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

P = ParamSpec("P")
R = TypeVar("R")

_in_action: ContextVar[bool] = ContextVar("in_action", default=False)


class WrittenElsewhere(RuntimeError):
    """Somebody tried to write a row outside an action."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` an action: atomic, keyword-only, and told who acts (`by=`).

    An action within another stands or falls with it, so it sets no savepoint of its own.
    """
    parameters = inspect.signature(function).parameters.values()
    loose = [p.name for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    if loose or "by" not in {p.name for p in parameters}:
        raise TypeError(f"{function.__qualname__} must be keyword-only and take by=")

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        within = _in_action.get()
        token = _in_action.set(True)
        try:
            with transaction.atomic(savepoint=not within):
                return function(*args, **kwargs)
        finally:
            _in_action.reset(token)

    return acting


def _refuse_outside_action(model: type[models.Model]) -> None:
    if not _in_action.get():
        raise WrittenElsewhere(f"{model.__name__} is written by its room's actions only.")


class ActionQuerySet(models.QuerySet[Any]):
    """A query set whose writing methods work inside an action only."""

    def create(self, **kwargs: Any) -> Any:
        _refuse_outside_action(self.model)
        return super().create(**kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        _refuse_outside_action(self.model)
        return super().bulk_create(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        _refuse_outside_action(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse_outside_action(self.model)
        return super().delete()


class ActionModel(models.Model):
    """Base of every model: `save` and `delete` belong to actions."""

    objects = ActionQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_outside_action(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _refuse_outside_action(type(self))
        return super().delete(*args, **kwargs)
