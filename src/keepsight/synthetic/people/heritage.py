"""Ethnic groups in their published shares, and the communities that families name children in.

A community decides from which list of names a child's are drawn, so that the county has the
concentration of names that makes records hard to link. Nothing else in the county reads it.
"""

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.people.names import Texts

ETHNIC_GROUPS = {
    "WBRI": 60.0, "WOTH": 7.0, "BAFR": 5.2, "APKN": 4.7, "AIND": 4.2, "MOTH": 2.9, "OOTH": 2.5,
    "AOTH": 2.3, "ABAN": 1.8, "MWAS": 1.7, "MWBC": 1.6, "MWBA": 1.0, "BCRB": 0.9, "CHNE": 0.8,
    "BOTH": 0.8, "WIRI": 0.3, "WROM": 0.3, "WIRT": 0.1,
}  # fmt: skip
"""Pupils by ethnic group, per cent, 2024/25 (`domain.md` section 7; the White groups mark M)."""

NOT_CLASSIFIED = {"NOBT": 1.0, "REFU": 0.9}
"""What is written instead of a group, per cent of pupils (mark M); an agency's gap, not a group."""

COMMUNITIES: dict[str, dict[str, float]] = {
    "WBRI": {"british": 1.0},
    "WIRI": {"irish": 1.0},
    "WIRT": {"traveller": 1.0},
    "WROM": {"romani": 1.0},
    "WOTH": {"polish": 0.4, "romanian": 0.2, "european": 0.25, "turkish": 0.08, "latin": 0.07},
    "AIND": {"gujarati": 0.5, "punjabi": 0.35, "tamil": 0.1, "pakistani": 0.05},
    "APKN": {"pakistani": 1.0},
    "ABAN": {"bangladeshi": 1.0},
    "AOTH": {"tamil": 0.4, "afghan": 0.3, "filipino": 0.3},
    "BAFR": {"west_african": 0.65, "somali": 0.35},
    "BCRB": {"british": 0.9, "west_african": 0.1},
    "BOTH": {"west_african": 0.5, "british": 0.5},
    "CHNE": {"chinese": 1.0},
    "MWBC": {"british": 1.0},
    "MWBA": {"british": 0.55, "west_african": 0.45},
    "MWAS": {"british": 0.55, "pakistani": 0.2, "gujarati": 0.15, "punjabi": 0.1},
    "MOTH": {"british": 0.6, "european": 0.15, "arab": 0.1, "latin": 0.15},
    "OOTH": {"arab": 0.55, "turkish": 0.3, "latin": 0.15},
}
"""Shares of each group's families in the communities of the lists of names (our own judgement)."""

TRAVELLING = ("WIRT", "WROM")
"""Groups that the census of schools counts as Gypsy, Roma and Traveller."""


def ethnic_groups(homes: int, rng: np.random.Generator) -> Texts:
    """An ethnic group for each household."""
    shares = np.array(list(ETHNIC_GROUPS.values()))
    codes = np.array(list(ETHNIC_GROUPS), object)
    return np.asarray(rng.choice(codes, homes, p=shares / shares.sum()), object)


def communities(groups: Texts, rng: np.random.Generator) -> Texts:
    """The community whose names each household uses."""
    drawn = np.empty(len(groups), object)
    for group, shares in COMMUNITIES.items():
        rows = np.flatnonzero(groups == group)
        drawn[rows] = rng.choice(np.array(list(shares), object), len(rows), p=list(shares.values()))
    return drawn


def not_classified(groups: Texts, share: float, rng: np.random.Generator) -> Texts:
    """The groups as an agency holds them, this share of them refused or not yet obtained."""
    instead = rng.choice(
        np.array(list(NOT_CLASSIFIED), object),
        len(groups),
        p=np.array(list(NOT_CLASSIFIED.values())) / sum(NOT_CLASSIFIED.values()),
    )
    gap: NDArray[np.bool_] = rng.random(len(groups)) < share
    return np.where(gap, instead, groups)
