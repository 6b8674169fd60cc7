"""`keepsight ingest`: files and folders, with progress, to a feed or to “unassigned”."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from keepsight.agencies.actions import register_agency, register_area
from keepsight.audit.actor import system
from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.governing import hold_unassigned
from keepsight.chronology.actions.weighing import weigh_feeds
from keepsight.chronology.models import Feed
from keepsight.chronology.queries import feed_by_key, feed_keys
from keepsight.cli.errors import Unusable
from keepsight.cli.report import outcome_as_data, print_outcomes, say
from keepsight.intake.actions import Outcome, take_in
from keepsight.intake.files import open_files
from keepsight.intake.reading.reader import Reader
from keepsight.intake.recognise import formats_taken, source_for
from keepsight.intake.rows import FileRefused, LeftFormat, UnknownFormat
from keepsight.kernel.vocabulary.agencies import AgencyKind

LOADER = system("bulk load")
HEAD = 65_536

KIND_OF_SOURCE = {
    "cin": AgencyKind.CHILDRENS_SOCIAL_CARE,
    "ssda903": AgencyKind.CHILDRENS_SOCIAL_CARE,
    "school_census": AgencyKind.SCHOOL,
    "daily_register": AgencyKind.SCHOOL,
    "fhir": AgencyKind.HEALTH,
    "police_missing": AgencyKind.POLICE,
    "return_interviews": AgencyKind.VOLUNTARY,
    "exclusions": AgencyKind.SCHOOL,
    "school_concerns": AgencyKind.SCHOOL,
    "cme": AgencyKind.CHILDRENS_SOCIAL_CARE,
    "front_door": AgencyKind.CHILDRENS_SOCIAL_CARE,
    "annex_a": AgencyKind.CHILDRENS_SOCIAL_CARE,
    "ctf": AgencyKind.SCHOOL,
    "csc_daily": AgencyKind.CHILDRENS_SOCIAL_CARE,
    "police_crimes": AgencyKind.POLICE,
    "police_sightings": AgencyKind.POLICE,
    "police_notices": AgencyKind.POLICE,
    "single_online_home": AgencyKind.POLICE,
    "youth_justice": AgencyKind.YOUTH_JUSTICE,
    "home_log": AgencyKind.CHILDRENS_HOME,
    "housing_calls": AgencyKind.HOUSING,
    "charity_reports": AgencyKind.VOLUNTARY,
    "mais_person": AgencyKind.CHILDRENS_SOCIAL_CARE,
}


@dataclass
class Ingested:
    """What became of the files that were named.

    `left` are in no format that is taken; `knowingly` says why of those that are known and left.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    knowingly: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def ingest(
    paths: Sequence[Path], *, feed_key: str, received: datetime | None, as_json: bool = False
) -> list[Outcome]:
    """Take in every file; say what became of each; files of no known format are named too."""
    if received is not None and not settings.KEEPSIGHT_DEMO:
        raise Unusable("Only a demo (KEEPSIGHT_DEMO=1) may receive a file as if on another day.")
    files = list(_files(paths))
    if not files:
        raise Unusable(f"There is no file at {', '.join(str(path) for path in paths)}.")
    done = _take_in(files, feed_key, received, Console(stderr=as_json))
    (_say_as_json if as_json else _say)(done)
    failed = any(outcome.refusal for outcome in done.outcomes)
    if done.refused or not done.outcomes or failed:
        raise Unusable("Not every file could be taken in: see above what each one needs.")
    return done.outcomes


def _take_in(
    files: Sequence[Path], feed_key: str, received: datetime | None, console: Console
) -> Ingested:
    done, feeds = Ingested(), {}
    with _progress(console) as progress, Reader() as reader:
        bar = progress.add_task("Taking in", total=len(files))
        for path in files:
            progress.update(bar, description=path.name)
            try:
                feed = _feed(feed_key, path)
                feeds[feed.pk] = feed
                done.outcomes += take_in(
                    by=LOADER, feed=feed, path=path, reader=reader, received=received
                )
            except LeftFormat as left:
                done.knowingly.append(str(left))
            except UnknownFormat:
                done.left.append(path.name)
            except FileRefused as refusal:
                done.refused.append((path.name, str(refusal)))
            progress.advance(bar)
    weigh_feeds(by=LOADER, feeds=list(feeds.values()))
    return done


def _say(done: Ingested) -> None:
    console = Console()
    print_outcomes(console, done.outcomes)
    for name, why in done.refused:
        say(console, f"{name}: refused. {why}")
    for why in done.knowingly:
        say(console, why)
    if done.left:
        say(
            console,
            f"Not taken in, being in no format that Keepsight takes: {', '.join(done.left)}.",
        )
        say(console, f"Keepsight takes: {formats_taken()}.")


def _say_as_json(done: Ingested) -> None:
    files = [outcome_as_data(each) for each in done.outcomes]
    files += [{"file": name, "refused": why} for name, why in done.refused]
    data = {"files": files, "not_taken": done.left, "left": done.knowingly}
    text = json.dumps(data, ensure_ascii=False, indent=2)
    Console().print(text, markup=False, highlight=False, soft_wrap=True)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file())
        elif path.exists():
            yield path
        else:
            raise Unusable(f"There is no file or folder {path}.")


def _feed(key: str, path: Path) -> Feed:
    if not key:
        return _unassigned(path)
    feed = feed_by_key(key)
    if feed is None:
        known = ", ".join(feed_keys()) or "none yet"
        raise Unusable(f"There is no feed “{key}”. The feeds are: {known}.")
    return feed


def _unassigned(path: Path) -> Feed:
    """A feed of an agency that nobody works at: kept whole until it is assigned."""
    with path.open("rb") as stream:
        name, first = next(iter(open_files(path.name, stream)))
        first.seek(0)
        source = source_for(name, first.read(HEAD))
    area = register_area(by=LOADER, key="unassigned", name="Unassigned")
    kind = KIND_OF_SOURCE[source.name]
    agency = register_agency(
        by=LOADER,
        key=f"unassigned-{kind.value.replace('_', '-')}",
        name=f"Unassigned: {kind.in_words}",
        kind=kind,
        area=area,
        phone="",
    )
    feed = register_feed(
        by=LOADER,
        key=f"unassigned-{source.name.replace('_', '-')}",
        title=f"{source.title} (unassigned)",
        agency=agency,
        source=source.name,
    )
    return hold_unassigned(by=LOADER, feed=feed)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:<40}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console, transient=True)
