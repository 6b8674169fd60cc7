"""The links at the top of every page, by what the viewer does."""

from django.urls import reverse

from keepsight.access.viewer import Viewer
from keepsight.kernel.roles import Role

WORKLIST = ("worklist", "Worklist")
CHILDREN = ("children", "Children")
FEEDS = ("feeds", "Feeds")
AREA = ("own-area", "Area and action plan")

BY_ROLE = {
    Role.SOCIAL_WORKER: (WORKLIST, CHILDREN, AREA),
    Role.PRACTITIONER: (WORKLIST, CHILDREN),
    Role.DATA_OFFICER: (FEEDS,),
    Role.PARTNERSHIP_LEAD: (AREA,),
    Role.INSPECTOR: (WORKLIST, AREA),
}
"""The pages that each role starts from."""


def for_viewer(viewer: Viewer | None, path: str) -> list[dict[str, object]]:
    """The navigation of one viewer; the page that is open is marked."""
    if viewer is None:
        return []
    links = [(reverse(name), text) for name, text in BY_ROLE[viewer.role]]
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
    return BY_ROLE[viewer.role][0][0]
