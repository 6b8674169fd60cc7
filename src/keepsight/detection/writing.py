"""Alerts brought in line with what the rules find: they begin, go on, come back and end.

A child has one alert in force for each concern. What is found joins it. An alert that ended goes on
where nothing is found but what met it before, with what was decided of it; so the same evidence
never raises a second one. Anything new after that begins another.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection

from keepsight.access.clock import now
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.detection.catalogue import indicator_in
from keepsight.detection.models import Alert, AlertEvidence, AlertMet
from keepsight.engines.indicators import ChildFinding
from keepsight.kernel.indicators.triage import Decision, comes_back
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Standing

AREA_FROM = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.SCHOOL,
    AgencyKind.VOLUNTARY,
    AgencyKind.HEALTH,
    AgencyKind.POLICE,
)
"""Whose area a child is taken to live in, in order: the council's before the school's."""

AREAS = """
SELECT DISTINCT ON (l.child_id) l.child_id, l.area_id
FROM identity_link l JOIN agencies_agency a ON a.id = l.agency_id
WHERE l.recorded_until IS NULL AND l.child_id = ANY(%s)
ORDER BY l.child_id, array_position(%s::text[], a.kind::text) NULLS LAST,
  coalesce(l.first_held, l.recorded_from)"""

FIRST_KNOWN = """
SELECT child_id, min(subject_record_id) FROM identity_link
WHERE recorded_until IS NULL AND child_id = ANY(%s) GROUP BY child_id"""

APART = timedelta(microseconds=1)
"""Alerts of one night are read in the order in which they began."""

Key = tuple[uuid.UUID, str]
"""A child and a concern."""

Found = Mapping[str, ChildFinding]
"""What was found of one child for one concern, by the indicator’s code."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many alerts began, came back to be read, and are no longer met."""

    begun: int
    returned: int
    ended: int

    @property
    def changed(self) -> bool:
        return bool(self.begun or self.returned or self.ended)


@dataclass(slots=True)
class _Standing:
    """An alert as it stands, with the events and indicators that met it so far."""

    alert: Alert
    cited: set[tuple[str, str]] = field(default_factory=set)
    met: dict[str, AlertMet] = field(default_factory=dict)

    @property
    def refs(self) -> set[str]:
        return {ref for _, ref in self.cited}


@action
def lock_alerts(*, by: Actor) -> None:
    """One writer of alerts at a time: the night, or a worker with one child."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(45)")


@action
def write_alerts(
    *,
    by: Actor,
    met: Sequence[ChildFinding],
    day: date,
    child_id: uuid.UUID | None = None,
    but: Collection[uuid.UUID] = (),
) -> Written:
    """Begin, keep, bring back and end alerts of one child, or of all but some."""
    found = _by_concern(met, but)
    standing = _standing(found, child_id, but)
    ended = _end({key: held for key, held in standing.items() if key not in found}, day)
    goes_on = {
        key: held for key, held in standing.items() if key in found and _continues(held, found[key])
    }
    returned = sum(_join(held, found[key], day) for key, held in goes_on.items())
    begun = _begin([key for key in found if key not in goes_on], found, day)
    written = goes_on | begun
    _save(goes_on.values())
    _note(written, found, day)
    return Written(len(begun), returned, ended)


def _by_concern(
    met: Iterable[ChildFinding], but: Collection[uuid.UUID]
) -> dict[Key, dict[str, ChildFinding]]:
    found: dict[Key, dict[str, ChildFinding]] = defaultdict(dict)
    for each in met:
        child = uuid.UUID(each.child_id)
        if child not in but:
            concern = indicator_in(each.code, each.version).concern.value
            found[child, concern][each.code] = each
    return found


def _standing(
    found: Mapping[Key, Found], child_id: uuid.UUID | None, but: Collection[uuid.UUID]
) -> dict[Key, _Standing]:
    """The alerts in force, and for what is found without one the last that ended."""
    held = Alert.objects.filter(no_longer_met=None)
    ended = Alert.objects.filter(
        child_id__in={child for child, _ in found}, no_longer_met__isnull=False
    )
    if child_id is not None:
        held = held.filter(child_id=child_id)
    by_key = {(each.child_id, each.concern): each for each in ended.order_by("recorded", "pk")}
    by_key = {key: each for key, each in by_key.items() if key in found}
    by_key |= {(each.child_id, each.concern): each for each in held if each.child_id not in but}
    standing = {each.pk: _Standing(each) for each in by_key.values()}
    whose = [each.pk for key, each in by_key.items() if key in found]
    cited = AlertEvidence.objects.filter(alert_id__in=whose)
    for alert, code, ref in cited.values_list("alert_id", "indicator", "event_ref"):
        standing[alert].cited.add((code, ref))
    for each in AlertMet.objects.filter(alert_id__in=list(standing)):
        standing[each.alert_id].met[each.indicator] = each
    return {key: standing[each.pk] for key, each in by_key.items()}


def _continues(held: _Standing, found: Found) -> bool:
    """One in force goes on; one that ended only where everything found met it before."""
    return held.alert.no_longer_met is None or _refs(found) <= held.refs


def _end(gone: Mapping[Key, _Standing], day: date) -> int:
    ending = [held.alert.pk for held in gone.values() if held.alert.no_longer_met is None]
    Alert.objects.filter(pk__in=ending).update(no_longer_met=day)
    AlertMet.objects.filter(alert_id__in=ending, no_longer_met=None).update(no_longer_met=day)
    return len(ending)


def _join(held: _Standing, found: Found, day: date) -> bool:
    """What is found joins an alert; says whether it comes back to be read."""
    alert = held.alert
    alert.no_longer_met, alert.last_met = None, day
    alert.harm = _means_harm(found)
    if alert.state != Alert.State.DECIDED:
        return False
    back = comes_back(
        Decision(alert.decision),
        new_evidence=not _refs(found) <= held.refs,
        new_indicators=found.keys() - held.met.keys(),
        until=alert.until,
        day=day,
    )
    if back:
        alert.state, alert.waiting_since, alert.until = Alert.State.TO_READ, day, None
    return back


def _begin(keys: Iterable[Key], found: Mapping[Key, Found], day: date) -> dict[Key, _Standing]:
    ordered = _in_order(list(keys))
    areas = _areas([child for child, _ in ordered])
    moment = now()
    begun = [
        _new(key, areas[key[0]], found[key], day, moment + place * APART)
        for place, key in enumerate(ordered)
    ]
    Alert.objects.bulk_create(begun, batch_size=1000)
    return {key: _Standing(alert) for key, alert in zip(ordered, begun, strict=True)}


def _new(key: Key, area_id: int, found: Found, day: date, moment: datetime) -> Alert:
    return Alert(
        child_id=key[0],
        area_id=area_id,
        concern=key[1],
        harm=_means_harm(found),
        first_met=day,
        last_met=day,
        waiting_since=day,
        recorded=moment,
    )


def _save(changed: Iterable[_Standing]) -> None:
    names = ["no_longer_met", "last_met", "harm", "state", "waiting_since", "until"]
    Alert.objects.bulk_update([held.alert for held in changed], names, batch_size=500)


def _note(written: Mapping[Key, _Standing], found: Mapping[Key, Found], day: date) -> None:
    """Write which indicators are met, no longer met, and by which events."""
    begun, changed, evidence = [], [], []
    for key, held in written.items():
        for code, each in found[key].items():
            whose = {"alert": held.alert, "child_id": key[0], "area_id": held.alert.area_id}
            if code not in held.met:
                begun.append(AlertMet(**whose, indicator=code, version=each.version,
                                      first_met=day, last_met=day))  # fmt: skip
            evidence += [
                AlertEvidence(**whose, indicator=code, event_ref=ref, noted=day)
                for ref in each.evidence
                if (code, ref) not in held.cited
            ]
        changed += list(_met_again(held, found[key], day))
    AlertMet.objects.bulk_create(begun, batch_size=2000)
    AlertMet.objects.bulk_update(changed, ["version", "last_met", "no_longer_met"], batch_size=500)
    AlertEvidence.objects.bulk_create(evidence, batch_size=2000, ignore_conflicts=True)


def _met_again(held: _Standing, found: Found, day: date) -> Iterable[AlertMet]:
    for code, met in held.met.items():
        if code in found:
            met.version, met.last_met, met.no_longer_met = found[code].version, day, None
            yield met
        elif met.no_longer_met is None:
            met.no_longer_met = day
            yield met


def _refs(found: Found) -> set[str]:
    return {ref for each in found.values() for ref in each.evidence}


def _means_harm(found: Found) -> bool:
    return any(
        indicator_in(each.code, each.version).standing is Standing.HARM for each in found.values()
    )


def _in_order(keys: Collection[Key]) -> list[Key]:
    """A child’s alerts together, whoever was known of first before others: no other order."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_KNOWN, [[child for child, _ in keys]])
        known = dict(cursor.fetchall())
    return sorted(keys, key=lambda key: (known.get(key[0], 0), key[1]))


def _areas(children: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(AREAS, [list(children), [kind.value for kind in AREA_FROM]])
        return dict(cursor.fetchall())
