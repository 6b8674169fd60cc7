"""Every node of a rule, every kind of event and every field of it has its words."""

from keepsight.kernel.indicators.conditions import Condition, readable_fields
from keepsight.kernel.indicators.nodes import NODES, NUMBERS
from keepsight.kernel.indicators.selecting import Beside, Select, Shared
from keepsight.kernel.indicators.sentences import NUMBERS as NUMBERS_SAID
from keepsight.kernel.indicators.sentences import TRUTHS
from keepsight.kernel.indicators.sentences_of_events import CONDITIONS, WINDOWS
from keepsight.kernel.indicators.windows import Window
from keepsight.kernel.vocabulary.content.base import field_types
from keepsight.kernel.vocabulary.events import BY_KIND, CONTENTS
from keepsight.kernel.vocabulary.field_words import CODES, COUNTED, FIELDS, STATED
from keepsight.kernel.vocabulary.nouns import NOUNS


def test_every_node_has_its_words() -> None:
    held = {*TRUTHS, *NUMBERS_SAID, *WINDOWS, Condition, Select, Beside, Shared}
    assert held >= set(NODES)
    assert set(NUMBERS_SAID) == set(NUMBERS)
    assert Window in WINDOWS


def test_every_kind_and_field_that_a_rule_may_read_has_its_words_and_no_other() -> None:
    readable = {content.kind: readable_fields(content) for content in CONTENTS if content.readable}
    assert set(NOUNS) == set(readable)
    words = {int: COUNTED, bool: STATED}
    used = {
        (name, id(words.get(plain, FIELDS)))
        for fields in readable.values()
        for name, plain in fields.items()
    }
    had = {(name, id(table)) for table in (FIELDS, COUNTED, STATED) for name in table}
    assert used == had
    assert {plain for fields in readable.values() for plain in fields.values()} <= set(CONDITIONS)


def test_every_set_of_codes_is_of_a_field_that_there_is() -> None:
    for kind, name in CODES:
        assert name in {field.name for field, _ in field_types(BY_KIND[kind])}, (kind, name)
