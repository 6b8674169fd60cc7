"""What time it is: the machine's, or in a demo the day that the demo stands on."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from keepsight.kernel.calendar import LONDON


def now() -> datetime:
    """This moment, aware."""
    if settings.KEEPSIGHT_TODAY:
        return datetime.combine(settings.KEEPSIGHT_TODAY, time(12), tzinfo=LONDON)
    return timezone.now()


def today() -> date:
    """The day in London."""
    return now().astimezone(LONDON).date()
