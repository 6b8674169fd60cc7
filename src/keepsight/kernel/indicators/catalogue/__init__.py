"""The indicators in use: one concern a file, every number in it named, dated and sourced."""

from keepsight.kernel.indicators.catalogue.absence_and_emergency import ABSENCE_AND_EMERGENCY
from keepsight.kernel.indicators.catalogue.absent_on_one_weekday import ABSENT_ON_ONE_WEEKDAY
from keepsight.kernel.indicators.catalogue.absent_while_missing import ABSENT_WHILE_MISSING
from keepsight.kernel.indicators.catalogue.associate_shared import ASSOCIATE_SHARED
from keepsight.kernel.indicators.catalogue.belongings_and_absence import BELONGINGS_AND_ABSENCE
from keepsight.kernel.indicators.catalogue.concern_named_and_unheard import (
    CONCERN_NAMED_AND_UNHEARD,
)
from keepsight.kernel.indicators.catalogue.contact_shared import CONTACT_SHARED
from keepsight.kernel.indicators.catalogue.excluded_and_suspected import EXCLUDED_AND_SUSPECTED
from keepsight.kernel.indicators.catalogue.excluded_then_missing import EXCLUDED_THEN_MISSING
from keepsight.kernel.indicators.catalogue.found_with_somebody import FOUND_WITH_SOMEBODY
from keepsight.kernel.indicators.catalogue.harm_held_as_in_need import HARM_HELD_AS_IN_NEED
from keepsight.kernel.indicators.catalogue.interviews_declined import INTERVIEWS_DECLINED
from keepsight.kernel.indicators.catalogue.known_to_four_agencies_assessed_by_none import (
    KNOWN_TO_FOUR_AGENCIES_ASSESSED_BY_NONE,
)
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
from keepsight.kernel.indicators.catalogue.not_brought_with_other_signs import (
    NOT_BROUGHT_WITH_OTHER_SIGNS,
)
from keepsight.kernel.indicators.catalogue.notice_without_referral import NOTICE_WITHOUT_REFERRAL
from keepsight.kernel.indicators.catalogue.off_every_roll_with_other_signs import (
    OFF_EVERY_ROLL_WITH_OTHER_SIGNS,
)
from keepsight.kernel.indicators.catalogue.online_concern_and_missing import (
    ONLINE_CONCERN_AND_MISSING,
)
from keepsight.kernel.indicators.catalogue.place_shared import PLACE_SHARED
from keepsight.kernel.indicators.catalogue.referral_without_decision import (
    REFERRAL_WITHOUT_DECISION,
)
from keepsight.kernel.indicators.catalogue.referred_again_after_no_action import (
    REFERRED_AGAIN_AFTER_NO_ACTION,
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
from keepsight.kernel.indicators.catalogue.seen_at_many_places import SEEN_AT_MANY_PLACES
from keepsight.kernel.indicators.catalogue.seen_during_absence import SEEN_DURING_ABSENCE
from keepsight.kernel.indicators.catalogue.seen_with_other_signs import SEEN_WITH_OTHER_SIGNS
from keepsight.kernel.indicators.catalogue.self_harm_with_other_signs import (
    SELF_HARM_WITH_OTHER_SIGNS,
)
from keepsight.kernel.indicators.catalogue.signs_at_two_agencies import SIGNS_AT_TWO_AGENCIES
from keepsight.kernel.indicators.catalogue.silence_after_concern import SILENCE_AFTER_CONCERN
from keepsight.kernel.indicators.catalogue.strangers_at_home import STRANGERS_AT_HOME
from keepsight.kernel.indicators.catalogue.suspected_again_and_away import SUSPECTED_AGAIN_AND_AWAY
from keepsight.kernel.indicators.catalogue.suspected_of_supply_and_missing import (
    SUSPECTED_OF_SUPPLY_AND_MISSING,
)
from keepsight.kernel.indicators.catalogue.vehicle_shared import VEHICLE_SHARED
from keepsight.kernel.indicators.catalogue.victim_flagged_without_strategy import (
    VICTIM_FLAGGED_WITHOUT_STRATEGY,
)
from keepsight.kernel.indicators.catalogue.victim_with_other_signs import VICTIM_WITH_OTHER_SIGNS
from keepsight.kernel.indicators.catalogue.victim_withdrew_and_concern_since import (
    VICTIM_WITHDREW_AND_CONCERN_SINCE,
)
from keepsight.kernel.indicators.catalogue.voluntary_report_unheard import VOLUNTARY_REPORT_UNHEARD
from keepsight.kernel.indicators.catalogue.youth_justice_and_missing import (
    YOUTH_JUSTICE_AND_MISSING,
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
    VICTIM_FLAGGED_WITHOUT_STRATEGY,
    VICTIM_WITHDREW_AND_CONCERN_SINCE,
    NOTICE_WITHOUT_REFERRAL,
    REFERRAL_WITHOUT_DECISION,
    REFERRED_AGAIN_AFTER_NO_ACTION,
    KNOWN_TO_FOUR_AGENCIES_ASSESSED_BY_NONE,
    HARM_HELD_AS_IN_NEED,
    SEEN_AT_MANY_PLACES,
    NOT_BROUGHT_WITH_OTHER_SIGNS,
    SILENCE_AFTER_CONCERN,
    STRANGERS_AT_HOME,
    YOUTH_JUSTICE_AND_MISSING,
    SELF_HARM_WITH_OTHER_SIGNS,
    VOLUNTARY_REPORT_UNHEARD,
    VEHICLE_SHARED,
    PLACE_SHARED,
    CONTACT_SHARED,
    ASSOCIATE_SHARED,
    SIGNS_AT_TWO_AGENCIES,
    CONCERN_NAMED_AND_UNHEARD,
    FOUND_WITH_SOMEBODY,
    SUSPECTED_AGAIN_AND_AWAY,
    VICTIM_WITH_OTHER_SIGNS,
    SEEN_WITH_OTHER_SIGNS,
)
