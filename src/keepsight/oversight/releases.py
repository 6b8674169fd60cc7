"""What an area's analysts may read: made by night, once a month, with small numbers suppressed.

A release is made once a month and not every night, because two tables of neighbouring nights would
tell by their difference what each keeps unsaid.
"""

import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Max, Min

from keepsight.access.clock import now
from keepsight.agencies.models import Area
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.detection.models import AlertMet
from keepsight.identity.models import Link
from keepsight.kernel.statistics.releases import Likeness, age_band, pseudonym, released
from keepsight.kernel.statistics.small_numbers import SmallNumber, threshold_on
from keepsight.kernel.statistics.suppression import Shown, suppressed
from keepsight.oversight.models import Release, ReleasedChild, ReleasedCount

Met = dict[uuid.UUID, dict[str, date]]
"""By child and indicator, the month in which it was first met."""


@action
def write_releases(*, by: Actor, as_of: date) -> int:
    """Make the release of this month for every area that has none yet; returns how many."""
    month = as_of.replace(day=1)
    made = set(Release.objects.filter(month=month).values_list("area_id", flat=True))
    small = threshold_on(as_of)
    areas = list(Area.objects.exclude(pk__in=made).exclude(key="unassigned"))
    for area in areas:
        _release(area, month, as_of, small)
    if areas:
        said = f"{len(areas)} releases for analysts, {month:%Y-%m}"
        record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return len(areas)


def _release(area: Area, month: date, as_of: date, small: SmallNumber) -> None:
    met = _met(area)
    indicators = sorted({name for each in met.values() for name in each})
    months = sorted({first for each in met.values() for first in each.values()})
    counts = [
        [sum(each.get(name) == first for each in met.values()) for first in months]
        for name in indicators
    ]
    shown = suppressed(counts, small)
    totals = {name: shown[n][-1] for n, name in enumerate(indicators)}
    rows = _rows(met, as_of)
    kept = released(rows, totals, small)
    release = Release.objects.create(
        area=area,
        month=month,
        as_of=as_of,
        least=small.least,
        children_left_out=len(kept) < len(rows),
        recorded=now(),
    )
    ReleasedCount.objects.bulk_create(_cells(release, indicators, months, shown))
    ReleasedChild.objects.bulk_create(_children(release, kept), batch_size=1000)


def _met(area: Area) -> Met:
    """Every child of the area with an alert, and when each indicator was first met."""
    found: Met = defaultdict(dict)
    alerts = AlertMet.objects.filter(area=area).values("child_id", "indicator")
    for each in alerts.annotate(first=Min("first_met")):
        found[each["child_id"]][each["indicator"]] = each["first"].replace(day=1)
    return found


def _rows(met: Met, as_of: date) -> dict[uuid.UUID, Likeness]:
    links = Link.objects.filter(child_id__in=list(met), recorded_until=None)
    latest = links.values("child_id").annotate(born=Max("subject_record__date_of_birth"))
    born = {each["child_id"]: each["born"] for each in latest}
    return {
        child: Likeness(age_band=age_band(born.get(child), as_of), indicators=tuple(sorted(each)))
        for child, each in met.items()
    }


def _cells(
    release: Release, indicators: list[str], months: list[date], shown: Shown
) -> Iterator[ReleasedCount]:
    """The table with its totals last; a suppressed cell has no value."""
    for name, row in zip([*indicators, ""], shown, strict=bool(shown)):
        for first, value in zip([*months, None], row, strict=True):
            yield ReleasedCount(
                release=release,
                area_id=release.area_id,
                indicator=name,
                month=first,
                value=value,
            )


def _children(release: Release, kept: Mapping[uuid.UUID, Likeness]) -> list[ReleasedChild]:
    """In the order of their pseudonyms. The key is not kept: nobody can follow one back."""
    key = secrets.token_bytes(32)
    rows = [
        ReleasedChild(
            release=release,
            area_id=release.area_id,
            pseudonym=pseudonym(child, key),
            age_band=likeness.age_band,
            indicators=list(likeness.indicators),
        )
        for child, likeness in kept.items()
    ]
    return sorted(rows, key=lambda row: row.pseudonym)
