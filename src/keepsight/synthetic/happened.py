"""What happened in one district, without who is exploited: all that agencies can know of."""

from dataclasses import dataclass

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools.rolls import Enrolments


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A district after the period. `people` are its children, and after them those who left it.

    `homes` is how many children's homes there are.
    """

    district: District
    period: Period
    people: People
    homes: int
    enrolments: Enrolments
    happenings: Happenings
