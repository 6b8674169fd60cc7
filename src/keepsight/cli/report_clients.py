"""Agencies’ systems that send what cannot wait, as a table for a terminal."""

from django.utils import timezone
from rich.console import Console
from rich.table import Table

from keepsight.access.models import Client
from keepsight.access.queries import clients
from keepsight.chronology.queries import every_feed


def print_clients() -> None:
    """A row a client."""
    feeds = {each.pk: each for each in every_feed()}
    table = Table(title="Clients", title_justify="left")
    for name in ("client_id", "name", "feed", "agency", "added", "state"):
        table.add_column(name, overflow="fold")
    for each in clients():
        feed = feeds[each.feed_id]
        added = f"{timezone.localtime(each.created):%d %b %Y}"
        agency = feed.agency.name
        table.add_row(str(each.pk), each.name, feed.key, agency, added, _state(each))
    Console().print(table)


def _state(client: Client) -> str:
    return f"ended: {client.ended_because}" if client.ended else "sends"
