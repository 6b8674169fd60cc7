"""How an agency reads a sign: as what it is, as something else, or not at all."""

from typing import Protocol

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
) -> tuple[str, str, bool] | None:
    """Heading and text as the agency writes them, and whether it thinks of exploitation.

    Nothing where it writes nothing.
    """
    if not suspects or teller.sees(agency):
        return heading, teller.say(text), suspects
    if misread is None:
        return None
    other, said = misread
    return other or heading, teller.say(said or text), False
