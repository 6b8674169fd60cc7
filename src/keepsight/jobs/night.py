"""The nightly pass: link, purge, detect, read clocks, count, look at who looked, keep the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from keepsight.access.clock import today
from keepsight.agencies.actions import close_dormant
from keepsight.audit.actor import system
from keepsight.audit.sequencing import sequence_all
from keepsight.casework.clocks import Reckoned, reckon_obligations
from keepsight.chronology.actions.arriving import forget_drained
from keepsight.chronology.actions.erasing import Purged, purge_outside_cohorts
from keepsight.chronology.actions.weighing import weigh_feeds
from keepsight.detection.actions import Night, detect
from keepsight.detection.forgetting import forget_dismissed
from keepsight.identity.linking import Linked, link_records
from keepsight.intake.purging import purge_quarantine
from keepsight.jobs.arrival import drain
from keepsight.oversight.actions import write_figures
from keepsight.oversight.releases import write_releases
from keepsight.oversight.snooping import find_signs

NIGHT = system("nightly pass")
ARRIVED_FOR = timedelta(days=1)
"""How long it is remembered that something was worked out as it came."""


@dataclass(frozen=True, slots=True)
class NightDone:
    """What a nightly pass did."""

    linked: Linked
    detected: Night
    reckoned: Reckoned
    figures: int
    closed: int
    snooping: int
    purged: Purged
    emptied: int


def run_night(
    *, folder: Path, replayed: bool = False, progress: Callable[[str], None] = lambda step: None
) -> NightDone:
    """One pass over everything, each step a transaction of its own, so that it can be repeated."""
    progress("Linking records")
    linked = link_records(by=NIGHT, replayed=replayed)
    progress("Purging what may not stay")
    purged = purge_outside_cohorts(by=NIGHT)
    emptied = purge_quarantine(by=NIGHT)
    weigh_feeds(by=NIGHT)
    progress("Taking up what arrived")
    while drain():
        continue
    progress("Looking for signs")
    detected = detect(by=NIGHT, folder=folder)
    forget_dismissed(by=NIGHT, day=today())
    progress("Reading the clocks")
    reckoned = reckon_obligations(by=NIGHT)
    forget_drained(by=NIGHT, before=timezone.now() - ARRIVED_FOR)
    progress("Counting")
    figures = write_figures(by=NIGHT, findings=detected.findings, as_of=today())
    write_releases(by=NIGHT, as_of=today())
    progress("Closing dormant accounts")
    closed = close_dormant(by=NIGHT, now=timezone.now())
    progress("Looking at who looked")
    snooping = find_signs(by=NIGHT, now=timezone.now())
    progress("Placing what was written in the log")
    sequence_all(by=NIGHT)
    return NightDone(linked, detected, reckoned, figures, closed, snooping, purged, emptied)
