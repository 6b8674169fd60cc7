"""The districts' parts of the truth, put together, and the county's truth in a few numbers."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from keepsight.synthetic.districts import District
from keepsight.synthetic.truth.tables import HEADERS, TRUTH_FOLDER, part_of

SUMMARY = "summary.json"


def merge_truth(folder: Path, places: Sequence[District]) -> None:
    """One file a table, with its header, from the parts of every district, which go away.

    A child who moved is met by the same agency in two districts, and stands there twice.
    """
    for table, header in HEADERS.items():
        with (folder / TRUTH_FOLDER / f"{table}.csv").open("w", encoding="utf-8") as whole:
            csv.writer(whole, lineterminator="\n").writerow(header)
            for place in places:
                part = part_of(folder, table, place.key)
                with part.open(encoding="utf-8") as lines:
                    whole.writelines(lines)
                part.unlink()
    _summarise(folder)


def _summarise(folder: Path) -> None:
    """How many children, how many exploited, and how much of it any agency knows."""
    count = {
        "children": 0, "known_to_no_agency": 0, "exploited": 0, "exploited_suspected": 0,
        "exploited_assessed": 0, "exploited_with_records_and_not_suspected": 0,
        "exploited_without_any_record_of_it": 0, "exploited_and_known_to_no_agency": 0,
        "obligations": 0, "obligations_missed": 0,
    }  # fmt: skip
    nobody: set[str] = set()
    for child in _rows(folder, "children"):
        count["children"] += 1
        if child["known_to_no_agency"] == "yes":
            nobody.add(child["person"])
    count["known_to_no_agency"] = len(nobody)
    for story in _rows(folder, "storylines"):
        suspected, records = bool(story["suspected_by"]), int(story["records"])
        count["exploited"] += 1
        count["exploited_suspected"] += suspected
        count["exploited_assessed"] += story["assessed_as_exploitation"] == "yes"
        count["exploited_with_records_and_not_suspected"] += bool(records) and not suspected
        count["exploited_without_any_record_of_it"] += not records
        count["exploited_and_known_to_no_agency"] += story["person"] in nobody
    for duty in _rows(folder, "obligations"):
        count["obligations"] += 1
        count["obligations_missed"] += duty["missed"] == "yes"
    text = json.dumps(count, indent=1) + "\n"
    (folder / TRUTH_FOLDER / SUMMARY).write_text(text, encoding="utf-8")


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / TRUTH_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
