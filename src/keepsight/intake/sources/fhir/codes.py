"""Which codes and words of an encounter or appointment mean what, as dated data.

Read from health systems' published code lists and not confirmed against SNOMED CT UK or the ECDS
specification, so every row is mark M. Words stand beside codes because a confidential attendance
that is sent without a known code must still be held as confidential.
"""

from dataclasses import dataclass
from datetime import date

from keepsight.kernel.vocabulary.code_sets import Mark

SNOMED = "http://snomed.info/sct"
NHS_NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
LEFT_OFF = frozenset({"R", "V"})
"""Security labels (v3 Confidentiality: restricted, very restricted) that withhold an address."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is meant by any of these SNOMED CT codes or, in a display or text, these words."""

    meaning: str
    codes: frozenset[str]
    words: tuple[str, ...]
    in_force_from: date = date(2017, 10, 1)
    mark: Mark = "M"


SEXUAL_HEALTH = Meaning(
    "sexual_health",
    frozenset({"394808002"}),
    (
        "sexual health",
        "genitourinary",
        "genito-urinary",
        "contracepti",
        "sexual assault",
        "sexually transmitted",
    ),
)

MENTAL_HEALTH = Meaning(
    "mental_health",
    frozenset(),
    ("camhs", "mental health", "psychiatr", "eating disorder"),
)
"""Of services only: an emergency department that treats self-harm is not one of them."""

LEFT_BEFORE_SEEN = Meaning(
    "left_before_seen",
    frozenset({"1066301000000103", "1066311000000101", "1066321000000107"}),
    ("left before", "left care setting", "did not wait"),
)

CONCERNS = (
    Meaning("self_harm", frozenset({"248062006", "276853009"}), ("self-harm", "self harm")),
    Meaning("overdose", frozenset({"55680006", "1149222004"}), ("overdose",)),
    Meaning("intoxication", frozenset({"25702006"}), ("intoxicat", "drunk")),
    Meaning("assault", frozenset({"52684005"}), ("assault",)),
    Meaning("unexplained_injury", frozenset(), ("unexplained injur", "injury unexplained")),
)
"""In the order in which they are looked for: the first that fits is the concern."""

NOT_YET_HAPPENED = frozenset({"planned", "cancelled"})
"""Encounter statuses of what was arranged and has not, or not yet, taken place."""

IN_ERROR = "entered-in-error"
"""The status of what the sender says never was."""

NOT_BROUGHT = frozenset({"noshow"})
"""Appointment statuses of a child who was not brought."""
