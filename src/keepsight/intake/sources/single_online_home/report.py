"""One report: its incident, the people in it and how it was submitted."""

from collections.abc import Iterator
from datetime import datetime

from keepsight.intake.fields import ALLOWED_AHEAD, Unfit
from keepsight.intake.rows import Context, Fact, Remark
from keepsight.intake.sources.single_online_home.shape import Entity, Json, entity, listed, text
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.vocabulary.content.police import PublicReport


class Report:
    """A document by its parts; `row` names it in its file."""

    def __init__(self, row: str, document: Json) -> None:
        self.row = row
        self.document = document
        self.incident = entity(document.get("data"))
        self.included = [entity(each) for each in listed(document.get("included"))]

    def people(self) -> Iterator[Entity]:
        """The people with an id; one without could not be told from another."""
        return (each for each in self.included if each.type == "person" and each.id)

    def fact(self, row: str, person: Entity, context: Context) -> Fact:
        """That the report was made, when, and what the child is in it; raises `Unfit`."""
        said, remarks = self._submission(), list[Remark]()
        submitted = text(said.get("submitTime")) or ""
        moment = _moment(submitted)
        if not self.incident.id:
            raise Unfit("id", "", "The incident has no id, and without it the fact cannot stand.")
        if day_in_london(moment) > context.received + ALLOWED_AHEAD:
            reason = "This time lies after the day on which the file was received."
            remarks.append(Remark("submitTime", submitted, reason))
        content = PublicReport(
            category=text(said.get("category")),
            part=self._part(person),
            reference=text(said.get("customerReferenceNumber")),
            summary=text(self.incident.attributes.get("incidentDescription")),
        )
        key = f"public-report|{self.incident.id}|{person.id}"
        return Fact(row, person.id, key, moment, content, remarks=tuple(remarks))

    def _submission(self) -> Json:
        found = (each.attributes for each in self.included if each.type == "submission")
        return next(found, {})

    def _part(self, person: Entity) -> tuple[str, ...]:
        """Every relationship of the person and the incident, whichever of them states it."""
        ways = ((self.incident, person), (person, self.incident))
        names = (
            name
            for holder, other in ways
            for name, ids in holder.related.items()
            if other.id and other.id in ids
        )
        return tuple(sorted(set(names)))


def _moment(said: str) -> datetime:
    if not said:
        reason = "submitTime is empty, and without it the fact cannot stand."
        raise Unfit("submitTime", "", reason)
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise Unfit("submitTime", said, "This is not a time of ISO 8601 with its zone.") from error
    if moment.tzinfo is None:
        raise Unfit("submitTime", said, "This is not a time of ISO 8601 with its zone.")
    return moment
