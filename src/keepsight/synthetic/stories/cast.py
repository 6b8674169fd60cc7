"""The people, places and things of one network, so that its records speak of the same ones.

Registration marks hold I or Q where no issued mark does, telephone numbers are of the range that
Ofcom keeps for drama, and adults have nothing but a nickname.
"""

from dataclasses import dataclass

import numpy as np

from keepsight.synthetic.life.choices import one_of

ALIASES = (
    "Ace", "Bishop", "Chip", "Dix", "Echo", "Flash", "Goose", "Hatch", "Jinx", "Kite", "Lark",
    "Marlow", "Nix", "Otter", "Pike", "Quill", "Rook", "Scout", "Tam", "Vale", "Wren", "Zed",
)  # fmt: skip
CARS = (
    "silver hatchback", "dark saloon", "white van", "grey estate car", "red hatchback",
    "dark blue people carrier", "white hatchback", "green four-by-four",
)  # fmt: skip
FLATS = (
    "flat above a shop on Canal Street", "house on Foundry Row", "flat in Harbour Court",
    "bedsit on Tanner Lane", "house on Quarry Road", "flat in Weaver House",
)  # fmt: skip
HOTELS = ("Ring Road Lodge", "Station Inn", "Riverside Rooms", "Junction Motel")
SHOPS = (
    "takeaway on Mill Street", "car wash on Bridge Road", "vape shop in the arcade",
    "late shop on Station Road", "taxi office by the market", "gym on the trading estate",
)  # fmt: skip
OUTDOORS = (
    "Priory Park",
    "car park behind the cinema",
    "bus station",
    "retail park",
    "old pavilion",
)
TOWNS = ("a seaside town 80 miles away", "a market town in another county", "a port 120 miles away")
HANDLES = ("moonfox_", "kite.runner", "pixel_ash", "northlight", "silverjay", "oakmask")
GOODS = ("a second telephone", "new trainers", "a designer jacket", "a gold chain", "headphones")


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

    def say(self, text: str) -> str:
        """The text with the cast's names in it, beginning with a capital letter."""
        said = text.format(**{name: getattr(self, name) for name in self.__slots__})
        return said[:1].upper() + said[1:]


def draw_cast(rng: np.random.Generator) -> Cast:
    """The cast of one network."""
    first, second = rng.choice(len(ALIASES), 2, replace=False).tolist()
    who = one_of(("man", "man", "woman"), rng)
    return Cast(
        adult=f"a {who} known as “{ALIASES[first]}”",
        second=f"a man known as “{ALIASES[second]}”",
        car=one_of(CARS, rng),
        plate=_plate(rng),
        flat=one_of(FLATS, rng),
        hotel=one_of(HOTELS, rng),
        shop=one_of(SHOPS, rng),
        outdoors=one_of(OUTDOORS, rng),
        town=one_of(TOWNS, rng),
        phone=f"07700 900{int(rng.integers(1000)):03d}",
        handle=f"{one_of(HANDLES, rng)}{int(rng.integers(10, 100))}",
        goods=one_of(GOODS, rng),
    )


def _plate(rng: np.random.Generator) -> str:
    """A mark that no vehicle bears: I and Q stand where none is issued."""
    letters = "ABCDEFGHJKLMNOPRSTUVWXYZ"
    first, last = letters[int(rng.integers(24))], letters[int(rng.integers(24))]
    return f"{first}I{int(rng.integers(15, 27))} Q{last}Q"
