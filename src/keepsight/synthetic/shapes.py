"""The shapes that exploitation takes in records, as inquiries and reviews describe it.

Each is a table, not a stereotype: any child may live any of them. Wording is what a record
would say and no more.
"""

from dataclasses import dataclass

HELD, LATE, DECLINED, NONE = "in time", "late", "declined", "none"
"""What may follow a return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way in which a child's records unfold over `weeks`.

    `unexplained` is the share of days missed at its height, under `marks`. `case` says what
    children's social care did: "none" (no referral), "closed" (no further action), "waiting"
    (referral with no decision), "late conference", or "assessed" (with `factors`).
    """

    key: str
    weeks: int
    unexplained: float
    marks: tuple[str, ...]
    missing: int
    hours: tuple[int, int]
    found: tuple[str, ...]
    company: tuple[str, ...]
    visits: tuple[str, ...]
    responses: tuple[str, ...]
    case: str
    factors: tuple[str, ...] = ()
    in_care: bool = False
    sexual_health: int = 0
    left_before_seen: bool = False
    summaries: tuple[str, ...] = ("Said little about where the night was spent.",)

    @property
    def assessed(self) -> bool:
        """Whether an assessment named exploitation."""
        return bool({"11A", "24A"} & set(self.factors))


SHAPES = (
    Shape(
        key="several adults, no agency has assessed",
        weeks=18,
        unexplained=0.65,
        marks=("N", "O", "O", "U"),
        missing=6,
        hours=(9, 40),
        found=("Hotel near the ring road", "Flat of an adult", "Taxi rank", "Takeaway"),
        company=("Two adults not known to the family", "An adult who gave a first name only", ""),
        visits=("Alcohol intoxication", "Assault"),
        responses=(HELD, LATE, DECLINED, NONE),
        case="closed",
        sexual_health=3,
        left_before_seen=True,
        summaries=(
            "Was collected by car by an adult; would not say who.",
            "Has a second telephone; says that it was a present.",
        ),
    ),
    Shape(
        key="county line, assessed late",
        weeks=20,
        unexplained=0.7,
        marks=("N", "O", "E", "E"),
        missing=5,
        hours=(20, 90),
        found=("Railway station, 70 miles away", "House of an adult in another county"),
        company=("An older teenager", "An adult known to police of another force"),
        visits=("Assault", "Unexplained injury"),
        responses=(LATE, NONE, HELD),
        case="assessed",
        factors=("24A", "10A", "13A"),
        summaries=("Had cash and two telephones; said that a debt had to be worked off.",),
    ),
    Shape(
        key="in care, moved from placement to placement",
        weeks=22,
        unexplained=0.5,
        marks=("N", "O", "C2"),
        missing=9,
        hours=(6, 60),
        found=("Flat of an adult", "Bus station", "Returned by self"),
        company=("An adult who waited in a car", ""),
        visits=("Overdose", "Alcohol intoxication"),
        responses=(DECLINED, NONE, LATE, HELD),
        case="assessed",
        factors=("11A", "10A", "15A"),
        in_care=True,
        sexual_health=1,
        summaries=("Says that a friend in town can always put people up.",),
    ),
    Shape(
        key="one adult met online",
        weeks=14,
        unexplained=0.5,
        marks=("O", "U", "N"),
        missing=3,
        hours=(5, 20),
        found=("Railway station", "Retail park"),
        company=("", "An adult met online"),
        visits=("Self-harm",),
        responses=(HELD, HELD, DECLINED),
        case="late conference",
        factors=("4A", "15A"),
        summaries=("Went to meet somebody known from a game; would not show the messages.",),
    ),
    Shape(
        key="no agency suspects",
        weeks=16,
        unexplained=0.6,
        marks=("N", "O", "O"),
        missing=2,
        hours=(8, 26),
        found=("Returned by self", "Park"),
        company=("",),
        visits=("Unexplained injury", "Assault"),
        responses=(NONE,),
        case="none",
        left_before_seen=True,
    ),
    Shape(
        key="other young people, referral without a decision",
        weeks=12,
        unexplained=0.55,
        marks=("U", "O", "N"),
        missing=4,
        hours=(5, 30),
        found=("Empty house", "Home of an older friend"),
        company=("Four young people, some older", ""),
        visits=("Overdose", "Alcohol intoxication"),
        responses=(LATE, NONE),
        case="waiting",
        sexual_health=1,
        summaries=("Says that the group decides where everybody goes.",),
    ),
)
