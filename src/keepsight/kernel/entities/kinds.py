"""The kinds of entity, and within what one mark means one and the same of them."""

from enum import StrEnum


class EntityKind(StrEnum):
    """What other than a child an event may name."""

    PLACE = "place"
    VEHICLE = "vehicle"
    PHONE = "phone"
    ONLINE_NAME = "online_name"
    ADULT = "adult"
    GROUP = "group"

    @property
    def in_words(self) -> str:
        return WORDS[self]

    @property
    def reach(self) -> "Reach":
        return REACHES[self]


class Reach(StrEnum):
    """Within what the same mark is the same entity."""

    EVERYWHERE = "everywhere"
    AREA = "area"
    AGENCY = "agency"


WORDS = {
    EntityKind.PLACE: "place",
    EntityKind.VEHICLE: "vehicle",
    EntityKind.PHONE: "telephone number",
    EntityKind.ONLINE_NAME: "online name",
    EntityKind.ADULT: "adult",
    EntityKind.GROUP: "group",
}

REACHES = {
    EntityKind.PLACE: Reach.AREA,
    EntityKind.VEHICLE: Reach.EVERYWHERE,
    EntityKind.PHONE: Reach.EVERYWHERE,
    EntityKind.ONLINE_NAME: Reach.EVERYWHERE,
    EntityKind.ADULT: Reach.AGENCY,
    EntityKind.GROUP: Reach.AREA,
}
"""Two towns each have a Station Inn, and two agencies each a person number 17."""


def key_of(kind: EntityKind, mark: str, *, agency: int | str, area: int | str) -> str:
    """By what an entity is told from others of its kind; empty for one without a mark.

    What has no mark is an entity of its one event: an adult is never merged by a name alone.
    """
    if not mark:
        return ""
    match kind.reach:
        case Reach.EVERYWHERE:
            return mark
        case Reach.AREA:
            return f"area {area} {mark}"
        case Reach.AGENCY:
            return f"agency {agency} {mark}"
