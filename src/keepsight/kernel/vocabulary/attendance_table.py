"""The table that `attendance` reads: code, meaning and category, and which rules gave them."""

from datetime import date

from keepsight.kernel.vocabulary.code_sets import Mark

REGULATIONS_2024 = "SI 2024/208, regulation 10"
REGULATIONS_2006 = "SI 2006/1751, with DfE attendance guidance to 2024"
FIRST_DAY_OF_2006_RULES = date(2006, 9, 1)
LAST_DAY_OF_2006_RULES = date(2024, 8, 18)
FIRST_DAY_OF_2024_RULES = date(2024, 8, 19)

IN_FORCE: dict[str, dict[str, str]] = {
    "attending": {
        "/": "Present, morning",
        "\\": "Present, afternoon",
        "L": "Late, before the register closed",
    },
    "approved_activity": {
        "K": "At education provision that the local authority arranged",
        "V": "Educational visit or trip",
        "P": "Sporting activity",
        "W": "Work experience",
        "B": "Another approved and supervised educational activity",
    },
    "authorised": {
        "C1": "Leave for a regulated performance or employment abroad",
        "M": "Medical or dental appointment",
        "J1": "Interview for employment or another school",
        "S": "Study leave",
        "C2": "Part-time timetable",
        "C": "Leave for exceptional circumstances",
        "T": "Mobile child, with a parent travelling for work",
        "R": "Religious observance",
        "I": "Illness, physical or mental",
        "E": "Suspended or permanently excluded, with no other provision made",
    },
    "unauthorised": {
        "G": "Holiday that was not granted",
        "N": "Reason not yet established",
        "O": "Absent in other or unknown circumstances",
        "U": "Arrived after the register closed",
    },
    "not_possible": {
        "D": "Registered at two schools, and expected at the other",
        "X": "Not of compulsory school age, and not required",
        "Q": "Unable: no access arrangements",
        "Y1": "Unable: usual transport not available",
        "Y2": "Unable: widespread disruption to travel",
        "Y3": "Unable: part of the premises closed",
        "Y4": "Unable: whole site unexpectedly closed",
        "Y5": "Unable: in criminal justice detention",
        "Y6": "Unable: public health guidance or law",
        "Y7": "Unable: another unavoidable cause",
    },
    "not_collected": {
        "Z": "Prospective pupil, not yet on the roll",
        "#": "Planned closure of the whole school",
    },
}

NEW_IN_2024 = frozenset({"K", "C1", "C2", "J1", "Q", *(f"Y{n}" for n in range(1, 8))})

CHANGED_IN_2024: dict[str, tuple[str, str]] = {
    "C": ("Other authorised circumstances", "authorised"),
    "H": ("Holiday that the school granted", "authorised"),
    "J": ("Interview for employment or another school", "approved_activity"),
    "Y": ("Unable to attend because of exceptional circumstances", "not_possible"),
}
"""Codes that the 2024 rules retired (H, J, Y) or narrowed (C), as they were until then. Mark M."""

READ_IN_THE_SOURCE: dict[str, Mark] = {
    "/": "V",
    "\\": "V",
    "L": "V",
    "K": "V",
    "V": "V",
    "B": "V2",
    "N": "V2",
}
"""Rows that were read in a source; every other row is marked M."""
