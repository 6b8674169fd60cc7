"""The sender: an agency’s system at the door for what cannot wait. It sends, and reads nothing."""

import uuid
from dataclasses import dataclass

from keepsight.audit.actor import Actor

ROLE = "client"
"""What the log says of an agency’s system, where it says of a person what part they play."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A client whose token is good: whose it is, and by which feed it sends."""

    client_id: uuid.UUID
    name: str
    agency_id: int
    area_id: int
    feed_id: int

    @property
    def actor(self) -> Actor:
        return Actor(name=self.name, agency_id=self.agency_id, area_id=self.area_id, role=ROLE)
