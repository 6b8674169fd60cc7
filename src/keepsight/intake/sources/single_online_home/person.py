"""A person in a report: whether it is a child, and who it is."""

from datetime import date

from keepsight.intake.rows import Context, Fact, Remark
from keepsight.intake.sources.single_online_home.shape import Entity, text, yes
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.vocabulary.content.person import PersonDetails

ADULT = 18
SEXES = {"GNDR_0001": "F"}
"""The one constrained value of gender whose meaning the published pages give."""
CODE_UNKNOWN = "What this code means has not been published, so it is not taken."


def is_child(person: Entity, context: Context) -> bool:
    """Whether the report says in any of its ways that the person is under 18."""
    said = person.attributes
    born = _day(text(said.get("dateOfBirth")))
    if born is not None:
        of_age = (born.year + ADULT, born.month, born.day)
        return of_age > (context.received.year, context.received.month, context.received.day)
    ages = (said.get("age"), said.get("approximateAgeTo"))
    return yes(said.get("under18")) or any(_is_young(age) for age in ages)


def details_of(row: str, person: Entity, context: Context) -> Fact:
    """Who the child is, with remarks on what cannot be read."""
    said, remarks = person.attributes, list[Remark]()
    born = text(said.get("dateOfBirth"))
    if born and _day(born) is None:
        reason = "This is not a day; write it as yyyy-mm-dd."
        remarks.append(Remark("dateOfBirth", born, reason))
    gender = text(said.get("gender"))
    if gender and gender not in SEXES:
        remarks.append(Remark("gender", gender, CODE_UNKNOWN))
    given = said.get("givenName")
    content = PersonDetails(
        forename=text(given[0]) if isinstance(given, list) and given else text(given),
        surname=text(said.get("surname")),
        date_of_birth=_day(born),
        sex=SEXES.get(gender or ""),
        ethnicity=text(said.get("ethnicitySelfDefined")) or text(said.get("ethnicityGroup")),
    )
    return Fact(
        row=row,
        subject_key=person.id,
        source_key=f"person|{person.id}",
        occurred=start_of_day(context.received),
        content=content,
        day_only=True,
        remarks=tuple(remarks),
    )


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _is_young(age: object) -> bool:
    return isinstance(age, int | float) and not isinstance(age, bool) and 0 <= age < ADULT
