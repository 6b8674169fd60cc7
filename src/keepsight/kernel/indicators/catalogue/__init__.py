"""The indicators in use: one concern a file, every number in it named, dated and sourced."""

from keepsight.kernel.indicators.catalogue.looked_after_moved_and_missing import (
    LOOKED_AFTER_MOVED_AND_MISSING,
)
from keepsight.kernel.indicators.catalogue.repeat_emergency_attendance_with_concern import (
    REPEAT_EMERGENCY_ATTENDANCE_WITH_CONCERN,
)
from keepsight.kernel.indicators.catalogue.repeat_missing import REPEAT_MISSING
from keepsight.kernel.indicators.catalogue.returns_without_interview import (
    RETURNS_WITHOUT_INTERVIEW,
)
from keepsight.kernel.indicators.catalogue.school_absence_with_other_signs import (
    SCHOOL_ABSENCE_WITH_OTHER_SIGNS,
)
from keepsight.kernel.indicators.indicator import Indicator

CATALOGUE: tuple[Indicator, ...] = (
    SCHOOL_ABSENCE_WITH_OTHER_SIGNS,
    REPEAT_MISSING,
    RETURNS_WITHOUT_INTERVIEW,
    REPEAT_EMERGENCY_ATTENDANCE_WITH_CONCERN,
    LOOKED_AFTER_MOVED_AND_MISSING,
)
