"""What linking compares, as it stands in the database: records, judgements, and what stood."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from keepsight.identity.models import AgencyCare, FormerDetail, Judgement, LinkedPair, SubjectRecord
from keepsight.identity.tracing.keeping import traced_numbers
from keepsight.kernel.linkage.judged import Judged, Two, judged
from keepsight.kernel.linkage.records import LinkageRecord

FIELDS = (
    "id",
    "agency_id",
    "forename",
    "surname",
    "date_of_birth",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
)
CHUNK = 5_000

Former = Mapping[str, frozenset[str]]
NOTHING_BEFORE: Former = {}
FORMER_FIELDS = {
    "nhs_number": "former_numbers",
    "upn": "former_numbers",
    "surname": "former_surnames",
    "postcode": "former_postcodes",
}
"""In which field of a `LinkageRecord` a column’s former value stands."""


def every_record() -> dict[Any, list[LinkageRecord]]:
    """All records to link, apart by severance: those of one are never compared with others.

    A record whose agency sent no NHS number has the one that was traced for it, if any.
    """
    former, traced = former_details(FormerDetail.objects.all()), traced_numbers()
    careless = careless_agencies()
    rows = SubjectRecord.objects.filter(forgotten=None).values_list("severance_id", *FIELDS)
    found = defaultdict(list)
    for severance, *row in rows.iterator(chunk_size=CHUNK):
        compared = record_of(row, former.get(row[0], NOTHING_BEFORE))
        if often := careless.get(compared.agency):
            compared = replace(compared, careless=often)
        if number := traced.get(compared.subject):
            compared = replace(compared, nhs_number=number)
        found[severance].append(compared)
    return dict(found)


def records_of(subjects: Collection[int]) -> dict[int, LinkageRecord]:
    """These records, of those that are not forgotten."""
    former = former_details(FormerDetail.objects.filter(subject_record__in=subjects))
    rows = SubjectRecord.objects.filter(pk__in=subjects, forgotten=None).values_list(*FIELDS)
    return {row[0]: record_of(row, former.get(row[0], NOTHING_BEFORE)) for row in rows}


def careless_agencies() -> dict[int, frozenset[str]]:
    """The agencies that often have a detail wrong, as counted at the last run, and which."""
    rows = AgencyCare.objects.filter(often=True).values_list("agency_id", "column")
    return careless_of(rows)


def careless_of(rows: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    """Agencies and columns, put together by agency."""
    found: dict[int, set[str]] = defaultdict(set)
    for agency, column in rows:
        found[agency].add(column)
    return {agency: frozenset(columns) for agency, columns in found.items()}


def record_of(row: Iterable[Any], former: Former) -> LinkageRecord:
    """One row of `FIELDS` as linking compares it, with what it said before."""
    subject, agency, forename, surname, born, sex, nhs_number, upn, postcode = row
    return LinkageRecord(
        subject=subject,
        agency=agency,
        forename=forename,
        surname=surname,
        date_of_birth=born,
        sex=sex,
        nhs_number=nhs_number,
        upn=upn,
        postcode=postcode,
        **former,
    )


def former_details(rows: QuerySet[FormerDetail]) -> dict[int, Former]:
    """What each record said before, of those that did."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for subject, column, value in rows.values_list("subject_record_id", "column", "value"):
        found[subject].append((column, value))
    return {subject: former_of(said) for subject, said in found.items()}


def former_of(said: Iterable[tuple[str, str]]) -> Former:
    """Columns of `FormerDetail` and values, as fields of a `LinkageRecord`."""
    found: dict[str, set[str]] = defaultdict(set)
    for column, value in said:
        found[FORMER_FIELDS[column]].add(value)
    return {name: frozenset(values) for name, values in found.items()}


def judgements(subjects: Collection[int] | None = None) -> Judged:
    """What people judged and nobody lifted; of given records only where one of them is meant.

    One who was unsure is heard as long as nothing changed of either record since.
    """
    rows = Judgement.objects.filter(lifted=None)
    if subjects is not None:
        rows = rows.filter(Q(one__in=subjects) | Q(other__in=subjects))
    changed = Greatest("one__details_changed", "other__details_changed")
    said: dict[str, list[Two]] = defaultdict(list)
    for one, other, verdict, recorded, since in rows.values_list(
        "one_id", "other_id", "verdict", "recorded", changed
    ):
        stale = verdict == Judgement.Verdict.UNSURE and since is not None and since > recorded
        if not stale:
            said[verdict].append((one, other))
    return judged(
        same=said[Judgement.Verdict.SAME],
        not_the_same=said[Judgement.Verdict.NOT_SAME],
        unsure=said[Judgement.Verdict.UNSURE],
    )


def standing_pairs() -> set[Two]:
    """The pairs on which the children stood after the last run."""
    return set(LinkedPair.objects.values_list("one_id", "other_id").iterator(chunk_size=CHUNK))
