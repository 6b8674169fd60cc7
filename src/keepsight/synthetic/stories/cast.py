"""The people, places and things of one network, so that its records speak of the same ones.

Registration marks hold I or Q where no issued mark does, telephone numbers are of the range that
Ofcom keeps for drama, and adults have nothing but a nickname.
"""

import re
from dataclasses import dataclass

import numpy as np

from keepsight.synthetic.life.choices import one_of
from keepsight.synthetic.life.vehicles import CARS, plate
from keepsight.synthetic.life.wording import ALIASES, FLATS, HOTELS, OUTDOORS, SHOPS, TOWNS

HANDLES = ("moon fox", "kite runner", "pixel ash", "north light", "silver jay", "oak mask")
"""Names in games; with spaces in them, as no game gives them."""
GOODS = (
    ("a second telephone", "it was"), ("new trainers", "they were"), ("a new jacket", "it was"),
    ("a gold chain", "it was"), ("new headphones", "they were"),
)  # fmt: skip


HER = {"they": "she", "them": "her", "their": "her", "theirs": "hers"}
HIM = {"they": "he", "them": "him", "their": "his", "theirs": "his"}
SENTENCE = re.compile(r"^[a-z]|(?<=[.?!] )[a-z]")
"""The first letter of each sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who and what the records of one network speak of; each is put into a text by its name."""

    adult: str
    second: str
    car: str
    plate: str
    flat: str
    hotel: str
    shop: str
    outdoors: str
    town: str
    phone: str
    handle: str
    goods: str
    were: str

    def say(self, text: str, girl: bool) -> str:
        """The text with the cast's names and the child's pronouns in it, in whole sentences."""
        names = {name: getattr(self, name) for name in self.__slots__}
        said = text.format(**names, **(HER if girl else HIM))
        return SENTENCE.sub(lambda found: found[0].upper(), said)


def draw_cast(rng: np.random.Generator) -> Cast:
    """The cast of one network."""
    first, second = rng.choice(len(ALIASES), 2, replace=False).tolist()
    who = one_of(("man", "man", "woman"), rng)
    goods, were = one_of(GOODS, rng)
    return Cast(
        adult=f"a {who} known as “{ALIASES[first]}”",
        second=f"a man known as “{ALIASES[second]}”",
        car=one_of(CARS, rng),
        plate=plate(rng),
        flat=_within(one_of(FLATS, rng)),
        hotel=one_of(HOTELS, rng),
        shop=_within(one_of(SHOPS, rng)),
        outdoors=_within(one_of(OUTDOORS, rng)),
        town=one_of(TOWNS, rng),
        phone=f"07700 900{int(rng.integers(1000)):03d}",
        handle=f"“{one_of(HANDLES, rng)} {int(rng.integers(10, 100))}”",
        goods=goods,
        were=were,
    )


def _within(place: str) -> str:
    """A place as it stands within a sentence."""
    return place[:1].lower() + place[1:] if place.startswith(("A ", "The ")) else place
