"""Who sends feeds, which cohorts each may send, and by which laws: the tables of `kernel.feeds`."""

from dataclasses import dataclass

from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind
from keepsight.kernel.vocabulary.code_sets import Mark

REGISTERS = frozenset({"daily_register", "school_census", "ctf"})
"""Formats that list every pupil of a school."""

EVERY = ("all", "known", "existence")
CAREFUL = ("known", "existence", "all")
CLOSE = ("known", "existence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What feeds of one kind of agency may bring. The first cohort of `may` is the usual one.

    `vouches` says that its records make a child known to others: it works with the children of
    whom it sends, rather than with every child.
    """

    title: str
    may: tuple[str, ...]
    vouches: bool
    health: bool = False
    register: bool = False
    because: str
    mark: Mark = "M"


REGISTER = Sender(
    title="A school’s register or roll",
    may=EVERY,
    vouches=False,
    register=True,
    because="A register is of every pupil, by a law of its own; it may be all where that carries.",
)
HEALTH = Sender(
    title="Health services",
    may=CAREFUL,
    vouches=False,
    health=True,
    because="Every child is somebody’s patient. Health content about all is never the default.",
)
CLOSELY_HELD = Sender(
    title="Sexual health, sexual assault centres, mental health, refuges",
    may=CLOSE,
    vouches=False,
    health=True,
    because="That such a record exists is content in itself, so it never makes a child known.",
)
TARGETED = Sender(
    title="Social care, police, youth justice, housing, homes, charities, other school records",
    may=EVERY,
    vouches=True,
    because="They send of children with whom they work or about whom they have a concern.",
)
SENDERS = (TARGETED, REGISTER, HEALTH, CLOSELY_HELD)


def sender_of(kind: AgencyKind, source: str) -> Sender:
    """The row of the table for a feed of this kind of agency and format."""
    if kind in CONFIDENTIAL_AGENCIES:
        return CLOSELY_HELD
    if kind is AgencyKind.HEALTH:
        return HEALTH
    return REGISTER if source in REGISTERS else TARGETED


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A law by which a feed may be sent, and whether it carries a register of every pupil."""

    citation: str
    allows: str
    whole_register: bool = False
    mark: Mark = "M"


GATEWAYS: tuple[Gateway, ...] = (
    Gateway(
        citation="School Attendance (Pupil Registration) (England) Regulations 2024",
        allows="Attendance registers, to the Secretary of State and the local authority",
        whole_register=True,
    ),
    Gateway(
        citation="Education Act 1996, section 537A",
        allows="Information about individual pupils",
        whole_register=True,
    ),
    Gateway(
        citation="Education (Pupil Information) (England) Regulations 2005",
        allows="A pupil’s file, from one school to the next",
        whole_register=True,
    ),
    Gateway(
        citation="Education Act 1996, section 436A",
        allows="Finding children who receive no education",
        whole_register=True,
    ),
    Gateway(
        citation="Children Act 2004, sections 10 and 11",
        allows="Co-operation to improve well-being, and the duty to safeguard",
    ),
    Gateway(
        citation="Children Act 2004, section 16LA",
        allows="What is considered relevant to safeguarding a child, not yet in force",
    ),
    Gateway(
        citation="Children Act 1989, section 47",
        allows="Enquiries about a child, and help with them",
    ),
    Gateway(
        citation="Children Act 1989, sections 17 and 27",
        allows="Services for children in need, and help between authorities",
        mark="V2",
    ),
    Gateway(
        citation="Common-law policing purpose",
        allows="Disclosure by the police for a policing purpose",
    ),
    Gateway(
        citation="Crime and Disorder Act 1998, section 115",
        allows="Disclosure to relevant authorities for the purposes of the Act",
    ),
    Gateway(
        citation="Children's Homes (England) Regulations 2015",
        allows="Records and notices of a children’s home",
    ),
    Gateway(
        citation="School Discipline (Pupil Exclusions and Reviews)",
        allows="Notice of suspensions and exclusions",
    ),
)
"""Laws under which feeds are sent. Another may be named: it then carries no whole register."""


def gateway_of(stated: str) -> Gateway | None:
    """The row that what was stated begins with, if any."""
    plain = stated.strip().replace("’", "'").casefold()
    return next((each for each in GATEWAYS if plain.startswith(each.citation.casefold())), None)
