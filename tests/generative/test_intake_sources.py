"""Whatever a file holds, nothing in it is lost and nothing but a refusal comes of it."""

import io
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from keepsight.intake.files import head_of
from keepsight.intake.recognise import source_for
from keepsight.intake.rows import Context, Fact, FileRefused, Refused, RegisterRow
from keepsight.intake.sources.cin import CINCensus
from keepsight.intake.sources.daily_register import DailyRegister
from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.daily_register import DAILY_REGISTER
from keepsight.kernel.formats.schema import Element, Type

DAY = date(2026, 5, 8)
CONTEXT = Context("2025_spring_file", "agency", DAY, DAY)
FIXTURES = sorted(
    path
    for path in (Path(__file__).parents[2] / "src/keepsight/intake/sources").rglob("fixture*")
    if path.is_file()
)
days = st.dates(date(2010, 1, 1), date(2026, 5, 1)).map(str)
words = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=3, max_size=8)


def element(schema: Element) -> st.SearchStrategy[str]:
    """An element as the schema has it, but with wrong values, gaps, strangers and loose text."""
    if schema.type is Type.GROUP:
        inner = [
            st.lists(element(child), min_size=0, max_size=2 if child.many else 1)
            for child in schema.children
        ]
        stranger = st.sampled_from(["", "", "", "<Strange>{}</Strange>", "{}"])
        content = st.builds(
            lambda found, odd, word: "".join(map("".join, found)) + odd.format(word),
            st.tuples(*inner),
            stranger,
            words,
        )
    else:
        codes = [code for allowed in schema.codes for code in allowed.codes]
        right = st.sampled_from(codes) if codes else words
        value = days if schema.type is Type.DAY else right
        content = st.one_of(value, value, value, words, st.just("")).map(escape)
    return content.map(lambda text: f"<{schema.name}>{text}</{schema.name}>")


def said(parts: list[Fact | Refused | RegisterRow]) -> str:
    return " ".join(map(repr, parts))


def texts(xml: str) -> set[str]:
    pieces = (piece.split(">")[-1] for piece in xml.split("<"))
    return {piece.strip() for piece in pieces if piece.strip()}


def appears(text: str, everything: str) -> bool:
    """A day may come out as a date value, a flag or count as a value of its own."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text in everything
    written = (f"datetime({day.year}, {day.month}, {day.day},", f"date({day.year}, {day.month}, ")
    return text in everything or any(form in everything for form in written)


@settings(max_examples=60, deadline=None)
@given(st.lists(element(cin_census.CHILD), min_size=1, max_size=2))
def test_every_text_of_a_census_return_comes_out_somewhere(children):
    xml = f"<Message><Children>{''.join(children)}</Children></Message>"
    parts = list(CINCensus().rows(io.BytesIO(xml.encode()), CONTEXT))
    everything = said(parts)
    assert {text for text in texts(xml) if not appears(text, everything)} == set()


cells = st.one_of(st.sampled_from(["/", "\\", "O", "N", "C2", "", "2025-10-06", "P1"]), words)
lines = st.lists(st.lists(cells, min_size=7, max_size=10), max_size=20)


@given(lines)
def test_every_line_of_a_register_is_one_row(found):
    text = "\n".join([",".join(DAILY_REGISTER.names), *map(",".join, found)])
    parts = list(DailyRegister().rows(io.BytesIO(text.encode()), CONTEXT))
    rows = [part.row for part in parts if not isinstance(part, Fact)]
    assert rows == [f"row {number}" for number in range(2, len(found) + 2)]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(FIXTURES),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=4),
    st.floats(0, 1),
)
def test_damage_gives_rows_or_one_refusal(path, changes, cut):
    content = bytearray(path.read_bytes())
    for where, new in changes:
        place = int(where * len(content))
        content[place : place + len(new)] = new
    if cut < 0.3:
        del content[int(cut * 3 * len(content)) :]
    stream = io.BytesIO(bytes(content))
    refusals = []
    parts = []
    try:
        source = source_for(path.name, head_of(stream))
        parts = list(source.rows(stream, CONTEXT))
    except FileRefused as refused:
        refusals.append(str(refused))
    assert all(refusal.endswith(".") for refusal in refusals)
    assert all(isinstance(part, Fact | Refused | RegisterRow) for part in parts)
