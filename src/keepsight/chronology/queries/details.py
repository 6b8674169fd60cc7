"""Who the agencies say that a child is."""

import uuid
from dataclasses import replace
from datetime import date

from keepsight.access.narrowing import about_a_child
from keepsight.access.viewer import Viewer
from keepsight.chronology.queries.timeline import event_from, known_rows
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import Event


@about_a_child
def known_details(
    viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None
) -> dict[int, Event]:
    """The personal details in force of each subject record that the viewer may see.

    Where an agency tells of a person in several feeds, the latest word on each detail stands.
    """
    found: dict[int, Event] = {}
    for row in known_rows(viewer, child_id, known_on):
        if row[3] == "person_details" and row[12] is not None:
            event = event_from(row)
            found[row[1]] = _over(found[row[1]], event) if row[1] in found else event
    return found


def _over(later: Event, earlier: Event) -> Event:
    said, before = later.content, earlier.content
    if isinstance(said, PersonDetails) and isinstance(before, PersonDetails):
        return replace(later, content=said.over(before))
    return later
