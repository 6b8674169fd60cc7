"""How an agency reads a sign: as what it is, as something else, or not at all."""

from typing import Protocol

from keepsight.synthetic.stories.naming import CONCERN
from keepsight.synthetic.stories.teller import Teller

Window = tuple[float, float]
"""When in a story, as shares of its length."""
Misread = tuple[str, str] | None
"""What an agency that sees no further writes: heading and text, each empty for the same."""


class Beat(Protocol):
    """One thing that happens in a storyline, and becomes a record of one agency or of several."""

    @property
    def at(self) -> Window:
        """The window of the story in which it happens."""

    def tell(self, teller: Teller) -> None:
        """Add what happens to the teller's happenings."""


def read(
    teller: Teller, agency: str, heading: str, text: str, suspects: bool, misread: Misread
) -> tuple[str, str] | None:
    """Heading and text as the agency writes them; nothing where it writes nothing.

    An agency that sees what the sign means says so in the heading; one that is mistaken puts the
    same heading above what it sees.
    """
    if not suspects:
        return heading, teller.say(text)
    if teller.sees(agency):
        return CONCERN, teller.say(text)
    if misread is None:
        return None
    other, said = misread
    heading = CONCERN if agency in teller.mistaken else other or heading
    return heading, teller.say(said or text)
