"""Who acts: a person at an agency, or a named process of Keepsight itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Carried by every write and every sight, and written down with it."""

    name: str
    person_id: int | None = None
    agency_id: int | None = None
    area_id: int | None = None
    role: str = "system"


def system(name: str) -> Actor:
    """A process such as the nightly pass or a bulk load."""
    return Actor(name=f"keepsight {name}")
