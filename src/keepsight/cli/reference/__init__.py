"""The reference that is made from code: one module a page, each giving its title and its text."""

from collections.abc import Callable

from keepsight.cli.reference import (
    attendance,
    checks,
    cohorts,
    county,
    duties,
    entities,
    events,
    feeds,
    house,
    indicators,
    looking,
    reports,
    roles,
    sources,
    triage,
    visibility,
)
from keepsight.cli.reference.markdown import page, table

PAGES: dict[str, tuple[str, str, Callable[[], str]]] = {
    "duties.md": (duties.TITLE, duties.ABOUT, duties.body),
    "alerts.md": (triage.TITLE, triage.ABOUT, triage.body),
    "cohorts.md": (cohorts.TITLE, cohorts.ABOUT, cohorts.body),
    "visibility.md": (visibility.TITLE, visibility.ABOUT, visibility.body),
    "roles.md": (roles.TITLE, roles.ABOUT, roles.body),
    "looking.md": (looking.TITLE, looking.ABOUT, looking.body),
    "events.md": (events.TITLE, events.ABOUT, events.body),
    "entities.md": (entities.TITLE, entities.ABOUT, entities.body),
    "attendance-codes.md": (attendance.TITLE, attendance.ABOUT, attendance.body),
    "reports.md": (reports.TITLE, reports.ABOUT, reports.body),
    "sources.md": (sources.TITLE, sources.ABOUT, sources.body),
    "checks.md": (checks.TITLE, checks.ABOUT, checks.body),
    "feeds.md": (feeds.TITLE, feeds.ABOUT, feeds.body),
    "county.md": (county.TITLE, county.ABOUT, county.body),
    "house.md": (house.TITLE, house.ABOUT, house.body),
}


def pages() -> dict[str, str]:
    """Every generated file's name and whole text, the same at every run."""
    made = {name: page(title, about, body()) for name, (title, about, body) in PAGES.items()}
    made |= indicators.pages()
    listed = {name: (title, about) for name, (title, about, _) in PAGES.items()}
    listed[indicators.INDEX] = (indicators.TITLE, indicators.ABOUT)
    rows = [(f"[{title}]({name})", about) for name, (title, about) in listed.items()]
    about = "Made from the code itself, so it cannot say other than the code does."
    made["README.md"] = page("Generated reference", about, table(("Page", "What it holds"), rows))
    return made
