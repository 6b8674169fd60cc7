"""Reading the lists’ words: a letter, a code, and what it means, as in “q) 6: Police”."""

import re

from keepsight.intake.fields import Fields
from keepsight.kernel.vocabulary.code_sets import CodeSet

_LETTERED = re.compile(r"(?:[a-z]{1,2}\)\s*)?(.*)", re.DOTALL)
_CODED = re.compile(r"([A-Z]{0,4}\d{0,2}[A-Z]?)(?:\s*[:–-]\s*.*)?", re.DOTALL)
YES_OR_NO = {"yes": True, "y": True, "1": True, "true": True}
YES_OR_NO |= {"no": False, "n": False, "0": False, "false": False}
SEXES = {"male": "M", "female": "F", "not stated recorded": "U", "not stated": "U", "neither": "U"}
NEITHER = "This is neither yes nor no; write a) Yes or b) No."
ABUSE = {
    "neglect": "NEG",
    "physical abuse": "PHY",
    "sexual abuse": "SAB",
    "emotional abuse": "EMO",
    "multiple": "MUL",
    "multiple/not recommended": "MUL",
}


def unlettered(text: str) -> str:
    """What follows the letter that the guidance puts before each answer."""
    found = _LETTERED.fullmatch(text)
    return found[1].strip() if found else text


def words(fields: Fields, name: str) -> str | None:
    """An answer in words, without its letter."""
    text = fields.text(name)
    return unlettered(text) or None if text else None


def code(fields: Fields, name: str, *allowed: CodeSet) -> str | None:
    """The code with which an answer begins; one that is no code is kept and remarked on."""
    text = words(fields, name)
    if text is None:
        return None
    found = _CODED.fullmatch(text)
    said = found[1] if found and found[1] else text
    if not any(said in each for each in allowed):
        fields.note(name, f"“{said}” is not a code for {allowed[0].name}.")
    return said


def yes(fields: Fields, name: str) -> bool | None:
    """Yes or no, or nothing with a remark where it is neither."""
    text = words(fields, name)
    if text is None:
        return None
    if text.casefold() not in YES_OR_NO:
        fields.note(name, NEITHER)
    return YES_OR_NO.get(text.casefold())


def sex(fields: Fields, name: str) -> str | None:
    """The census’s letter for a sex in words."""
    text = words(fields, name)
    if text is None:
        return None
    plain = re.sub(r"\W+", " ", text.casefold()).strip()
    if plain not in SEXES:
        fields.note(name, "This is neither male, female nor not stated.")
    return SEXES.get(plain)


def abuse(fields: Fields, name: str) -> str | None:
    """The census’s code for a category of abuse in words."""
    text = words(fields, name)
    if text is None or text in ABUSE.values():
        return text
    if text.casefold() not in ABUSE:
        fields.note(name, f"“{text}” is not a category of abuse.")
    return ABUSE.get(text.casefold(), text)
