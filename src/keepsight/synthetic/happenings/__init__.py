"""What happens to children and what agencies do about it, before anybody has written it down.

Times are local and carry no zone; persons are rows of the district's `People`.
"""

from keepsight.synthetic.happenings.community import (
    CharityReport,
    HomeEntry,
    HousingCall,
    YouthJusticeContact,
)
from keepsight.synthetic.happenings.education import (
    EXCLUDED_FOR,
    ROLL_CHANGES,
    AbsencePattern,
    Exclusion,
    RollChange,
    SchoolConcern,
)
from keepsight.synthetic.happenings.everything import Happenings
from keepsight.synthetic.happenings.health import (
    CLINIC,
    ED,
    SEXUAL_HEALTH_CLINIC,
    Appointment,
    HealthFlag,
    Visit,
)
from keepsight.synthetic.happenings.missing import Missing, ReturnInterview
from keepsight.synthetic.happenings.police import Crime, Notice, Sighting
from keepsight.synthetic.happenings.social_care import (
    Assessment,
    Case,
    Contact,
    EarlyHelp,
    Enquiry,
    Placement,
    ProtectionPlan,
)

__all__ = [
    "CLINIC",
    "ED",
    "EXCLUDED_FOR",
    "ROLL_CHANGES",
    "SEXUAL_HEALTH_CLINIC",
    "AbsencePattern",
    "Appointment",
    "Assessment",
    "Case",
    "CharityReport",
    "Contact",
    "Crime",
    "EarlyHelp",
    "Enquiry",
    "Exclusion",
    "Happenings",
    "HealthFlag",
    "HomeEntry",
    "HousingCall",
    "Missing",
    "Notice",
    "Placement",
    "ProtectionPlan",
    "ReturnInterview",
    "RollChange",
    "SchoolConcern",
    "Sighting",
    "Visit",
    "YouthJusticeContact",
]
