"""The table that Splink weighs, on any engine: one normalised subject record a row."""

import pyarrow.lib as pa

from keepsight.kernel.linkage.nicknames import forms_of
from keepsight.kernel.linkage.phonetic import sound_of

COLUMNS = pa.schema(
    [
        ("subject", pa.int64()),
        ("agency", pa.int64()),
        ("forename", pa.string()),
        ("surname", pa.string()),
        ("date_of_birth", pa.date32()),
        ("sex", pa.string()),
        ("nhs_number", pa.string()),
        ("upn", pa.string()),
        ("postcode", pa.string()),
        ("former_surnames", pa.list_(pa.string())),
        ("former_postcodes", pa.list_(pa.string())),
        ("careless", pa.list_(pa.string())),
    ]
)
"""The table that is scored: one normalised subject record a row."""

SAID_BEFORE = {"surname": "former_surnames", "postcode": "former_postcodes"}
"""The columns of which a record also tells what it said before, and where it does."""

FORMS = pa.schema(
    [
        ("forename_forms", pa.list_(pa.string())),
        ("forename_sound", pa.string()),
        ("surname_sound", pa.string()),
    ]
)
"""What is worked out of the names before they are compared."""

PREPARED = """
CREATE TABLE records AS
SELECT subject, forename, surname, strftime(date_of_birth, '%Y-%m-%d') AS date_of_birth, sex,
       nhs_number, upn, postcode, former_surnames, former_postcodes, careless,
       forename_forms, forename_sound, surname_sound
FROM given ORDER BY subject"""


LISTED = (*SAID_BEFORE.values(), "careless")
"""Columns of lists, which a table without any of them may leave out."""


def whole(table: pa.Table) -> pa.Table:
    """The table with every column of `COLUMNS` and no other; a list that is left out is empty."""
    for name in LISTED:
        if name not in table.column_names:
            offsets = pa.array([0] * (table.num_rows + 1), pa.int32())
            empty = pa.ListArray.from_arrays(offsets, pa.array([], pa.string()))
            table = table.append_column(name, empty)
    return table.select(COLUMNS.names).cast(COLUMNS)


def with_forms(table: pa.Table) -> pa.Table:
    """The table with what its names may be forms of, and how they sound."""
    forenames, surnames = table["forename"].to_pylist(), table["surname"].to_pylist()
    forms = {name: sorted(forms_of(name)) for name in set(forenames) if name}
    more = pa.table(
        {
            "forename_forms": [forms.get(name) for name in forenames],
            "forename_sound": [sound_of(name) for name in forenames],
            "surname_sound": [sound_of(name) for name in surnames],
        },
        schema=FORMS,
    )
    for name in FORMS.names:
        table = table.append_column(name, more[name])
    return table
