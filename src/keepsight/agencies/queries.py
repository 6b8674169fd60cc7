"""Who takes part. None of this is about a child."""

from keepsight.agencies.models import Agency, Area, Person


def agencies_of(area_id: int) -> list[Agency]:
    """Every agency of an area, by name."""
    return list(Agency.objects.filter(area_id=area_id).order_by("name"))


def area_of(area_id: int) -> Area | None:
    """One area, or nothing."""
    return Area.objects.filter(pk=area_id).first()


def areas() -> list[Area]:
    """Every area, by name."""
    return list(Area.objects.order_by("name"))


def agency_by_key(key: str) -> Agency | None:
    """One agency by its key."""
    return Agency.objects.select_related("area").filter(key=key).first()


def agency_keys() -> list[str]:
    """The keys of all agencies, for messages that say what there is."""
    return list(Agency.objects.order_by("key").values_list("key", flat=True))


def person_by_email(email: str) -> Person | None:
    """Somebody who may sign in."""
    return Person.objects.filter(email__iexact=email, is_active=True).first()
