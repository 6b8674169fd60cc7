"""Rates of school life, from registers, censuses and exclusion lists."""

from collections.abc import Iterator

from keepsight.synthetic.people.heritage import ETHNIC_GROUPS
from keepsight.synthetic.reading.files import CountyFiles
from keepsight.synthetic.reading.measured import Measured
from keepsight.synthetic.schools.codes import AUTHORISED, CODES, NOT_POSSIBLE, UNAUTHORISED

PUPILS = """
CREATE OR REPLACE TABLE pupils AS
SELECT id, phase, sen, meals,
    sum(possible) AS possible, sum(absent) AS absent,
    sum(illness) AS illness, sum(unauthorised) AS unauthorised
FROM marks JOIN (
    SELECT "NativeId" || '/' || pupilonrolltableid AS id, any_value(senprovision) AS sen
    FROM {roll} GROUP BY 1
) USING (id) LEFT JOIN (
    SELECT DISTINCT "NativeId" || '/' || pupilonrolltableid AS id, true AS meals FROM {meals}
) USING (id)
GROUP BY ALL HAVING sum(possible) > 0
"""
MARKS = """
CREATE OR REPLACE TABLE marks AS
SELECT "PupilID" AS id, substr("PupilID", 4, 1) AS phase,
    sum(("AM" NOT IN ({not_possible}))::INT + ("PM" NOT IN ({not_possible}))::INT) AS possible,
    sum(("AM" IN ({absent}))::INT + ("PM" IN ({absent}))::INT) AS absent,
    sum(("AM" = 'I')::INT + ("PM" = 'I')::INT) AS illness,
    sum(("AM" IN ({unauthorised}))::INT + ("PM" IN ({unauthorised}))::INT) AS unauthorised
FROM {registers} WHERE "PupilID" <> '' AND NOT ends_with("Date", '-02-31')
GROUP BY ALL
"""
PHASES = {"absence_primary": "2", "absence_secondary": "4", "absence_special": "7"}
"""The first digit of an establishment's number tells its phase here."""
PARTS = {
    "persistent": "true",
    "persistent_meals": "meals",
    "persistent_no_meals": "meals IS NULL",
    "persistent_plan": "sen = 'E'",
    "persistent_support": "sen = 'K'",
    "persistent_no_sen": "sen = 'N'",
}
ENOUGH = 40
"""Possible sessions from which a pupil counts towards persistent absence."""


def _codes(codes: tuple[int, ...]) -> str:
    return ", ".join(f"'{CODES[code]}'" for code in codes)


def measure_schools(files: CountyFiles) -> Iterator[Measured]:
    """Absence in the last whole school year; exclusions in it; pupils on roll at its census."""
    begin, end = files.school_year
    months = {f"{day:%Y-%m}" for day in (begin.replace(month=m) for m in range(9, 13))}
    months |= {f"{end.year}-{month:02d}" for month in range(1, 9)}
    registers = [p for p in files.of("daily_register") if p.stem[-7:] in months]
    files.ask(
        MARKS.format(
            registers=files.rows(registers),
            not_possible=_codes(NOT_POSSIBLE),
            absent=_codes(AUTHORISED + UNAUTHORISED),
            unauthorised=_codes(UNAUTHORISED),
        )
    )
    rolls = files.of("school_census", f"{end.year}_spring_pupilonroll.csv")
    meals = files.of("school_census", f"{end.year}_spring_fsmperiodsonroll.csv")
    files.ask(PUPILS.format(roll=files.rows(rolls), meals=files.rows(meals)))
    yield from _absence(files)
    yield from _on_roll(files, files.rows(rolls))
    if files.of("exclusions"):
        yield from _exclusions(files)
    if files.of("cme"):
        yield from _out_of_school(files)


def _absence(files: CountyFiles) -> Iterator[Measured]:
    totals = "sum(absent), sum(possible), sum(illness), sum(unauthorised)"
    absent, possible, illness, unauthorised = files.ask(f"SELECT {totals} FROM pupils")[0]
    yield Measured(key="absence", found=absent, counted=possible)
    yield Measured(key="absence_illness", found=illness, counted=possible)
    yield Measured(key="absence_unauthorised", found=unauthorised, counted=possible)
    for key, phase in PHASES.items():
        absent, possible, *_ = files.ask(f"SELECT {totals} FROM pupils WHERE phase = '{phase}'")[0]
        yield Measured(key=key, found=absent or 0, counted=possible or 0)
    for key, part in PARTS.items():
        yield _pupils(files, key, "absent >= 0.1 * possible", part)
    yield _pupils(files, "severe", "absent >= 0.5 * possible", "true")


def _pupils(files: CountyFiles, key: str, condition: str, part: str) -> Measured:
    found, counted = files.ask(
        f"SELECT count(*) FILTER ({condition}), count(*) FROM pupils "
        f"WHERE possible >= {ENOUGH} AND ({part})"
    )[0]
    return Measured(key=key, found=found, counted=counted)


def _on_roll(files: CountyFiles, roll: str) -> Iterator[Measured]:
    counted = files.ask(f"SELECT count(*) FROM {roll}")[0][0]
    meals = files.ask("SELECT count(*) FROM pupils WHERE meals")[0][0]
    pupils = files.ask("SELECT count(*) FROM pupils")[0][0]
    yield Measured(key="free_meals", found=meals, counted=pupils)
    for key, condition in (
        ("sen_support", "senprovision = 'K'"),
        ("sen_plan", "senprovision = 'E'"),
        ("not_classified", "ethnicity IN ('REFU', 'NOBT')"),
        ("upn_in_schools", "upn <> ''"),
    ):
        found = files.ask(f"SELECT count(*) FROM {roll} WHERE {condition}")[0][0]
        yield Measured(key=key, found=found, counted=counted)
    yield from _groups(files, roll, counted)


def _groups(files: CountyFiles, roll: str, counted: int) -> Iterator[Measured]:
    found = dict(files.ask(f"SELECT ethnicity, count(*) FROM {roll} GROUP BY 1"))
    for group in ETHNIC_GROUPS:
        yield Measured(key=f"ethnic_{group}", found=found.get(group, 0), counted=counted)


def _exclusions(files: CountyFiles) -> Iterator[Measured]:
    """Suspensions and exclusions of the last whole school year, of the pupils in its registers."""
    begin, end = files.school_year
    pupils = files.ask("SELECT count(*) FROM pupils")[0][0]
    day = "try_strptime(\"Start\", '%d/%m/%Y')"
    listed = files.of("exclusions")
    suspended, children, permanent = files.ask(
        "SELECT count(*) FILTER (\"Category\" = 'SUSP'), "
        'count(DISTINCT "Pupil ID") FILTER ("Category" = \'SUSP\'), '
        "count(*) FILTER (\"Category\" = 'PERM') "
        f"FROM {files.rows(listed)} WHERE {day} >= DATE '{begin}' AND {day} < DATE '{end}'"
    )[0]
    yield Measured(key="suspensions", found=suspended, counted=pupils)
    yield Measured(key="suspended", found=children, counted=pupils)
    yield Measured(key="excluded", found=permanent, counted=pupils)


def _out_of_school(files: CountyFiles) -> Iterator[Measured]:
    """Those on the council's last list, of the pupils that the registers know."""
    pupils = files.ask("SELECT count(*) FROM pupils")[0][0]
    listed = files.last_of("cme")
    for key, why in (
        ("home_educated", "Elective home education"),
        ("missing_education", "Not known"),
    ):
        found = files.ask(
            f'SELECT count(DISTINCT "Case") FROM {files.rows(listed)} '
            f"WHERE \"Why\" = '{why}' AND \"Status\" = 'Open'"
        )[0][0]
        yield Measured(key=key, found=found, counted=pupils)
