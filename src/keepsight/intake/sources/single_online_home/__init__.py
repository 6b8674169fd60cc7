"""Reports that the public make to the police online: Single Online Home’s Standard Data Model.

A report is one JSON document, alone or one a line: an incident, and beside it the people, places
and the submission that it is related to. A row is one child in one report; people of whom nothing
says that they are under 18 are not taken. The model has no lasting id of a person, so each report’s
child is a record of its own, and linking says who it is. Addresses and telephones are not taken.
"""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.fields import Unfit
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.json_documents import documents
from keepsight.intake.rows import Context, Fact, Part, Refused
from keepsight.intake.sources.single_online_home.person import details_of, is_child
from keepsight.intake.sources.single_online_home.report import Report

INCIDENT = re.compile(rb'"type"\s*:\s*"incident"')
NO_CHILD = "The report names nobody of whom it says that they are under 18."


class SingleOnlineHome:
    """Who each child in a report is, and that the report was made."""

    name = "single_online_home"
    title = "Reports to the police by Single Online Home (Standard Data Model, JSON)"

    def recognises(self, filename: str, head: bytes) -> bool:
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        ours = start.startswith(b"{") and b'"resourceType"' not in head
        return ours and b'"attributes"' in head and INCIDENT.search(head) is not None

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        seen = KeysSeen()
        for row, document in documents(stream):
            for part in _parts(Report(row, document), context):
                yield seen.distinct(part) if isinstance(part, Fact) else part


def _parts(report: Report, context: Context) -> Iterator[Part]:
    children = [each for each in report.people() if is_child(each, context)]
    if not children:
        yield _refused(report, report.row, Unfit("under18", "", NO_CHILD))
    for number, child in enumerate(children, start=1):
        row = f"{report.row}, child {number}"
        try:
            fact = report.fact(row, child, context)
        except Unfit as unfit:
            yield _refused(report, row, unfit)
        else:
            yield details_of(f"{row}, person", child, context)
            yield fact


def _refused(report: Report, row: str, unfit: Unfit) -> Refused:
    raw = {"report": json.dumps(report.document)}
    return Refused(row, unfit.field, unfit.value, unfit.reason, raw)
