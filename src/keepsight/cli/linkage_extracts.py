"""Made-up extracts as the table that linkage reads, with the truth beside it."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from keepsight.kernel.linkage.records import (
    normalise_date_of_birth,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_sex,
    normalise_upn,
)
from keepsight.synthetic.people.extracts import Extracts, extracts

TRUTH = ("child", "household", "ethnicity", "looked_after")


def extracts_table(records: int, seed: int) -> pa.Table:
    """About so many records, normalised as subject records are, with columns of `TRUTH`."""
    made = extracts(records, seed)
    columns = {
        "subject": pa.array(np.arange(1, len(made) + 1)),
        "agency": pa.array(made.agency),
        "forename": _normalised(made.forename, normalise_name),
        "surname": _normalised(made.surname, normalise_name),
        "date_of_birth": _births(made),
        "sex": _normalised(made.sex.astype(object), normalise_sex),
        "nhs_number": _normalised(made.nhs, normalise_nhs_number),
        "upn": _normalised(made.upn, normalise_upn),
        "postcode": _normalised(made.postcode, normalise_postcode),
        "former_surnames": _listed(made.former_surname, normalise_name),
        "former_postcodes": _listed(made.former_postcode, normalise_postcode),
    }
    columns |= {name: pa.array(getattr(made, name)) for name in TRUTH}
    return pa.table(columns)


def _births(made: Extracts) -> pa.Array:
    values, places = np.unique(made.birth, return_inverse=True)
    days = [None if np.isnat(each) else each.astype(object) for each in values]
    known = [day and normalise_date_of_birth(day) for day in days]
    return pa.array(known, pa.date32()).take(pa.array(places))


def _listed(texts: np.ndarray, normalise: Callable[[str], str | None]) -> pa.Array:
    """Each normalised, as a list of one; of none where there is nothing to say."""
    values = _normalised(texts, normalise)
    said = values.is_valid().to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(said)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values.drop_null())


def _normalised(texts: np.ndarray, normalise: Callable[[str], str | None]) -> pa.Array:
    """Each distinct text normalised once."""
    values, places = np.unique(texts, return_inverse=True)
    return pa.array([normalise(text) for text in values], pa.string()).take(pa.array(places))
