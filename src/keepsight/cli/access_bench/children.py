"""The children of the benchmark: who they are, and by what draw each agency knows them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection

from keepsight.kernel.linkage.phonetic import sound_of
from keepsight.kernel.linkage.records import normalise_name
from keepsight.synthetic.people.names import forenames, surnames
from keepsight.synthetic.people.numbers import nhs_numbers, upns

SEED = 7
OF_A_SCHOOL = 1_334
"""Children who live near one school, of whom three in four are its pupils: a thousand."""
BLOCK = OF_A_SCHOOL * 75
YOUNGEST = date(2025, 9, 1)
DRAWS = ("health", "council", "police", "owed")
"""Independent draws from 0 to 9,999, by which an agency knows a child or owes it something."""

TABLE = f"""
CREATE TEMPORARY TABLE bench_child (
  n int PRIMARY KEY, id uuid DEFAULT gen_random_uuid(), area int, school int, pupil boolean,
  forename text, surname text, forename_sound text, surname_sound text,
  born date, sex text, nhs text, upn text, {", ".join(f"{draw} int" for draw in DRAWS)})"""
COLUMNS = (
    "n, area, school, pupil, forename, surname, forename_sound, surname_sound, born, sex, nhs, upn,"
    f" {', '.join(DRAWS)}"
)


def stage(children: int, areas: int) -> None:
    """Put every child into the temporary table `bench_child`."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        with cursor.copy(f"COPY bench_child ({COLUMNS}) FROM STDIN") as copy:
            for first in range(0, children, BLOCK):
                for row in _block(first, min(BLOCK, children - first), children, areas):
                    copy.write_row(row)
        cursor.execute("ANALYZE bench_child")


def _block(first: int, count: int, children: int, areas: int) -> Iterator[tuple[Any, ...]]:
    rng = np.random.default_rng([SEED, first])
    number = np.arange(first, first + count)
    school = number // OF_A_SCHOOL
    area = np.minimum(school * OF_A_SCHOOL * areas // children, areas - 1)
    sex = np.where(rng.random(count) < 0.5, "F", "M")
    age = rng.integers(0, 17 * 365, count)
    years = 2025 - age // 365
    british = np.full(count, "british", object)
    fore, sur = forenames(sex, years, british, rng), surnames(british, rng)
    nhs = nhs_numbers(number, np.random.default_rng(SEED))
    codes = np.array([f"{800 + a}{1000 + s % 9000}" for a, s in zip(area, school, strict=True)])
    pupil = number % 4 != 3
    upn = upns(codes, years)
    drawn = rng.integers(0, 10_000, (len(DRAWS), count))
    normal = {name: normalise_name(name) for name in {*fore.tolist(), *sur.tolist()}}
    sounds = {name: sound_of(said) for name, said in normal.items()}
    for at in range(count):
        yield (
            int(number[at]),
            int(area[at]),
            int(school[at]),
            bool(pupil[at]),
            normal[fore[at]],
            normal[sur[at]],
            sounds[fore[at]],
            sounds[sur[at]],
            YOUNGEST - timedelta(days=int(age[at])),
            str(sex[at]),
            nhs[at],
            upn[at],
            *(int(draw[at]) for draw in drawn),
        )
