"""Records in, children out: the model's weights, then the kernel's guards and clusters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow.lib as pa

from keepsight.engines.linkage_executors import score_by_engine
from keepsight.engines.linkage_extract import SAID_BEFORE
from keepsight.engines.linkage_model import model_in_force
from keepsight.kernel.linkage.bulk.clustering import ALONE, Clustered, cluster_records
from keepsight.kernel.linkage.bulk.columns import (
    AGENCY,
    NOTHING,
    Column,
    Table,
    Weights,
    encode,
    with_before,
)
from keepsight.kernel.linkage.bulk.guarding import places_of
from keepsight.kernel.linkage.bulk.scoring import Met, Scored
from keepsight.kernel.linkage.cluster import SAID_THE_SAME, Cluster, Membership
from keepsight.kernel.linkage.judged import NOTHING_JUDGED, Judged, Two
from keepsight.kernel.linkage.learning.care import Shares, mistakes
from keepsight.kernel.linkage.levels import LEVELS, MISTAKEN, UNKNOWN, reasons
from keepsight.kernel.linkage.model import Model
from keepsight.kernel.linkage.questions import Question
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.speaking import Asked, Evidence, evidence_of
from keepsight.kernel.linkage.thresholds import LINK_WEIGHT

SAID = tuple(name for name in LEVELS if name in LinkageRecord.__dataclass_fields__)
"""The columns that a record says itself; the others are what several of them come to."""


@dataclass(frozen=True, slots=True)
class Linkage:
    """The records as children, what people are asked, and the pairs on which the clusters stand.

    `mistakes` is how often each agency’s records differ from others’ of the same child.
    """

    clusters: list[Cluster]
    questions: list[Asked]
    standing: frozenset[Two]
    mistakes: Shares = field(default_factory=dict)


def link(records: Sequence[LinkageRecord], *, judged: Judged = NOTHING_JUDGED) -> list[Cluster]:
    """Which records are one child, where nothing stands yet."""
    return linkage(records, judged=judged).clusters


def linkage(
    records: Sequence[LinkageRecord],
    *,
    judged: Judged = NOTHING_JUDGED,
    standing: Collection[Two] = (),
    threshold: float = LINK_WEIGHT,
) -> Linkage:
    """Which records are one child, by the packaged model and what people judged.

    `standing` are the pairs on which the clusters stood after the last run. What weighs the pairs
    is what `KEEPSIGHT_ENGINE` names (`engines.linkage_executors`).
    """
    table = columns_of(records)
    scored = score_by_engine(table)
    found = cluster_records(table, scored, threshold, judged=judged, standing=standing)
    return Linkage(
        _clusters(table, scored, found),
        _asked(table, scored, found.questions),
        _stands(table, scored, found),
        mistakes(table, Met(scored.pairs, scored.levels), _chance()),
    )


def _chance() -> dict[str, Weights]:
    return {name: each.chance for name, each in model_in_force().comparisons.items()}


def columns_of(records: Iterable[LinkageRecord]) -> Table:
    """The records as the columns that our own core scores."""
    rows = sorted(records, key=lambda row: row.subject)
    subjects = np.array([row.subject for row in rows], np.int64)
    columns = {name: encode(_said(row, name) for row in rows) for name in (*SAID, AGENCY)}
    former = {row.subject: row.former_numbers for row in rows if row.former_numbers}
    before = {}
    for name, attribute in SAID_BEFORE.items():
        earlier = [
            (place, value)
            for place, row in enumerate(rows)
            for value in sorted(getattr(row, attribute))
        ]
        columns[name], before[name] = with_before(columns[name], earlier)
    careless = {
        column: np.array([column in row.careless for row in rows], bool)
        for column in MISTAKEN.values()
    }
    return Table(subjects, columns, former=former, before=before, careless=careless)


def table_columns(table: pa.Table) -> Table:
    """The same from an Arrow table with the columns of `linkage_extract.COLUMNS`."""
    ordered = table.sort_by("subject")
    subjects = ordered["subject"].to_numpy().astype(np.int64)
    columns = {name: _encoded(ordered[name]) for name in (*SAID, AGENCY)}
    before = {}
    for name, attribute in SAID_BEFORE.items():
        columns[name], before[name] = with_before(columns[name], _several(ordered[attribute]))
    # What an agency often has wrong is counted from the table itself (`learning.care`).
    return Table(subjects, columns, before=before)


def reasons_of(scored: Scored, place: int) -> tuple[str, ...]:
    """What speaks for and against one scored pair, in words."""
    found = {name: int(levels[place]) for name, levels in scored.levels.items()}
    return reasons({name: level for name, level in found.items() if level != UNKNOWN})


def _said(row: LinkageRecord, name: str) -> str | None:
    value = getattr(row, name)
    return value if value is None else str(value)


def _clusters(table: Table, scored: Scored, found: Clustered) -> list[Cluster]:
    members: dict[int, list[Membership]] = {}
    for place, cluster in enumerate(found.cluster.tolist()):
        member = _member(table, scored, found, place)
        members.setdefault(cluster, []).append(member)
    return [Cluster(number, tuple(each)) for number, each in sorted(members.items())]


def _member(table: Table, scored: Scored, found: Clustered, place: int) -> Membership:
    subject, cluster = int(table.subjects[place]), int(found.cluster[place])
    if place in found.said:
        return Membership(subject, cluster, None, SAID_THE_SAME, found.said[place])
    pair = int(found.brought_in[place])
    if pair == ALONE:
        return Membership(subject, cluster)
    left, right = int(scored.pairs.left[pair]), int(scored.pairs.right[pair])
    beside = int(table.subjects[right if left == place else left])
    return Membership(
        subject, cluster, float(scored.weight[pair]), reasons_of(scored, pair), beside
    )


def _asked(table: Table, scored: Scored, questions: Sequence[Question]) -> list[Asked]:
    """The questions, each with what was found of its pair."""
    model = model_in_force()
    shares = {
        name: table.columns[name].frequencies()
        for name, comparison in model.comparisons.items()
        if comparison.rarest is not None
    }
    wanted = {question.subjects for question in questions}
    places = _places(table, scored, wanted)
    asked = []
    for question in questions:
        place = places.get(question.subjects)
        known = () if place is None else _evidence(model, table, scored, shares, place)
        asked.append(Asked(question, known))
    return asked


def _evidence(
    model: Model, table: Table, scored: Scored, shares: Mapping[str, Weights], place: int
) -> tuple[Evidence, ...]:
    found = {name: int(levels[place]) for name, levels in scored.levels.items()}
    rarity = {}
    for name, share in shares.items():
        comparison = model.comparisons[name]
        if found[name] == len(comparison.bits) - 1:
            code = table.columns[name].codes[scored.pairs.left[place]]
            rarity[name] = float(comparison.rarity_bits(share[code]))
    return evidence_of(model, found, rarity)


def _places(table: Table, scored: Scored, wanted: Collection[Two]) -> dict[Two, int]:
    """Where these pairs stand among the scored ones."""
    both, size = places_of(table, wanted), np.int64(len(table))
    keys = scored.pairs.left * size + scored.pairs.right
    found = np.flatnonzero(np.isin(keys, both.left * size + both.right))
    return {_two(table, scored, place): place for place in found.tolist()}


def _stands(table: Table, scored: Scored, found: Clustered) -> frozenset[Two]:
    """The pairs that each by its own weight link two records of one cluster."""
    left, right = (side[found.joining] for side in (scored.pairs.left, scored.pairs.right))
    within = found.cluster[left] == found.cluster[right]
    one, other = (table.subjects[side[within]].tolist() for side in (left, right))
    return frozenset(zip(one, other, strict=True))


def _two(table: Table, scored: Scored, place: int) -> Two:
    left, right = scored.pairs.left[place], scored.pairs.right[place]
    return int(table.subjects[left]), int(table.subjects[right])


def _several(values: pa.ChunkedArray) -> list[tuple[int, str]]:
    """Each of the values that some rows hold a list of, with the place of its row."""
    lists = values.combine_chunks()
    whole = lists.chunk(0) if isinstance(lists, pa.ChunkedArray) else lists
    places = np.repeat(np.arange(len(whole)), np.diff(whole.offsets.to_numpy()))
    start, end = whole.offsets[0].as_py(), whole.offsets[-1].as_py()
    return list(zip(places.tolist(), whole.values[start:end].to_pylist(), strict=True))


def _encoded(values: pa.ChunkedArray) -> Column:
    text = values.cast(pa.string())
    found = text.dictionary_encode().unify_dictionaries().combine_chunks()
    chunk = found.chunk(0) if isinstance(found, pa.ChunkedArray) else found
    codes = chunk.indices.fill_null(NOTHING).to_numpy(zero_copy_only=False).astype(np.int32)
    return Column(codes, chunk.dictionary.to_pylist())
