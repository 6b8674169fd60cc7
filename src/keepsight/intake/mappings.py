"""Mappings of an agency’s own, kept with the feeds that they read; a version is never changed."""

from typing import Any

from keepsight.access.clock import now
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.actions.governing import add_feed
from keepsight.chronology.models import Feed
from keepsight.intake.mapping_file import checked, feed_key_for, key_for
from keepsight.intake.models import FeedMapping


@action
def keep_mapping(*, by: Actor, agency: Agency, key: str, mapping: dict[str, Any]) -> FeedMapping:
    """Keep the next version of a mapping. Raises `MappingError` for one that cannot work."""
    checked(mapping)
    latest = FeedMapping.objects.filter(agency=agency, key=key).order_by("-version").first()
    kept: FeedMapping = FeedMapping.objects.create(
        agency=agency,
        area_id=agency.area_id,
        key=key,
        version=latest.version + 1 if latest else 1,
        mapping=mapping,
        made=now(),
        made_by=by.name,
    )
    said = f"mapping {key} of {agency.key}, version {kept.version}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return kept


@action
def make_mapped_feed(
    *, by: Viewer, title: str, mapping: dict[str, Any], rhythm_days: int | None = None
) -> Feed:
    """Keep a mapping and make the feed that is read by it, switched off until it is governed.

    Raises `FeedRefused` where there is one of that name, and `MappingError`.
    """
    agency = Agency.objects.get(pk=by.agency_id)
    key = key_for(title)
    keep_mapping(by=by.actor, agency=agency, key=key, mapping=mapping | {"name": key})
    return add_feed(
        by=by.actor,
        key=feed_key_for(agency.key, title),
        title=title,
        agency_id=agency.pk,
        source=key,
        rhythm_days=rhythm_days,
    )


def mapping_of(feed: Feed) -> dict[str, Any] | None:
    """The latest version of the mapping that a feed is read by; none where its format is ours."""
    found = (
        FeedMapping.objects.filter(key=feed.source, agency_id=feed.agency_id)
        .order_by("-version")
        .values_list("mapping", flat=True)
        .first()
    )
    return dict(found) if found else None


def mapping_keys_of(agency: Agency) -> list[str]:
    """The mappings of an agency, by name."""
    rows = FeedMapping.objects.filter(agency=agency).order_by("key")
    return list(rows.values_list("key", flat=True).distinct())
