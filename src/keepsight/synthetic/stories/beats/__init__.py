"""The beats of which storylines are made."""

from keepsight.synthetic.stories.beats.community import HomeLog, Housing, Worker, YouthJustice
from keepsight.synthetic.stories.beats.council import Answer, Moved, Referral
from keepsight.synthetic.stories.beats.health import Clinic, Hospital, NotBrought
from keepsight.synthetic.stories.beats.missing import Gone
from keepsight.synthetic.stories.beats.police import Offence, PoliceNotice, Seen
from keepsight.synthetic.stories.beats.reading import Beat
from keepsight.synthetic.stories.beats.school import Absent, Log, OffRoll, Suspended

__all__ = [
    "Absent",
    "Answer",
    "Beat",
    "Clinic",
    "Gone",
    "HomeLog",
    "Hospital",
    "Housing",
    "Log",
    "Moved",
    "NotBrought",
    "OffRoll",
    "Offence",
    "PoliceNotice",
    "Referral",
    "Seen",
    "Suspended",
    "Worker",
    "YouthJustice",
]
