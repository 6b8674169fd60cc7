"""Who the agencies say that a child is."""

import uuid
from datetime import date

from keepsight.access.narrowing import about_a_child
from keepsight.access.viewer import Viewer
from keepsight.chronology.queries.timeline import event_from, known_rows
from keepsight.kernel.details import details_in_force
from keepsight.kernel.vocabulary.events import Event


@about_a_child
def known_details(
    viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None
) -> dict[int, Event]:
    """The personal details in force of each subject record that the viewer may see.

    Where an agency tells of a person in several feeds, the latest word on each detail stands.
    """
    rows = known_rows(viewer, child_id, known_on)
    details = (row for row in rows if row[3] == "person_details" and row[12] is not None)
    return details_in_force(event_from(row) for row in details)
