"""An area's own settings of access."""

from django.utils import timezone

from keepsight.access.models import AreaSetting
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.looking import AreaRules


@action
def set_area(*, by: Actor, area_id: int, rules: AreaRules, because: str) -> None:
    """From now on the area has these settings; what it had before stays on record."""
    AreaSetting.objects.filter(area_id=area_id, until=None).update(until=timezone.now())
    AreaSetting.objects.create(
        area_id=area_id,
        involved_days=rules.involved_days,
        involved_may_know=rules.involved_may_know,
        reach=rules.reach.value,
        because=because,
        since=timezone.now(),
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=f"access settings of area {area_id}")])
