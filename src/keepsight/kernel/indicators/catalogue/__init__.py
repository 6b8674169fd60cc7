"""The indicators in use: one concern a file, every number in it named, dated and sourced."""

from keepsight.kernel.indicators.catalogue.absence_and_emergency import ABSENCE_AND_EMERGENCY
from keepsight.kernel.indicators.catalogue.absent_on_one_weekday import ABSENT_ON_ONE_WEEKDAY
from keepsight.kernel.indicators.catalogue.absent_while_missing import ABSENT_WHILE_MISSING
from keepsight.kernel.indicators.catalogue.belongings_and_absence import BELONGINGS_AND_ABSENCE
from keepsight.kernel.indicators.catalogue.excluded_and_suspected import EXCLUDED_AND_SUSPECTED
from keepsight.kernel.indicators.catalogue.excluded_then_missing import EXCLUDED_THEN_MISSING
from keepsight.kernel.indicators.catalogue.interviews_declined import INTERVIEWS_DECLINED
from keepsight.kernel.indicators.catalogue.lateness_changes import LATENESS_CHANGES
from keepsight.kernel.indicators.catalogue.left_and_not_arrived import LEFT_AND_NOT_ARRIVED
from keepsight.kernel.indicators.catalogue.looked_after_moved_and_missing import (
    LOOKED_AFTER_MOVED_AND_MISSING,
)
from keepsight.kernel.indicators.catalogue.missing_and_assaulted import MISSING_AND_ASSAULTED
from keepsight.kernel.indicators.catalogue.missing_and_treated_singly import (
    MISSING_AND_TREATED_SINGLY,
)
from keepsight.kernel.indicators.catalogue.missing_more_often import MISSING_MORE_OFTEN
from keepsight.kernel.indicators.catalogue.off_every_roll_with_other_signs import (
    OFF_EVERY_ROLL_WITH_OTHER_SIGNS,
)
from keepsight.kernel.indicators.catalogue.online_concern_and_missing import (
    ONLINE_CONCERN_AND_MISSING,
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
from keepsight.kernel.indicators.catalogue.suspected_of_supply_and_missing import (
    SUSPECTED_OF_SUPPLY_AND_MISSING,
)
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
    EXCLUDED_THEN_MISSING,
    EXCLUDED_AND_SUSPECTED,
    BELONGINGS_AND_ABSENCE,
    ONLINE_CONCERN_AND_MISSING,
    INTERVIEWS_DECLINED,
    MISSING_MORE_OFTEN,
    MISSING_AND_TREATED_SINGLY,
    MISSING_AND_ASSAULTED,
    SUSPECTED_OF_SUPPLY_AND_MISSING,
)
