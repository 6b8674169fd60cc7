"""The area's counts in plain words."""

from keepsight.oversight.queries import Unassessed
from keepsight.oversight.reading import AreaAlerts
from keepsight.web.presenters.dates import counted


def sentences(figures: Unassessed) -> tuple[str, str]:
    """One sentence about children missing from school, one about those missing from home."""
    return (
        _said("missing from school", figures.missing_from_school, figures.of_whom_several_signs),
        _said("missing from home", figures.missing_from_home, figures.of_whom_several_signs_home),
    )


def _said(where: str, missing: int | None, several: int | None) -> str:
    if missing is None:
        return f"The number of children recorded as {where} is too small to say."
    if missing == 0:
        return f"No child is recorded as {where}."
    verb = "is" if missing == 1 else "are"
    opening = f"{counted(missing, 'child', 'children')} {verb} recorded as {where}."
    if several is None:
        return f"{opening} How many of them carry several signs that nobody has assessed is c."
    if several == 0:
        return f"{opening} None of them carries several signs that nobody has assessed."
    carry = "carries" if several == 1 else "carry"
    return f"{opening} Of them, {several:,} {carry} several signs that nobody has assessed."


def about_alerts(alerts: AreaAlerts) -> list[str]:
    """What is raised beside what can be read: that it is more is said, and hides nothing."""
    said = [_raised(alerts), _waiting(alerts.waiting)]
    if alerts.weighed:
        weighed = alerts.weighed
        said.append(
            f"The catalogue would have raised {weighed.a_week:.1f} a week in all areas here, over"
            f" the {weighed.weeks} weeks to {weighed.last_week.day} {weighed.last_week:%B %Y}."
        )
    return said


def _raised(alerts: AreaAlerts) -> str:
    able = alerts.ways.readable_a_week
    if alerts.a_week is None:
        return "How many alerts began in the last four weeks is too small a number to say."
    raised = f"{alerts.a_week:.1f} alerts a week began or came back in the last four weeks"
    if able is None:
        return f"{raised}. Nobody has said how many can be read in a week."
    if alerts.a_week <= able:
        return f"{raised}: within the {able:,} that can be read."
    return (
        f"{raised}: {alerts.a_week - able:.1f} a week more than the {able:,} that can be read."
        " Nothing is hidden for it."
    )


def _waiting(waiting: int | None) -> str:
    if waiting is None:
        return "How many wait now is too small a number to say."
    return f"{counted(waiting, 'alert waits', 'alerts wait')} now."
