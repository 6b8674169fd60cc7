"""`keepsight send`: handing files over to be taken in by whoever works."""

from collections.abc import Sequence
from pathlib import Path

from keepsight.audit.actor import system
from keepsight.chronology.governance import FeedRefused
from keepsight.chronology.models import Delivery, Feed
from keepsight.cli.errors import Unusable
from keepsight.intake.accepting import accept
from keepsight.intake.rows import FileRefused

SENDER = system("command line")


def send(paths: Sequence[Path], feed: Feed) -> list[Delivery]:
    """Accept files for a feed; they are taken in by whoever works."""
    sent: list[Delivery] = []
    for path in paths:
        if not path.is_file():
            raise Unusable(f"There is no file {path}.")
        try:
            with path.open("rb") as stream:
                sent += accept(by=SENDER, feed=feed, filename=path.name, stream=stream)
        except (FileRefused, FeedRefused) as refused:
            raise Unusable(f"{path.name}: {refused}") from None
    return sent
