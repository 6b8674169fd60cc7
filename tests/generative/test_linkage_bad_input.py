"""Whatever agencies write: linkage never fails, and every record is in exactly one cluster."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from keepsight.engines.linkage import link
from keepsight.kernel.linkage.records import (
    LinkageRecord,
    normalise_date_of_birth,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_sex,
    normalise_upn,
)

ODD = (
    "", " ", "-", "'", ".", "?", "x", "unknown", "Baby", "O’Neill-Al Sayed", "Ng", "محمد",
    "עומר בן", "李小龍", "Łukasz", "Zoë", "Zoe\u0308", "👶", "Sam👶", "\x00", "Sam\x00uel",
    "\u202eevE",
    "a" * 300, "ab " * 100,
    "ß" * 300, "ﬁ", "1234", "Robert'); --", "Sam\tSam\n", "\u200b", "İ",
)  # fmt: skip
"""Nothing, one letter, words for nobody, other scripts, from right to left, marks, 300 letters."""

NAMES = st.sampled_from(ODD) | st.text(max_size=320)
DAYS = st.none() | st.sampled_from([date.min, date(1900, 1, 1), date(2012, 2, 29), date.max])
TEXTS = st.sampled_from(["", "0000000000", "9434765919", "9434765870", "A801400001001",
                         "A80140000100A", "ZZ9 9ZZ", "ZZ99 3VZ", "M", "9", "male"])  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> list[LinkageRecord]:
    """Several records, normalised as intake does, or as raw as another caller may give them."""
    raw = draw(st.booleans())
    return [_record(draw, subject, raw) for subject in range(1, draw(st.integers(0, 8)) + 1)]


def _record(draw: st.DrawFn, subject: int, raw: bool) -> LinkageRecord:
    forename, surname = draw(st.none() | NAMES), draw(st.none() | NAMES)
    day, text = draw(DAYS), draw(TEXTS)
    return LinkageRecord(
        subject=subject,
        agency=draw(st.integers(-1, 2)),
        forename=forename if raw else normalise_name(forename),
        surname=surname if raw else normalise_name(surname),
        date_of_birth=day if raw else normalise_date_of_birth(day),
        sex=normalise_sex(text),
        nhs_number=normalise_nhs_number(text),
        upn=normalise_upn(text),
        postcode=normalise_postcode(text),
    )


@settings(max_examples=150, deadline=None)
@given(records())
def test_every_record_is_in_exactly_one_cluster(given_records: list[LinkageRecord]) -> None:
    found = link(given_records)
    subjects = sorted(subject for cluster in found for subject in cluster.subjects)
    assert subjects == [record.subject for record in given_records]


def test_one_name_only_joins_nobody() -> None:
    alone = [LinkageRecord(subject=i, agency=i, forename="sam") for i in (1, 2, 3)]
    assert [cluster.subjects for cluster in link(alone)] == [(1,), (2,), (3,)]


def test_half_a_character_is_left_out() -> None:
    assert normalise_name("Sam\ud83d") == "sam"
