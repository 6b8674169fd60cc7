"""Rates of people, police and health, from the truth's list of children and agencies' files."""

import json
from collections.abc import Iterator
from datetime import date

from keepsight.synthetic.reading.files import CountyFiles
from keepsight.synthetic.reading.measured import Measured
from keepsight.synthetic.truth.tables import TRUTH_FOLDER


def measure_people(files: CountyFiles) -> Iterator[Measured]:
    """Boys, and births of more than one: what no agency counts, so the truth does."""
    children = f"read_csv('{files.folder / TRUTH_FOLDER / 'children.csv'}', all_varchar = true)"
    boys, counted = files.ask(f"SELECT count(*) FILTER (sex = 'M'), count(*) FROM {children}")[0]
    yield Measured(key="boys", found=boys, counted=counted)
    several, births = files.ask(
        "SELECT count(*) FILTER (n > 1), count(*) FROM "
        f"(SELECT count(*) AS n FROM {children} GROUP BY household, birth)"
    )[0]
    yield Measured(key="multiple_births", found=several, counted=births)


def measure_police(files: CountyFiles, children: int) -> Iterator[Measured]:
    """Reports of missing children in the last year, each as it was last told."""
    since, until = files.last_year
    left, back = (
        f"try_strptime(\"{c}\", '%d/%m/%Y %H:%M')" for c in ("Reported Missing", "Returned")
    )
    files.ask(
        'CREATE OR REPLACE TABLE reports AS SELECT "Report Ref" AS ref, '
        f'any_value("Person URN") AS child, min({left}) AS gone, max({back}) AS back, '
        f'any_value("Ethnicity") AS ethnicity FROM {files.rows(files.of("police_missing"))} '
        f"WHERE \"Category\" IN ('Missing', 'Away') AND {left} >= DATE '{since}' "
        f"AND {left} < DATE '{until}' GROUP BY 1"
    )
    who, reports, closed, soon, unknown = files.ask(
        "SELECT count(DISTINCT child), count(*), count(back), "
        "count(*) FILTER (back - gone <= INTERVAL 48 HOUR), "
        "count(*) FILTER (ethnicity IS NULL) FROM reports"
    )[0]
    yield Measured(key="missing_children", found=who, counted=children)
    yield Measured(key="missing_closed", found=soon, counted=closed)
    # All reports of a child hold the same, so chance does as much as among so many children.
    share = unknown / reports if reports else 0.0
    yield Measured(key="police_ethnicity", found=share * who, counted=who)


def measure_health(files: CountyFiles, children: int) -> Iterator[Measured]:
    """Emergency attendances in the last year, NHS numbers, appointments not brought to."""
    since, _ = files.last_year
    patients = numbered = emergencies = 0
    for path in files.of("fhir"):
        if not path.parts[-3].endswith("nhs-trust"):
            continue
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith('{"resourceType":"Patient"'):
                    patients += 1
                    numbered += '"identifier"' in line
                elif '"code":"EMER"' in line and _start(line) >= since:
                    emergencies += 1
    yield Measured(key="emergency", found=emergencies, counted=children)
    yield Measured(key="nhs_in_health", found=numbered, counted=patients)
    yield _not_brought(files)


def _start(line: str) -> date:
    """The day on which an encounter began; long ago where its day does not exist."""
    at = line.index('"period":{"start":"') + len('"period":{"start":"')
    try:
        return date.fromisoformat(line[at : at + 10])
    except ValueError:
        return date.min


def _not_brought(files: CountyFiles) -> Measured:
    missed = ended = 0
    for path in files.of("fhir_appointments"):
        for entry in json.loads(path.read_text(encoding="utf-8"))["entry"]:
            if entry["resource"]["resourceType"] == "Appointment":
                missed += entry["resource"]["status"] == "noshow"
                ended += entry["resource"]["status"] in ("noshow", "fulfilled")
    return Measured(key="not_brought", found=missed, counted=ended)
