"""What an evaluation came to, in words for a person and as JSON for a machine."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from keepsight.cli.evaluate.mapping import Columns
from keepsight.cli.evaluate.measuring import PRECISIONS, THRESHOLDS, Evaluation
from keepsight.cli.evaluate.reading import Sample
from keepsight.cli.measuring import MEBIBYTE
from keepsight.engines.linkage import LINK_WEIGHT

FAR_BELOW = 0.02
"""How far a group's recall may lie below the whole before it is pointed out (our own setting)."""

WEIGHT = (
    "Weight is evidence in bits: each bit doubles the odds that two records are one child. "
    "Precision: of the pairs linked, how many are truly one child. Recall: of the true pairs, how "
    "many are linked. F1 is the mean of both that the lower one governs."
)
CLUSTERS = (
    "Clusters are what goes live: records held to be one child, after what forbids a link "
    "(two different NHS numbers, the look of twins). Every two records of a cluster "
    "count as linked."
)
GROUPS = (
    "Recall among records of each group, and the false links with a record of it. A child’s group "
    "is what most of its records say. A group that lies below the whole is one whose children "
    "are found less often."
)


def as_data(sample: Sample, columns: Columns, found: Evaluation) -> dict[str, Any]:
    """Everything, in a shape that stays the same."""
    weight, best = found.curve.best()
    return {
        "model": found.model,
        "records": found.records,
        "without_truth": sample.without_truth,
        "true_pairs": found.true_pairs,
        "compared": found.compared,
        "columns": dict(columns.own),
        "further": {name: way.value for name, way in columns.further.items()},
        "unreadable": {name: count for name, (_, count) in sample.said.items()},
        "link_weight": LINK_WEIGHT,
        "thresholds": [{"weight": each} | _score(found.curve.at(each)) for each in THRESHOLDS],
        "best": {"weight": weight} | _score(best),
        "recall_at": {
            str(each): {"recall": found.curve.recall_at(each), "weight": _weight(found, each)}
            for each in PRECISIONS
        },
        "clusters": asdict(found.clusters) | _score(found.links),
        "false_links": dict(found.false_links),
        "kinds_by": "household" if found.by_household else "surname and postcode",
        "groups": {
            name: {value: asdict(group) for value, group in groups.items()}
            for name, groups in found.groups.items()
        },
        "seconds": {name: round(each, 3) for name, each in found.seconds.items()},
        "memory": found.memory,
    }


def _score(score: Any) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _weight(found: Evaluation, precision: float) -> float | None:
    weight = found.curve.weight_at(precision)
    return None if weight == float("inf") else weight


def say(console: Console, sample: Sample, columns: Columns, found: Evaluation) -> None:
    """Print it, each figure with what it means."""

    def line(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    line(
        f"{found.records:,} records hold {found.true_pairs:,} true pairs: two records of one child."
        f" Model: {found.model}."
    )
    for each in _remarks(sample, columns, found):
        line(each)
    line(
        f"{found.compared:.4f} of the true pairs were compared at all. Recall cannot be above that."
    )
    line(f"\n{WEIGHT}")
    console.print(_thresholds(found))
    for each in _figures(found):
        line(each)
    line(f"\n{CLUSTERS}")
    for each in _clusters(found):
        line(each)
    if found.groups:
        line(f"\n{GROUPS}")
        console.print(_groups(found))
    spent = ", ".join(f"{name} {each:.1f} s" for name, each in found.seconds.items())
    line(f"\nTook {spent}; most memory held: {found.memory / MEBIBYTE:,.0f} MiB.")


def _remarks(sample: Sample, columns: Columns, found: Evaluation) -> list[str]:
    read = ", ".join(f"{heading} as {name}" for name, heading in columns.own.items())
    said = [f"Columns read: {read}."]
    if sample.without_truth:
        said.append(f"{sample.without_truth:,} rows say no truth and are left out.")
    for name, (written, unreadable) in sample.said.items():
        if unreadable:
            said.append(
                f"{unreadable:,} of {written:,} values of {name} could not be used, and count as "
                "missing: they are not valid, or stand for none."
            )
    if columns.further and found.model != "learnt from this file":
        said.append(
            f"Not compared, since the packaged model has no weights for them: "
            f"{', '.join(columns.further)}. --train learns weights from this file."
        )
    return said


def _thresholds(found: Evaluation) -> Table:
    table = Table(title="Pairs, if all from a weight upwards were linked")
    for name in ("from weight", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for weight in THRESHOLDS:
        came = found.curve.at(weight)
        mark = " (Keepsight’s)" if weight == LINK_WEIGHT else ""
        table.add_row(
            f"{weight:g}{mark}", f"{came.precision:.4f}", f"{came.recall:.4f}", f"{came.f1:.4f}"
        )
    return table


def _figures(found: Evaluation) -> list[str]:
    weight, best = found.curve.best()
    said = [f"Best F1 that any weight gives: {best.f1:.4f}, from {weight:.1f} bits."]
    for precision in PRECISIONS:
        recall, least = found.curve.recall_at(precision), _weight(found, precision)
        where = "no weight gives that" if least is None else f"from {least:.1f} bits"
        said.append(f"If {precision:.1%} of links must be true: recall {recall:.4f} ({where}).")
    return said


def _clusters(found: Evaluation) -> list[str]:
    links, got = found.links, found.clusters
    judged = "households" if found.by_household else "surname and postcode, for want of households"
    kinds = ", ".join(f"{count:,} of {kind}" for kind, count in found.false_links.items())
    return [
        f"Precision {links.precision:.4f}, recall {links.recall:.4f}, F1 {links.f1:.4f}.",
        f"{got.people:,} people stand in {got.clusters:,} clusters: {got.whole:,} people whole and "
        f"alone, {got.split:,} split over several clusters; {got.wrong:,} clusters hold more than "
        "one person.",
        f"False links: {kinds} (judged by {judged}).",
    ]


def _groups(found: Evaluation) -> Table:
    table = Table(title=f"By group; recall of all {found.links.recall:.4f}")
    for name in ("group", "records", "recall", "from the whole", "false links"):
        table.add_column(name, justify="right")
    for name, groups in found.groups.items():
        for value, group in groups.items():
            table.add_row(
                f"{name}: {value or 'not said'}",
                f"{group.records:,}",
                "no true pair" if group.recall is None else f"{group.recall:.4f}",
                _apart(group.recall, found.links.recall),
                f"{group.false_links:,}",
            )
    return table


def _apart(recall: float | None, whole: float) -> str:
    if recall is None:
        return ""
    mark = " (far below)" if recall - whole < -FAR_BELOW else ""
    return f"{recall - whole:+.4f}{mark}"
