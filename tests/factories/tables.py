"""A table of a system that Keepsight does not know: the log of a children’s home."""

HEADING = (
    "Log No,Child Ref,First Name,Family Name,Born,NHS No,PostCode,Type,Left At,Came Back,"
    "Went From,Notes"
)
ADA = "C1,Ada,Example,04/05/2012,943 476 5919,ZZ99 3VZ"
BO = "C2,Bo,Example,14/06/2011,987 654 3210,ZZ99 3VZ"
LINES = (
    f"L1,{ADA},Missing,01/02/2026 21:00,02/02/2026 07:00,Kitchen,With friends",
    f"L2,{ADA},Away,13/02/2026 21:00,,Garden,Was late",
    f"L3,{BO},Missing,04/02/2026 21:00,,Kitchen,",
)


def home_log(*lines: str) -> bytes:
    """The file, with these lines or the usual three."""
    return "\r\n".join([HEADING, *(lines or LINES), ""]).encode()
