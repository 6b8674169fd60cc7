"""A rule as English that a social worker reads without help.

A short rule is one sentence. A longer one is a short lead with parts under it, so that a text, a
terminal and a page can each lay it out. A node of the language that has no entry here has no
sentence; `tests/unit/kernel/test_sentences.py` fails for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from keepsight.kernel.indicators.nodes import (
    AGENCY,
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Days,
    Different,
    Given,
    Number,
    Plus,
    SeveralOf,
    Times,
    Total,
    Truth,
    Unless,
)
from keepsight.kernel.indicators.sentences_of_events import happening, one, several
from keepsight.kernel.vocabulary.field_words import COUNTED, FIELDS

SHORT = 170
"""Letters up to which two conditions stand in one line."""

INDENT = "   "


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clause without its capital and full stop; with parts, a lead that ends in a colon."""

    lead: str
    parts: tuple["Sentence", ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sentence laid out. `number` is empty at the top."""

    depth: int
    number: str
    text: str


def sentence(truth: Truth) -> Sentence:
    """When a rule is met, as what follows “when”."""
    return TRUTHS[type(truth)](truth)


def lines(said: Sentence) -> list[Line]:
    """The sentence laid out: the lead, and under it its parts, numbered 1, 1.1, 1.1.1."""
    return list(_lines(said, 0, ""))


def as_text(said: Sentence) -> str:
    """The sentence laid out for a terminal or a plain text."""
    return "\n".join(
        f"{INDENT * line.depth}{f'{line.number}. ' if line.number else ''}{line.text}"
        for line in lines(said)
    )


def _lines(said: Sentence, depth: int, number: str) -> Iterator[Line]:
    text = said.lead[:1].upper() + said.lead[1:]
    yield Line(depth, number, text if said.parts else f"{text}.")
    for place, part in enumerate(said.parts, start=1):
        yield from _lines(part, depth + 1, f"{number}.{place}" if number else str(place))


# --- Truths ---


def _all_of(truth: AllOf) -> Sentence:
    return _joined(truth.truths, "and", "all of these are so:")


def _any_of(truth: AnyOf) -> Sentence:
    return _joined(truth.truths, "or", "one of these is so, or more:")


def _several_of(truth: SeveralOf) -> Sentence:
    verb = "is" if truth.least == 1 else "are"
    lead = f"at least {truth.least} of these {len(truth.truths)} {verb} so:"
    return Sentence(lead, tuple(map(sentence, truth.truths)))


def _joined(truths: tuple[Truth, ...], word: str, lead: str) -> Sentence:
    """Two short conditions in one line; a line never holds both “and” and “or”."""
    said = tuple(map(sentence, truths))
    if len(said) == 1:
        return said[0]
    text = f", {word} ".join(part.lead for part in said)
    plain = not any(part.parts or " and " in part.lead or " or " in part.lead for part in said)
    if plain and len(said) == 2 and len(text) <= SHORT:
        return Sentence(text)
    return Sentence(lead, said)


def _given(truth: Given) -> Sentence:
    return _under("as background only, which is no evidence", sentence(truth.truth))


def _unless(truth: Unless) -> Sentence:
    denied = DENIED.get(type(truth.truth))
    if denied is not None:
        return denied(truth.truth)
    return Sentence("this is not so:", (sentence(truth.truth),))


def _under(lead: str, said: Sentence) -> Sentence:
    """The lead before a sentence: in one line if that has no parts, else as a line above it."""
    return Sentence(f"{lead}:", (said,)) if said.parts else Sentence(f"{lead}, {said.lead}")


def _at_least(truth: AtLeast) -> Sentence:
    if not isinstance(truth.least, int):
        return _compared(truth, "is no less than")
    if truth.least == 1 and isinstance(truth.number, Count):
        return Sentence(f"there was {one(truth.number.events)}")
    return _measured(truth.number, truth.least, "at least")


def _fewer(truth: AtLeast) -> Sentence:
    if not isinstance(truth.least, int):
        return _compared(truth, "is less than")
    if truth.least == 1 and isinstance(truth.number, Count | Days):
        return Sentence(f"there was {one(truth.number.events, article='no ')}")
    return _measured(truth.number, truth.least, "fewer than")


def _measured(number: Number, least: int, compared: str) -> Sentence:
    """A number held beside a whole number."""
    quantity = f"{compared} {least:,}"
    counted = QUANTIFIED.get(type(number))
    if counted is not None:
        verb = "was" if least == 1 and isinstance(number, Days) else "were"
        return Sentence(f"there {verb} {counted(number, quantity, least)}")
    said = number_sentence(number)
    if said.parts:
        return Sentence(f"{said.lead.removesuffix(':')} come to {quantity}:", said.parts)
    return Sentence(f"{said.lead} comes to {quantity}")


def _compared(truth: AtLeast, how: str) -> Sentence:
    assert not isinstance(truth.least, int)  # noqa: S101 - both callers have looked
    pair = number_sentence(truth.number), number_sentence(truth.least)
    return Sentence(f"the first of these numbers {how} the second:", pair)


def _not_all(truth: AllOf) -> Sentence:
    return Sentence("not all of these are so:", tuple(map(sentence, truth.truths)))


def _none_of(truth: AnyOf) -> Sentence:
    return Sentence("none of these is so:", tuple(map(sentence, truth.truths)))


def _fewer_of(truth: SeveralOf) -> Sentence:
    lead = f"fewer than {truth.least} of these {len(truth.truths)} are so:"
    return Sentence(lead, tuple(map(sentence, truth.truths)))


Says = Callable[[Any], Sentence]

TRUTHS: dict[type[Truth], Says] = {
    AtLeast: _at_least,
    AllOf: _all_of,
    AnyOf: _any_of,
    SeveralOf: _several_of,
    Unless: _unless,
    Given: _given,
}

DENIED: dict[type[Truth], Says] = {
    AtLeast: _fewer,
    AllOf: _not_all,
    AnyOf: _none_of,
    SeveralOf: _fewer_of,
}
"""How “it is not so” is said of a truth, where there is something plainer than that."""


# --- Numbers ---


def number_sentence(number: Number) -> Sentence:
    """A number as a noun phrase."""
    return NUMBERS[type(number)](number)


def _count(number: Count) -> Sentence:
    return Sentence(f"the number of {several(number.events)}")


def _days(number: Days) -> Sentence:
    return Sentence(f"the number of days on which {happening(number.events)}")


def _total(number: Total) -> Sentence:
    return Sentence(f"the total of {COUNTED[number.field]} over {several(number.events)}")


def _different(number: Different) -> Sentence:
    return Sentence(f"the number of different {_of_different(number)}")


def _of_different(number: Different) -> str:
    """What is told apart, over which events."""
    over = ", or ".join(several(each) for each in number.events)
    if number.field == AGENCY:
        return f"agencies that sent {over}"
    return f"values of the {FIELDS[number.field]} over {over}"


def _times(number: Times) -> Sentence:
    said, factor = number_sentence(number.number), number.factor
    lead = "twice" if factor == 2 else f"{factor} times" if factor >= 1 else f"{factor} of"
    return Sentence(f"{lead} {said.lead}", said.parts)


def _plus(number: Plus) -> Sentence:
    return Sentence("these added up:", tuple(map(number_sentence, (number.left, number.right))))


NUMBERS: dict[type[Number], Says] = {
    Count: _count,
    Days: _days,
    Total: _total,
    Different: _different,
    Times: _times,
    Plus: _plus,
}


def _count_of(number: Count, quantity: str, least: int) -> str:
    events = number.events
    return f"{quantity} {one(events, article='') if least == 1 else several(events)}"


def _days_of(number: Days, quantity: str, least: int) -> str:
    return f"{quantity} {'day' if least == 1 else 'days'} on which {happening(number.events)}"


def _total_of(number: Total, quantity: str, least: int) -> str:
    return f"in all {quantity} {COUNTED[number.field]}, over {several(number.events)}"


def _different_of(number: Different, quantity: str, least: int) -> str:
    return f"{quantity} different {_of_different(number)}"


QUANTIFIED: dict[type[Number], Callable[[Any, str, int], str]] = {
    Count: _count_of,
    Days: _days_of,
    Total: _total_of,
    Different: _different_of,
}
"""Numbers of which “at least 3 …” can be said; of others, that they come to so many."""
