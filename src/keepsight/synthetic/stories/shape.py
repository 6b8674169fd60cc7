"""What a shape of exploitation is: a table of beats, and who may live it."""

from dataclasses import dataclass
from enum import StrEnum

from keepsight.synthetic.life.missing import DECLINED, HELD, LATE, NONE
from keepsight.synthetic.stories.beats import Beat
from keepsight.synthetic.stories.naming import CRIMINAL, SEXUAL


class Form(StrEnum):
    """What the child is exploited for."""

    SEXUAL = "sexual"
    CRIMINAL = "criminal"
    BOTH = "sexual and criminal"
    LABOUR = "labour"


class By(StrEnum):
    """By whom."""

    GROUP = "a group of adults"
    ONE_ADULT = "one adult"
    PEERS = "peers"
    ONLINE = "somebody online"
    FAMILY = "a relative"


Interviews = tuple[tuple[str, float], ...]

GOOD: Interviews = ((HELD, 0.6), (LATE, 0.2), (DECLINED, 0.2))
MIXED: Interviews = ((HELD, 0.3), (LATE, 0.25), (DECLINED, 0.25), (NONE, 0.2))
POOR: Interviews = ((HELD, 0.1), (LATE, 0.2), (DECLINED, 0.3), (NONE, 0.4))

NOTHING_SAID = ("Said little about where the night was spent.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way in which exploitation unfolds in records, over so many `weeks`.

    `girls` is the share of girls among the children who live it; boys live every shape too.
    `in_care`, `disabled`, `unaccompanied` and `crossed_border` are asked of the child where they
    are true. `children` is how many children one network has. `seen` is how likely each agency is
    to see what the signs mean (0 for shapes that no agency suspects).
    """

    key: str
    title: str
    form: Form
    by: By
    weeks: tuple[int, int]
    ages: tuple[int, int]
    girls: float
    beats: tuple[Beat, ...]
    seen: float
    interviews: Interviews = MIXED
    said: tuple[str, ...] = NOTHING_SAID
    children: tuple[int, int] = (1, 1)
    in_care: bool = False
    disabled: bool = False
    unaccompanied: bool = False
    crossed_border: bool = False
    weight: float = 1.0

    @property
    def concern(self) -> str:
        """What a notice of the police calls it."""
        return SEXUAL if self.form in (Form.SEXUAL, Form.BOTH) else CRIMINAL
