"""Legal holds that stand: for the nightly role, which alone may read them."""

from keepsight.chronology.models import LegalHold


def standing_holds() -> list[LegalHold]:
    """Every hold that was not lifted, the oldest first."""
    return list(LegalHold.objects.filter(lifted=None).order_by("placed", "pk"))
