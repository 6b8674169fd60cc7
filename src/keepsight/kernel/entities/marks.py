"""Marks by which entities are told apart, read from what people write, and brought to one form.

What is not surely a mark is none: two children wrongly joined are worse than two not joined, which
a person can still see.
"""

import re
from collections.abc import Iterator

from keepsight.kernel.entities.place_words import GENERIC

CURRENT = r"[A-Z]{2}\d{2}\s?[A-Z]{3}"
EARLIER = (r"[A-Z]\d{1,3}\s?[A-Z]{3}", r"[A-Z]{3}\s?\d{1,3}[A-Z]")
ALONE = r"(?<![A-Z0-9])(?:{})(?![A-Z0-9])"
CURRENT_MARK = re.compile(ALONE.format(CURRENT))
ANY_MARK = re.compile(ALONE.format("|".join((CURRENT, *EARLIER))))
"""Registration marks since 1963 (DVLA, INF104 [M]): two letters, two figures, three letters since
2001; a letter and up to three figures before or after three letters until then.
"""

PHONE = re.compile(r"(?<![\d+])(?:\+44|0044|0)(?:[\s().-]*\d){9,10}(?!\d)")
ABROAD = re.compile(r"(?<!\d)\+(?!44)[1-9](?:[\s().-]*\d){7,14}(?!\d)")
UK = ("+44", "0044", "0")

HANDLE = re.compile(r"(?<![\w.@])@([A-Za-z0-9][A-Za-z0-9_.]{1,28}[A-Za-z0-9_])")
QUOTED = re.compile(r"[“\"‘']([^“”\"‘’']{3,40})[”\"’']")
ENDS_IN_FIGURES = re.compile(r"[^\W\d]+(?:[ _.-]?[^\W\d]+){0,2}[ _.-]?\d{1,6}")

KNOWN_AS = re.compile(r"\b(?:known as|calls? (?:him|her)self) [“\"]([^“”\"]{2,40})[”\"]")

ARTICLES = re.compile(r"^(?:an?|the)\s+")
PUNCTUATION = re.compile(r"[^\w\s&]")
SPACES = re.compile(r"\s+")

NOBODYS_NAME = re.compile(
    r"\b(?:home|house|flat|address|room|sofa)s? of\b"
    r"|\b(?:friend|relative|cousin|aunt|uncle|brother|sister|parent|mother|father|mum|dad|nan"
    r"|grandparent|grandmother|grandfather|carer|placement|family|own)s?\b"
    r"|\b(?:school|college|academy|nursery|hospital|infirmary|surgery|clinic|refuge|police"
    r"|custody|court house|children s home|residential home|a&e|emergency department)\b"
    r"|\b(?:returned|came back|by self|miles away|unknown|not known|not stated)\b"
)
"""What is no entity: the child's own home, placement or school, somebody's home that is not named,
and where every child may be. To share a home, a school or a household is no association.
"""

NAMED_ROAD = re.compile(
    r"\b(?!(?:High|Main)\b)[A-Z][\w’']+ (?:Street|Road|Lane|Row|Avenue|Close|Drive|Way|Place"
    r"|Terrace|Court|Square|Hill|Gardens)\b"
)
"""A road with a name, although the name may be such a word: Bridge Road."""


def vehicle_marks(text: str) -> Iterator[str]:
    """Registration marks of a field that holds a vehicle."""
    yield from _found(ANY_MARK, text.upper())


def vehicle_marks_within(text: str) -> Iterator[str]:
    """Registration marks in an account: of the present form and in capitals only."""
    yield from _found(CURRENT_MARK, text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.findall(text):
        yield SPACES.sub("", found)


def phone_numbers(text: str) -> Iterator[str]:
    """Telephone numbers as they are dialled from anywhere (ITU-T E.164): +44 and no 0."""
    for found in PHONE.findall(text):
        digits = re.sub(r"[\s().-]", "", found)
        prefix = next(each for each in UK if digits.startswith(each))
        national = digits.removeprefix(prefix).removeprefix("0")
        if len(national) in (9, 10) and national[0] in "1237":
            yield f"+44{national}"
    for found in ABROAD.findall(text):
        yield "+" + re.sub(r"\D", "", found)


def online_names(text: str) -> Iterator[str]:
    """Names after an @, and quoted ones that end in figures: a quoted nickname is an adult's."""
    for found in HANDLE.findall(text):
        yield found.casefold()
    for found in QUOTED.findall(text):
        if ENDS_IN_FIGURES.fullmatch(found) and not any(phone_numbers(found)):
            yield SPACES.sub(" ", found).casefold()


def names_known_as(text: str) -> Iterator[str]:
    """By what somebody is said to be known: a name, which is no mark."""
    yield from KNOWN_AS.findall(text)


def place_name(text: str) -> str:
    """A place's name in one form; empty where the text names no one place."""
    plain = SPACES.sub(" ", PUNCTUATION.sub(" ", text.casefold())).strip()
    name = ARTICLES.sub("", plain)
    if not name or NOBODYS_NAME.search(name):
        return ""
    if GENERIC.issuperset(name.split()) and not NAMED_ROAD.search(text):
        return ""
    return name


def group_name(text: str) -> str:
    """A group's name in one form."""
    return ARTICLES.sub("", SPACES.sub(" ", PUNCTUATION.sub(" ", text.casefold())).strip())


def reference(text: str) -> str:
    """An agency's own number of a person in one form."""
    return SPACES.sub("", text).upper()
