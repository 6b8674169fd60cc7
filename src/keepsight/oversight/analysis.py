"""What an analyst reads: counts with small numbers suppressed, and pseudonyms. Never a child."""

from dataclasses import dataclass
from datetime import date

from keepsight.access.viewer import Viewer
from keepsight.detection.catalogue import title_of
from keepsight.kernel.roles import Permission
from keepsight.oversight.models import Release


@dataclass(frozen=True, slots=True)
class CountLine:
    """One indicator's counts, by month and in all; nothing where a count is suppressed."""

    title: str
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class PseudonymLine:
    """One child under a name that leads nowhere."""

    pseudonym: str
    age_band: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One month's release for an area."""

    month: date
    as_of: date
    least: int
    months: tuple[date, ...]
    lines: tuple[CountLine, ...]
    children_left_out: bool
    release: Release

    def children(self, *, offset: int, limit: int) -> list[PseudonymLine]:
        """The pseudonymised list, a page at a time."""
        rows = self.release.children.order_by("pseudonym")[offset : offset + limit]
        return [
            PseudonymLine(
                row.pseudonym, row.age_band, tuple(title_of(code) for code in row.indicators)
            )
            for row in rows
        ]


def latest_analysis(viewer: Viewer) -> Analysis | None:
    """The newest release for the viewer's area; the database gives it to its analysts only."""
    if not viewer.may(Permission.READ_PSEUDONYMS):
        return None
    release = Release.objects.filter(area_id=viewer.area_id).order_by("-month").first()
    if release is None:
        return None
    cells = {(each.indicator, each.month): each.value for each in release.counts.all()}
    months = sorted({month for _, month in cells if month is not None})
    names = sorted({name for name, _ in cells if name})
    return Analysis(
        month=release.month,
        as_of=release.as_of,
        least=release.least,
        months=tuple(months),
        lines=tuple(
            CountLine(
                title_of(name) if name else "All",
                tuple(cells[name, month] for month in months),
                cells[name, None],
            )
            for name in ([*names, ""] if names else [])
        ),
        children_left_out=release.children_left_out,
        release=release,
    )
