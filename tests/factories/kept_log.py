"""A log to tamper with: made as any is, read as any is, or copied whole into memory."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.keys import signing_key
from keepsight.audit.leaves import ENTRIES
from keepsight.audit.models import Act
from keepsight.audit.sequencing import SEQUENCER, Sequenced, sequence
from keepsight.audit.verifying.check import check
from keepsight.audit.verifying.database import DatabaseLog, open_log
from keepsight.audit.verifying.findings import Verdict
from keepsight.audit.verifying.log import UNPLACED, Row, StoredCheckpoint, StoredTile
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.logged import EVENTS
from keepsight.engines.paths import var
from keepsight.engines.roles import read_credentials
from keepsight.identity.actions import register_subjects
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.checkpoints import Signed, read_note
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, make_world

SOURCES = {each.name: each for each in (ENTRIES, EVENTS)}
DAY = datetime(2026, 1, 1, 12, tzinfo=LONDON)


def write_entries(count: int, first: int = 0) -> None:
    """So many sights, each of something else."""
    notes = [
        Note(act=Act.SEE, what=f"timeline {number}", where="child", detail={"row": number})
        for number in range(first, first + count)
    ]
    record(by=TESTER, notes=notes)


def write_events(agency: Agency, count: int) -> None:
    """So many missing episodes of one made-up child."""
    with acting_as("batch"):
        lock_agency(by=TESTER, agency=agency)
        subject = register_subjects(by=TESTER, agency=agency, keys=["one"], received=DAY)["one"]
        events = [
            NewEvent(
                subject_record_id=subject,
                source_key=f"missing|{number}",
                occurred=DAY - timedelta(days=number),
                content=MissingEpisode(category="missing", missing_from="“a\tb\\c”"),
                row=f"line {number}",
            )
            for number in range(count)
        ]
        record_events(by=TESTER, agency=agency, events=events, received=DAY)


def place(*, sign: bool = True) -> Sequenced:
    """One step of the sequencer."""
    with acting_as("batch"):
        done = sequence(by=SEQUENCER, sign=sign)
    assert done is not None
    return done


def write_a_log() -> None:
    """640 entries and 60 events in two full tiles and a part of one, with three checkpoints."""
    police = make_world().agencies[AgencyKind.POLICE]
    write_entries(250)
    place()
    write_events(police, 60)
    place()
    write_entries(380, first=250)
    place(sign=False)
    write_entries(10, first=630)
    place()


@contextmanager
def opened() -> Iterator[DatabaseLog]:
    """The log in the database."""
    credentials = read_credentials(var() / "database")
    assert credentials is not None
    with open_log(credentials, list(SOURCES.values())) as log:
        yield log


def checked(*witnessed: Signed) -> Verdict:
    """What the check of the log in the database comes to."""
    with opened() as log:
        return check(log, [signing_key().verifier], [("a witness", each) for each in witnessed])


def last_signed(log: DatabaseLog) -> Signed:
    """The checkpoint that a witness would have kept now."""
    return read_note(log.checkpoints()[-1].note)


@dataclass
class KeptLog:
    """A whole log in memory: the words of each row, and what is stored of the tree."""

    words: dict[tuple[str, str], bytes]
    leaves: list[tuple[str, str, bytes]]
    stored: dict[int, list[StoredTile]]
    signed: list[StoredCheckpoint]
    inbox: dict[tuple[str, str], bytes] = field(default_factory=dict)
    places: list[int] | None = None
    """The places of the leaves, where they are not simply one after the other."""

    @classmethod
    def copy(cls) -> "KeptLog":
        """All that is in the database, each row in its own words."""
        raw = [replace(each, own=lambda words: (words, "")) for each in SOURCES.values()]
        credentials = read_credentials(var() / "database")
        assert credentials is not None
        with open_log(credentials, raw) as log:
            rows = list(log.rows())
            return cls(
                words={(row.source, row.ref): row.own for row in rows},
                leaves=[(row.source, row.ref, row.leaf) for row in rows],
                stored={0: list(log.tiles(0))},
                signed=log.checkpoints(),
            )

    def another(self) -> "KeptLog":
        """A copy that can be changed."""
        return replace(
            self,
            words=dict(self.words),
            leaves=list(self.leaves),
            stored={level: list(tiles) for level, tiles in self.stored.items()},
            signed=list(self.signed),
            inbox=dict(self.inbox),
        )

    def rows(self) -> Iterator[Row]:
        seen = set()
        places = range(len(self.leaves)) if self.places is None else self.places
        for index, (source, ref, leaf) in sorted(zip(places, self.leaves, strict=True)):
            seen.add((source, ref))
            yield Row(index, source, ref, leaf, *self._own(source, ref))
        for source, ref in sorted(self.words.keys() - seen):
            yield Row(UNPLACED, source, ref, b"", *self._own(source, ref))

    def _own(self, source: str, ref: str) -> tuple[bytes, str]:
        return SOURCES[source].own(self.words.get((source, ref), b"\\N"))

    def tiles(self, level: int) -> Iterator[StoredTile]:
        return iter(self.stored.get(level, []))

    def checkpoints(self) -> list[StoredCheckpoint]:
        return self.signed

    def waiting(self) -> Mapping[tuple[str, str], bytes]:
        return self.inbox

    def erased(self) -> Set[tuple[str, str]]:
        return frozenset()

    def title(self, source: str) -> str:
        return SOURCES[source].title

    def check(self, *witnessed: Signed) -> Verdict:
        kept: Sequence[tuple[str, Signed]] = [("a witness", each) for each in witnessed]
        return check(self, [signing_key().verifier], kept)
