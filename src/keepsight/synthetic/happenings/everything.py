"""All that happens in a district, by kind."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date

from keepsight.synthetic.happenings.community import (
    CharityReport,
    HomeEntry,
    HousingCall,
    YouthJusticeContact,
)
from keepsight.synthetic.happenings.education import (
    AbsencePattern,
    Exclusion,
    RollChange,
    SchoolConcern,
)
from keepsight.synthetic.happenings.health import Appointment, HealthFlag, Visit
from keepsight.synthetic.happenings.missing import Missing, ReturnInterview
from keepsight.synthetic.happenings.police import Crime, Notice, Sighting
from keepsight.synthetic.happenings.social_care import (
    Case,
    Contact,
    EarlyHelp,
    Placement,
)


@dataclass(slots=True, kw_only=True)
class Happenings:
    """Everything that happens in a district, by kind. Each record has `person` and `day`."""

    missing: list[Missing] = field(default_factory=list)
    interviews: list[ReturnInterview] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    health_flags: list[HealthFlag] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    early_help: list[EarlyHelp] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    absence: list[AbsencePattern] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    roll_changes: list[RollChange] = field(default_factory=list)
    concerns: list[SchoolConcern] = field(default_factory=list)
    crimes: list[Crime] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    youth_justice: list[YouthJusticeContact] = field(default_factory=list)
    home_entries: list[HomeEntry] = field(default_factory=list)
    charity_reports: list[CharityReport] = field(default_factory=list)
    housing_calls: list[HousingCall] = field(default_factory=list)

    def add(self, other: "Happenings") -> None:
        for kind in fields(self):
            getattr(self, kind.name).extend(getattr(other, kind.name))

    def keep(self, wanted: Callable[[int, date], bool]) -> None:
        """Forget what happened to a person on a day that is not wanted."""
        for kind in fields(self):
            records = getattr(self, kind.name)
            records[:] = [record for record in records if wanted(record.person, record.day)]
