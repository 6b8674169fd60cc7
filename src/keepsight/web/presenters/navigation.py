"""The links at the top of every page, by what the viewer does."""

from django.urls import reverse

from keepsight.access.viewer import Viewer
from keepsight.kernel.roles import Permission

PAGES = (
    (Permission.READ_WORKLIST, "worklist", "Worklist"),
    (Permission.FIND_CHILD, "children", "Children"),
    (Permission.BREAK_GLASS, "break-glass", "Emergency"),
    (Permission.READ_FEEDS, "feeds", "Feeds"),
    (Permission.READ_FEEDS, "deliveries", "Deliveries"),
    (Permission.REVIEW_LINKS, "links", "Records to compare"),
    (Permission.ANSWER_LINKS, "asked-records", "Asked of us"),
    (Permission.READ_GOVERNANCE, "governed-feeds", "What governs feeds"),
    (Permission.READ_AREA, "own-area", "Area and action plan"),
    (Permission.REVIEW_LOOKING, "looking", "Looking"),
    (Permission.READ_PSEUDONYMS, "analysis", "Analysis"),
    (Permission.KEEP_APART, "kept-apart", "Kept apart"),
    (Permission.KEEP_PEOPLE, "people", "People"),
)
"""Each page that somebody may start from, in this order, and what it takes."""

ROLE = ("your-role", "Your role")
"""For everybody, at the end."""


def _pages(viewer: Viewer) -> list[tuple[str, str]]:
    return [*((name, text) for needed, name, text in PAGES if viewer.may(needed)), ROLE]


def for_viewer(viewer: Viewer | None, path: str) -> list[dict[str, object]]:
    """The navigation of one viewer; the page that is open is marked."""
    if viewer is None:
        return []
    links = [(reverse(name), text) for name, text in _pages(viewer)]
    return [
        {
            "href": href,
            "text": text,
            "current": href == path,
            "active": href != "/" and path.startswith(href),
        }
        for href, text in links
    ]


def starting_page(viewer: Viewer) -> str:
    """Where a viewer begins after signing in."""
    return _pages(viewer)[0][0]
