"""The page of file formats: what a file must hold for Keepsight to take it in."""

import sys
from collections.abc import Iterator, Sequence

from keepsight.cli.reference.markdown import cited, in_words, table, yes
from keepsight.intake.mapping import MappedCSV
from keepsight.intake.recognise import SOURCES
from keepsight.intake.rows import Source
from keepsight.kernel.formats import (
    annex_a,
    cin_census,
    csc_daily,
    ctf,
    daily_register,
    mais_person,
    school_census,
)
from keepsight.kernel.formats.schema import Element, Table, Type
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from keepsight.kernel.vocabulary.code_sets import CodeSet

TITLE = "Files that Keepsight takes"
ABOUT = (
    "A file is known by what is in it, not by its name. Every row of it becomes an event, an "
    "unchanged duplicate, or a row in quarantine with the reason. A zip of such files is taken "
    "too, and a table that is taken as CSV may be an Excel workbook (.xlsx) of one filled sheet."
)
COLUMNS = ("Column", "Holds", "Must be given", "Taken", "Codes")
ELEMENTS = ("Element", "Holds", "Must be given", "May repeat", "Codes")
BLOCKS = ("Block", "Holds", "Left")
TABLES: dict[str, Sequence[Table]] = {
    "ssda903": ALL_TABLES,
    "school_census": school_census.TABLES,
    "daily_register": (daily_register.DAILY_REGISTER,),
    "annex_a": tuple(annex_a.LISTS.values()),
}
TYPES = {
    Type.TEXT: "text",
    Type.DAY: "a day",
    Type.FLAG: "0 or 1",
    Type.COUNT: "a whole number",
    Type.GROUP: "a group",
}
NOTES = {
    "school_census": (
        "The CSV form holds no date, so a count stands on the first day of its term, taken to be "
        "1 September, 1 January and 1 April "
        f"({in_words(school_census.TERMS_MARK)})."
    ),
    "ctf": (
        f"Source: {ctf.SOURCE} ({in_words(ctf.MARK)}). Something is taken of: "
        f"{', '.join(sorted(ctf.TAKEN))}. Known and left: {', '.join(sorted(ctf.LEFT))}."
    ),
    "mais_person": (
        f"Source: {mais_person.SOURCE}. Taken: {', '.join(sorted(mais_person.TAKEN))}. Known and "
        f"left: {', '.join(sorted(mais_person.LEFT))}."
    ),
    "fhir": (
        "As JSON, NDJSON or XML, alone or in a Bundle. Taken: Patient, Encounter, Appointment and "
        "Flag. The `fhir.resources` library holds their schema."
    ),
}


def body() -> str:
    listed = table(("Name", "Format"), [(f"`{each.name}`", each.title) for each in SOURCES])
    return f"{listed}\n" + "\n".join([*map(_section, SOURCES), _left()])


def _left() -> str:
    rows = [(each.title, why) for each, why in school_census.LEFT.items()]
    rows += [(f"Annex A, {name.lower()}", why) for name, why in annex_a.LEFT.items()]
    return f"## Files that are known and left\n\n{table(('File', 'Why it is left'), rows)}"


def _section(source: Source) -> str:
    parts = [f"## {source.title}\n", _about(source), NOTES.get(source.name, ""), *_shape(source)]
    return "\n".join(part if part.endswith("\n") else f"{part}\n" for part in parts if part)


def _about(source: Source) -> str:
    if isinstance(source, MappedCSV):
        states = ", ".join(f"`{event.content.kind}`" for event in source.events)
        return (
            f"{source.table.source}. Described by `intake/sources/{source.name}/mapping.yaml`: an "
            f"agency that exports other columns has a mapping file of its own. States {states}."
        )
    return " ".join((sys.modules[type(source).__module__].__doc__ or "").split())


def _shape(source: Source) -> Iterator[str]:
    if isinstance(source, MappedCSV):
        yield table(("Column",), [(name,) for name in source.table.names])
    elif source.name == "cin":
        yield _cited(cin_census.SOURCE, "V")
        yield table(ELEMENTS, _elements(cin_census.MESSAGE))
    elif source.name == "csc_daily":
        yield _cited(csc_daily.SOURCE, "V2")
        yield table(BLOCKS, map(_block, csc_daily.BLOCKS.values()))
    for each in TABLES.get(source.name, ()):
        yield f"### {each.title}\n"
        yield _cited(each.source, each.mark)
        yield table(COLUMNS, _columns(each))


def _block(block: csc_daily.BlockShape) -> tuple[str, ...]:
    held = (*block.values, *block.lists)
    return tuple(
        ", ".join(f"`{name}`" for name in names) for names in ((block.name,), held, block.left)
    )


def _cited(source: str, mark: str) -> str:
    return f"Source: {cited(source)} ({in_words(mark)})."


def _columns(each: Table) -> list[tuple[str, ...]]:
    return [
        (
            f"`{column.name}`",
            TYPES[column.type],
            yes(column.required),
            yes(column.taken),
            _codes(column.codes),
        )
        for column in each.columns
    ]


def _elements(element: Element, depth: int = 0) -> Iterator[tuple[str, ...]]:
    yield (
        f"{'· ' * depth}`{element.name}`",
        TYPES[element.type],
        yes(element.required),
        yes(element.many),
        _codes(element.codes),
    )
    for child in element.children:
        yield from _elements(child, depth + 1)


def _codes(sets: Sequence[CodeSet]) -> str:
    return "; ".join(f"{each.name}: {len(each.codes)} ({in_words(each.mark)})" for each in sets)
