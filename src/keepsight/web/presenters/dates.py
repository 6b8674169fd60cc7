"""Days and moments in words, as GOV.UK writes them, in London time."""

from datetime import date, datetime, timedelta

from keepsight.kernel.calendar import LONDON


def day(when: date | datetime | None) -> str:
    """“3 March 2026”; nothing for no day."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = when.astimezone(LONDON).date()
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime | None) -> str:
    """“3 March 2026 at 4:15pm”; midnight and midday are named."""
    if when is None:
        return ""
    local = when.astimezone(LONDON)
    return f"{day(local)} at {_time(local)}"


def _time(local: datetime) -> str:
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def span(start: datetime, end: datetime | None, day_only: bool) -> str:
    """When something happened: one moment, or from one to another; days where only days known."""
    in_words = day if day_only else moment
    if end is None or in_words(end) == in_words(start):
        return in_words(start)
    if day(start) == day(end):
        return f"{moment(start)} to {_time(end.astimezone(LONDON))}"
    return f"{in_words(start)} to {in_words(end)}"


def limit(when: datetime) -> str:
    """When a clock begins or runs out: midnight and the day's last minute mean the day."""
    local = when.astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        return day(local)
    return f"the end of {day(local)}" if (local.hour, local.minute) == (23, 59) else moment(local)


def week_of(monday: date) -> str:
    """“2 to 6 March 2026”: a school week by its Monday."""
    friday = monday + timedelta(days=4)
    if monday.month == friday.month:
        return f"{monday.day} to {day(friday)}"
    start = f"{monday.day} {monday:%B}" if monday.year == friday.year else day(monday)
    return f"{start} to {day(friday)}"


def month(first: date) -> str:
    """“March 2026”."""
    return f"{first:%B %Y}"


def said(number: int | None) -> str:
    """A count of a table, or “c” where it is too small to say."""
    return "c" if number is None else f"{number:,}"


def days(number: int) -> str:
    """“1 day”, “3 days”."""
    return counted(number, "day")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun; GOV.UK writes every number but “one” in figures."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
