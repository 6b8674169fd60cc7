"""The page of entities: what an event can name, how it is told apart, and where it is read."""

from collections.abc import Sequence

from keepsight.cli.reference.markdown import cited, in_words, period, table, yes
from keepsight.kernel.entities.kinds import EntityKind, Reach
from keepsight.kernel.entities.naming import NAMINGS, Naming
from keepsight.kernel.entities.standing import STANDING
from keepsight.kernel.vocabulary.events import BY_KIND

TITLE = "Entities"
ABOUT = (
    "What other than a child an event may name. Each mention is a claim of whoever sent the event, "
    "and never established fact. Children meet by entities only, and to share a home, a school or "
    "a household is no association. No alert says who another child is, or why it is named."
)
KINDS = ("Entity", "Told apart by", "The same within")
FIELDS = ("Event", "Field", "Names", "Names with no mark", "Read whole", "In force", "Source")
NUMBERS = ("Number", "What it is", "In force", "Source", "How far confirmed")

TOLD_APART = {
    EntityKind.PLACE: "its name; not a kind of place, a home, a school or a household",
    EntityKind.VEHICLE: "its registration mark",
    EntityKind.PHONE: "the number as it is dialled from anywhere",
    EntityKind.ONLINE_NAME: "what follows an @, or a quoted name that ends in figures",
    EntityKind.ADULT: "the agency’s own number of the person, and never a name alone",
    EntityKind.GROUP: "its name",
}
WITHIN = {
    Reach.EVERYWHERE: "everywhere",
    Reach.AREA: "the area of the agency that names it",
    Reach.AGENCY: "the agency that names it",
}


def body() -> str:
    kinds = [(each.in_words, TOLD_APART[each], WITHIN[each.reach]) for each in EntityKind]
    by_field: dict[tuple[str, str], list[Naming]] = {}
    for naming in NAMINGS:
        by_field.setdefault((naming.event, naming.field), []).append(naming)
    fields = [_field(namings) for namings in by_field.values()]
    numbers = [
        (
            f"{each.value} {each.unit}",
            each.meaning,
            period(each.in_force_from, each.in_force_until),
            cited(each.source),
            in_words(each.mark),
        )
        for each in STANDING
    ]
    return (
        f"{table(KINDS, kinds)}\n## Where they are read\n\n{table(FIELDS, fields)}\n"
        f"## How long a mention stands\n\n{table(NUMBERS, numbers)}"
    )


def _field(namings: Sequence[Naming]) -> tuple[str, ...]:
    """A field, with all that it names."""
    first = namings[0]
    return (
        BY_KIND[first.event].title,
        f"`{first.field}`",
        ", ".join(each.names.in_words for each in namings if each.marked),
        ", ".join(each.names.in_words for each in namings if not each.marked),
        yes(first.whole),
        period(first.since, None),
        cited(first.source),
    )
