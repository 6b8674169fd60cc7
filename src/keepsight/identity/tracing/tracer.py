"""What a tracing service is to Keepsight, whichever it is, and how it can fail."""

from typing import Protocol

from keepsight.kernel.tracing.answers import Answer
from keepsight.kernel.tracing.steps import Parameters


class TracingStopped(RuntimeError):
    """Nobody else can be asked for now; the message says why, and names nobody."""


class Tracer(Protocol):
    """A service that can be searched by details, and asked about a number.

    It raises `TracingStopped` where it cannot be reached or lets nobody in, and `NotUnderstood`
    where one answer has no known shape. It writes no detail of anybody to a log.
    """

    @property
    def name(self) -> str:
        """Which service it is, as it is kept with each answer."""

    def search(self, parameters: Parameters) -> Answer:
        """Who is found by these details."""

    def look_up(self, nhs_number: str) -> Answer:
        """Whose number this is."""
