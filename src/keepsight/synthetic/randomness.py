"""Chance that can be repeated: every part of the county draws from a stream of its own."""

from zlib import crc32

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """A stream of random numbers for one part, so that a change in one part moves no other."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])
