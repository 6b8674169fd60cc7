"""What is hidden and what is not there: the same bytes, and how far apart in time."""

import random
import re
import uuid
from collections.abc import Callable
from math import sqrt
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.test import Client
from rich.console import Console
from rich.table import Table

from keepsight.access.actions import open_session
from keepsight.agencies.queries import person_by_email
from keepsight.audit.actor import system
from keepsight.cli.access_bench.taking_part import Looking
from keepsight.cli.errors import Unusable

MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
"""A form’s token is masked anew for each answer, whatever the answer is to."""
WARMING = 50


def compare(console: Console, client: Client, facts: dict[str, Any], pairs: int) -> None:
    """Pairs in random order: children of another agency, and numbers that nobody has."""
    title = f"Hidden and not there, {pairs:,} pairs in random order, medians in µs"
    table = Table(title=title, title_justify="left")
    for name in ("what", "hidden", "absent", "difference", "95 in 100"):
        table.add_column(name, justify="left" if name == "what" else "right")
    known, page = _asked(Looking().trust), _page(client)
    for title, hidden in (("others’", facts["hidden"]), ("sealed", facts["sealed"])):
        if not hidden:
            continue
        for what, ask in (("the page", page), ("the first query", known)):
            with console.status(f"{title}: {what}"):
                table.add_row(f"{title}: {what}", *_compared(ask, hidden, pairs))
    console.print(table)


def _compared(ask: Callable[[str], bytes], hidden: list[str], pairs: int) -> list[str]:
    dice = random.Random(7)  # noqa: S311 - an order, not a secret
    there, absent = [], []
    for number in range(pairs + WARMING):
        nobody = str(uuid.uuid4())
        turns = [(there, dice.choice(hidden)), (absent, nobody)]
        dice.shuffle(turns)
        answers = set()
        for times, child in turns:
            begun = perf_counter()
            answer = ask(child)
            taken = (perf_counter() - begun) * 1_000_000
            answers.add(answer.replace(child.encode(), b""))
            if number >= WARMING:
                times.append(taken)
        if len(answers) > 1:
            raise Unusable("What is hidden answers with other bytes than what is not there.")
    differences = sorted(a - b for a, b in zip(there, absent, strict=True))
    apart = 0.98 * sqrt(pairs)
    low, high = (differences[round(pairs / 2 + sign * apart)] for sign in (-1, 1))
    middle = f"{median(differences):+.1f}"
    return [f"{median(there):.0f}", f"{median(absent):.0f}", middle, f"{low:+.1f} to {high:+.1f}"]


def _page(client: Client) -> Callable[[str], bytes]:
    def ask(child: str) -> bytes:
        answer = client.get(f"/children/{child}/")
        if answer.status_code != 404:
            raise Unusable(f"A child that was to be hidden answered {answer.status_code}.")
        return MASKED.sub(b"", answer.content)

    return ask


def _asked(email: str) -> Callable[[str], bytes]:
    """Only the question with which each page about a child begins, under a token of its own."""
    person = person_by_email(email)
    token = open_session(by=system("benchmark"), person_id=person.pk)

    def ask(child: str) -> bytes:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('keepsight.token', %s, true)", [token])
            cursor.execute("SELECT access_known(%s)", [child])
            return str(cursor.fetchone()).encode()

    return ask
