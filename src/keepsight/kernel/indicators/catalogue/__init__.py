"""The indicators in use: one concern a file, every number in it named, dated and sourced."""

from keepsight.kernel.indicators.catalogue.absence_and_emergency import ABSENCE_AND_EMERGENCY
from keepsight.kernel.indicators.catalogue.absent_on_one_weekday import ABSENT_ON_ONE_WEEKDAY
from keepsight.kernel.indicators.catalogue.absent_while_missing import ABSENT_WHILE_MISSING
from keepsight.kernel.indicators.catalogue.lateness_changes import LATENESS_CHANGES
from keepsight.kernel.indicators.catalogue.left_and_not_arrived import LEFT_AND_NOT_ARRIVED
from keepsight.kernel.indicators.catalogue.looked_after_moved_and_missing import (
    LOOKED_AFTER_MOVED_AND_MISSING,
)
from keepsight.kernel.indicators.catalogue.off_every_roll_with_other_signs import (
    OFF_EVERY_ROLL_WITH_OTHER_SIGNS,
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
from keepsight.kernel.indicators.catalogue.seen_during_absence import SEEN_DURING_ABSENCE
from keepsight.kernel.indicators.indicator import Indicator

CATALOGUE: tuple[Indicator, ...] = (
    SCHOOL_ABSENCE_WITH_OTHER_SIGNS,
    REPEAT_MISSING,
    RETURNS_WITHOUT_INTERVIEW,
    REPEAT_EMERGENCY_ATTENDANCE_WITH_CONCERN,
    LOOKED_AFTER_MOVED_AND_MISSING,
    ABSENT_WHILE_MISSING,
    SEEN_DURING_ABSENCE,
    ABSENCE_AND_EMERGENCY,
    ABSENT_ON_ONE_WEEKDAY,
    LATENESS_CHANGES,
    OFF_EVERY_ROLL_WITH_OTHER_SIGNS,
    LEFT_AND_NOT_ARRIVED,
)
