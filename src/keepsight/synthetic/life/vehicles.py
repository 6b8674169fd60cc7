"""Vehicles that records name; their marks are borne by none."""

import numpy as np

from keepsight.synthetic.life.choices import one_of

CARS = (
    "silver hatchback", "dark saloon", "white van", "grey estate car", "red hatchback",
    "dark blue people carrier", "white hatchback", "green four-by-four",
)  # fmt: skip
LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"


def plate(rng: np.random.Generator) -> str:
    """A registration mark with I and Q where no issued mark has them."""
    first, last = LETTERS[int(rng.integers(24))], LETTERS[int(rng.integers(24))]
    return f"{first}I{int(rng.integers(15, 27))} Q{last}Q"


def vehicle(rng: np.random.Generator) -> str:
    """A mark and what the vehicle looked like."""
    return f"{plate(rng)}, {one_of(CARS, rng)}"
