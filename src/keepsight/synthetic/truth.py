"""The truth about the county, in a folder of its own. Nothing in the product may read it."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from keepsight.synthetic.knowing import Known
from keepsight.synthetic.people import People
from keepsight.synthetic.storylines import Storyline

TRUTH_FOLDER = "truth"


def write_truth(
    folder: Path,
    people: People,
    known_as: Sequence[tuple[str, Known]],
    stories: Sequence[Storyline],
) -> None:
    """Who each subject record is, which children share a home, and who is exploited since when."""
    truth = folder / TRUTH_FOLDER
    truth.mkdir(parents=True, exist_ok=True)
    _write(
        truth / "people.csv",
        ("person", "agency", "subject_key"),
        (
            (number(int(person)), agency, key)
            for agency, known in known_as
            for person, key in zip(known.members, known.key, strict=True)
        ),
    )
    _write(
        truth / "households.csv",
        ("person", "household", "birth", "sex"),
        (
            (number(person), int(people.household[person]), people.birth[person], sex)
            for person, sex in enumerate(people.sex.tolist())
        ),
    )
    _write(
        truth / "storylines.csv",
        ("person", "shape", "since", "social_care", "exploitation_assessed"),
        (
            (
                number(story.person),
                story.shape.key,
                story.since,
                story.shape.case,
                "yes" if story.shape.assessed else "no",
            )
            for story in stories
        ),
    )


def number(person: int) -> str:
    """How the truth names a child."""
    return f"N{person:07d}"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
