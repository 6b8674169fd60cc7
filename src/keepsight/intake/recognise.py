"""Which source a file is for, told from its first bytes."""

from keepsight.intake.files import refuse_unreadable
from keepsight.intake.readers.csv import MOST_COLUMNS, heading
from keepsight.intake.readers.workbook import begins_like_one
from keepsight.intake.rows import LeftFormat, Source, UnknownFormat
from keepsight.intake.sources.annex_a import AnnexA
from keepsight.intake.sources.charity_reports import SOURCE as CHARITY_REPORTS
from keepsight.intake.sources.cin import CINCensus
from keepsight.intake.sources.cme import SOURCE as CME
from keepsight.intake.sources.csc_daily import CSCDaily
from keepsight.intake.sources.ctf import CommonTransferFile
from keepsight.intake.sources.daily_register import DailyRegister
from keepsight.intake.sources.exclusions import SOURCE as EXCLUSIONS
from keepsight.intake.sources.fhir import FHIR
from keepsight.intake.sources.front_door import SOURCE as FRONT_DOOR
from keepsight.intake.sources.home_log import SOURCE as HOME_LOG
from keepsight.intake.sources.housing_calls import SOURCE as HOUSING_CALLS
from keepsight.intake.sources.mais_person import MAISPerson
from keepsight.intake.sources.police_crimes import SOURCE as POLICE_CRIMES
from keepsight.intake.sources.police_missing import SOURCE as POLICE_MISSING
from keepsight.intake.sources.police_notices import SOURCE as POLICE_NOTICES
from keepsight.intake.sources.police_sightings import SOURCE as POLICE_SIGHTINGS
from keepsight.intake.sources.return_interviews import SOURCE as RETURN_INTERVIEWS
from keepsight.intake.sources.school_census import SchoolCensus
from keepsight.intake.sources.school_concerns import SOURCE as SCHOOL_CONCERNS
from keepsight.intake.sources.single_online_home import SingleOnlineHome
from keepsight.intake.sources.ssda903 import SSDA903
from keepsight.intake.sources.youth_justice import SOURCE as YOUTH_JUSTICE
from keepsight.kernel.formats import school_census

ANNEX_A = AnnexA()
SOURCES: tuple[Source, ...] = (
    CINCensus(),
    SSDA903(),
    SchoolCensus(),
    DailyRegister(),
    FHIR(),
    POLICE_MISSING,
    POLICE_CRIMES,
    POLICE_SIGHTINGS,
    POLICE_NOTICES,
    SingleOnlineHome(),
    YOUTH_JUSTICE,
    HOME_LOG,
    HOUSING_CALLS,
    RETURN_INTERVIEWS,
    EXCLUSIONS,
    SCHOOL_CONCERNS,
    CME,
    FRONT_DOOR,
    ANNEX_A,
    CommonTransferFile(),
    CSCDaily(),
    CHARITY_REPORTS,
    MAISPerson(),
)


def formats_taken() -> str:
    """The formats, for a message."""
    return "; ".join(source.title for source in SOURCES)


def source_for(filename: str, head: bytes) -> Source:
    """The source that takes a file; raises `FileRefused`, naming what Keepsight takes, or why it
    leaves what it knows.

    A workbook is Annex A by its first bytes: what it holds is looked at where it is read
    (`workbooks`).
    """
    if begins_like_one(head):
        return ANNEX_A
    refuse_unreadable(head)
    for source in SOURCES:
        if source.recognises(filename, head):
            return source
    names = heading(head)
    for table, why in school_census.LEFT.items():
        if table.has_heading(names):
            raise LeftFormat(f"“{filename}” is {table.title}, which Keepsight leaves: {why}.")
    raise UnknownFormat(f"“{filename}” {_what_it_is(head)}. Keepsight takes: {formats_taken()}.")


def _what_it_is(head: bytes) -> str:
    if b"<!DOCTYPE" in head:
        return "declares a document type and entities, which Keepsight never reads"
    columns = len(heading(head))
    if columns > MOST_COLUMNS:
        return f"has {columns} columns, more than any table that Keepsight takes"
    return "is not in a format that Keepsight takes"
