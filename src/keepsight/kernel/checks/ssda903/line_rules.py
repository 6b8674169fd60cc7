"""One line by itself: values that cannot stand beside each other, and days out of order."""

from collections.abc import Iterable
from datetime import date

from keepsight.kernel.checks import pupil_numbers
from keepsight.kernel.checks.conditions import (
    after_year,
    all_of,
    before,
    given,
    has,
    missing,
    none_of,
    outside_year,
    same_day,
    where,
)
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Fault
from keepsight.kernel.checks.ssda903.table import aged, of_age, rule
from keepsight.kernel.checks.year import ReturnYear, years_on
from keepsight.kernel.vocabulary.ssda903_more_codes import UPN_NOT_KNOWN

_CORRECT = "Correct whichever is wrong."


def _pupil_number(header: Record, year: ReturnYear) -> Iterable[Fault]:
    text = header.text("UPN")
    if text is None:
        yield Fault("UPN", detail="It is empty.")
    elif text not in UPN_NOT_KNOWN:
        for _, why in pupil_numbers.faults(text, year.year, made_up=True):
            yield Fault("UPN", detail=why)


def _too_old_for_un1(header: Record, year: ReturnYear) -> Iterable[Fault]:
    if has("UPN", "UN1")(header) and of_age(header.day("DOB"), year.ends, 6):
        yield Fault("UPN")


def _mother_not_said(header: Record, year: ReturnYear) -> Iterable[Fault]:
    girl = has("SEX", "F", "2")(header) and of_age(header.day("DOB"), year.ends, 12)
    if girl and header.text("MOTHER") is None and header.each("episodes"):
        yield Fault("MOTHER")


def _young_mother(header: Record, year: ReturnYear) -> Iterable[Fault]:
    born = header.day("DOB")
    if has("MOTHER", "1")(header) and born and year.begins and years_on(born, 11) > year.begins:
        yield Fault("MOTHER")


_BOY = has("SEX", "M", "1")
_MOTHER = has("MOTHER", "1")

HEADER_RULES = (
    rule("KS120", "header", "The UPN is missing or cannot be right.",
         "Give the UPN, or UN1 to UN6 for why it is not known.", "UPN", breaks=_pupil_number),
    rule("KS121", "header", "UN1 is for a child too young for school.",
         "Give the UPN, or another reason.", "UPN", query=True, breaks=_too_old_for_un1),
    rule("KS122", "header", "The child is born after the year of the return.", _CORRECT, "DOB",
         breaks=after_year("DOB")),
    rule("393", "header", "A girl of 12 or more is looked after, and MOTHER is empty.",
         "Give 1 if she is a mother, else 0.", "MOTHER", breaks=_mother_not_said),
    rule("611", "header", "The child is a mother, and her child’s day of birth is missing.",
         "Give MC_DOB.", "MC_DOB", breaks=missing("MC_DOB", when=_MOTHER)),
    rule("KS123", "header", "Her child’s day of birth is given, and she is no mother.",
         "Write MOTHER 1, or take MC_DOB out.", "MC_DOB", query=True,
         breaks=given("MC_DOB", when=none_of(_MOTHER))),
    rule("621", "header", "The mother is not older than her child.", _CORRECT, "MC_DOB", "DOB",
         breaks=before("MC_DOB", "DOB", same_day=True)),
    rule("620", "header", "The mother is under 11.", _CORRECT, "MOTHER", "DOB",
         breaks=_young_mother),
    rule("174", "header", "A boy has the day of birth of a mother’s child.", _CORRECT, "MC_DOB",
         "SEX", breaks=given("MC_DOB", when=_BOY)),
    rule("KS124", "header", "A boy is said to be a mother.", _CORRECT, "MOTHER", "SEX",
         breaks=where(all_of(_BOY, _MOTHER), "MOTHER")),
)  # fmt: skip

_FOSTERED = ("U1", "U2", "U3", "U4", "U5", "U6")
_ADOPTED = has("REC", "E11", "E12")
_FIRST, _LAST_FREEING, _FIRST_PLACEMENT = date(1991, 10, 14), date(2005, 12, 31), date(2005, 12, 1)


def _starts_before(day: date, record: Record) -> bool:
    began = record.day("DECOM")
    return began is not None and began < day


def _starts_after(day: date, record: Record) -> bool:
    began = record.day("DECOM")
    return began is not None and began > day


EPISODE_RULES = (
    rule("356", "episodes", "The episode ended before it began.", _CORRECT, "DEC", "DECOM",
         breaks=before("DEC", "DECOM")),
    rule("355", "episodes", "The episode ended on the day on which it began.",
         "Leave out what lasted less than a day.", "DEC", breaks=same_day("DEC", "DECOM")),
    rule("353", "episodes", "The episode began before 14 October 1991.", _CORRECT, "DECOM",
         breaks=where(lambda e: _starts_before(_FIRST, e), "DECOM")),
    rule("KS130", "episodes", "The episode began after the year of the return.",
         "Correct it, or leave the episode out.", "DECOM", breaks=after_year("DECOM")),
    rule("KS131", "episodes", "The episode ended outside the year of the return.",
         "Leave out an episode from before the year, and an end that came after.", "DEC",
         breaks=outside_year("DEC")),
    rule("KS132", "episodes", "The episode has an end and no reason for it.", "Give REC.", "REC",
         breaks=missing("REC", when=has("DEC"))),
    rule("KS133", "episodes", "The episode has a reason for its end and no end.",
         "Give DEC, or take REC out.", "DEC", breaks=missing("DEC", when=has("REC"))),
    rule("KS134", "episodes", "The episode began before the child was born.", _CORRECT, "DECOM",
         breaks=before("DECOM", "DOB")),
    rule("KS135", "episodes", "The episode began on or after the child’s 18th birthday.",
         "Correct the day, or leave the episode out.", "DECOM", query=True,
         breaks=where(aged("DECOM", least=18), "DECOM")),
    rule("KS136", "episodes", "A reason for changing the placement is given, and the episode did "
         "not end by one.", "Take REASON_PLACE_CHANGE out, or give REC X1.", "REASON_PLACE_CHANGE",
         breaks=given("REASON_PLACE_CHANGE", when=none_of(has("REC", "X1")))),
    rule("445", "episodes", "Freeing orders (D1) ended in 2005.", "Give E1, or another status.",
         "LS", "DECOM",
         breaks=where(lambda e: has("LS", "D1")(e) and _starts_after(_LAST_FREEING, e), "LS")),
    rule("446", "episodes", "Placement orders (E1) began in December 2005.", _CORRECT, "LS",
         "DECOM",
         breaks=where(lambda e: has("LS", "E1")(e) and _starts_before(_FIRST_PLACEMENT, e), "LS")),
    rule("366", "episodes", "A child cannot move within one short break (V3).", "Give RNE S.",
         "RNE", breaks=where(all_of(has("LS", "V3"), has("RNE"), none_of(has("RNE", "S"))), "RNE")),
    rule("528", "episodes", "Another authority (PR2) cannot provide this placement.", _CORRECT,
         "PLACE_PROVIDER", "PLACE",
         breaks=where(all_of(has("PLACE", "P1", "R2", "R5"), has("PLACE_PROVIDER", "PR2")),
                      "PLACE_PROVIDER")),
    rule("530", "episodes", "A private provider (PR4) cannot be the child’s parents.", _CORRECT,
         "PLACE_PROVIDER", "PLACE",
         breaks=where(all_of(has("PLACE", "P1"), has("PLACE_PROVIDER", "PR4")), "PLACE_PROVIDER")),
    rule("531", "episodes", "A voluntary provider (PR5) cannot be the child’s parents.", _CORRECT,
         "PLACE_PROVIDER", "PLACE",
         breaks=where(all_of(has("PLACE", "P1"), has("PLACE_PROVIDER", "PR5")), "PLACE_PROVIDER")),
    rule("KS137", "episodes", "Parents (PR0) provide only a placement with parents (P1), and only "
         "they do.", _CORRECT, "PLACE_PROVIDER", "PLACE",
         breaks=where(lambda e: has("PLACE")(e) and has("PLACE_PROVIDER", "PR0", "PR1", "PR3")(e)
                      and has("PLACE", "P1")(e) != has("PLACE_PROVIDER", "PR0")(e),
                      "PLACE_PROVIDER")),
    rule("KS138", "episodes", "A child who is accommodated by agreement (V2) lives with its "
         "parents.", _CORRECT, "PLACE", "LS", query=True,
         breaks=where(all_of(has("PLACE", "P1"), has("LS", "V2")), "PLACE")),
    rule("KS139", "episodes", "A placement for adoption under an order (A5, A6) needs E1 or D1.",
         _CORRECT, "LS", "PLACE",
         breaks=where(all_of(has("PLACE", "A5", "A6"), has("LS"), none_of(has("LS", "E1", "D1"))),
                      "LS")),
    rule("516", "episodes", "Former foster carers became guardians (E45, E46), and the child was "
         "not with foster carers.", _CORRECT, "REC", "PLACE",
         breaks=where(all_of(has("REC", "E45", "E46"), has("PLACE"),
                             none_of(has("PLACE", *_FOSTERED))), "REC")),
    rule("386", "episodes", "The child was adopted at 18 or more.", _CORRECT, "REC", "DEC",
         breaks=where(all_of(_ADOPTED, aged("DEC", least=18)), "REC")),
    rule("KS140", "episodes", "The child was adopted, and was not placed for adoption.", _CORRECT,
         "REC", "PLACE", query=True,
         breaks=where(all_of(_ADOPTED, has("PLACE"), none_of(has("PLACE", "A3", "A4", "A5", "A6"))),
                      "REC")),
    rule("KS141", "episodes", "The child left for independent or adult living, and is under 16.",
         _CORRECT, "REC", "DEC",
         breaks=where(all_of(has("REC", "E5", "E6", "E7"), aged("DEC", under=16)), "REC")),
    rule("KS142", "episodes", "The child stayed with the carers at 18 (E17), and is under 18.",
         _CORRECT, "REC", "DEC",
         breaks=where(all_of(has("REC", "E17"), aged("DEC", under=18)), "REC")),
    rule("KS143", "episodes", "A child under 10 has a status of criminal law (J).", _CORRECT, "LS",
         breaks=where(all_of(has("LS", "J1", "J2", "J3"), aged("DECOM", under=10)), "LS")),
)  # fmt: skip

REVIEW_RULES = (
    rule("440", "reviews", "PN0 is for a child under four, and the child was older.", _CORRECT,
         "REVIEW_CODE", "REVIEW",
         breaks=where(all_of(has("REVIEW_CODE", "PN0"), aged("REVIEW", least=4)), "REVIEW_CODE")),
    rule("KS144", "reviews", "The child was under four, and the code is for an older child.",
         "Give PN0.", "REVIEW_CODE",
         breaks=where(all_of(has("REVIEW_CODE"), none_of(has("REVIEW_CODE", "PN0")),
                             aged("REVIEW", under=4)), "REVIEW_CODE")),
    rule("KS145", "reviews", "The review is outside the year of the return.",
         "Correct it, or leave the review out.", "REVIEW", breaks=outside_year("REVIEW")),
)  # fmt: skip

MISSING_RULES = (
    rule("564", "missing", "The child was missing or away, and no start is given.",
         "Give MIS_START.", "MIS_START",
         breaks=missing("MIS_START", when=has("MISSING"))),
    rule("565", "missing", "A start is given, and not whether the child was missing or away.",
         "Give M or A.", "MISSING", breaks=missing("MISSING", when=has("MIS_START"))),
    rule("566", "missing", "An end is given, and not whether the child was missing or away.",
         "Give M or A.", "MISSING", breaks=missing("MISSING", when=has("MIS_END"))),
    rule("KS146", "missing", "The line says nothing.", "Give MISSING and MIS_START, or take the "
         "line out.", "MISSING", breaks=missing("MISSING", when=none_of(has("MIS_START"),
                                                                        has("MIS_END")))),
    rule("567", "missing", "The child was found before going missing.", _CORRECT, "MIS_END",
         "MIS_START", breaks=before("MIS_END", "MIS_START")),
    rule("570", "missing", "The child went missing after the year of the return.",
         "Correct it, or leave the line out.", "MIS_START",
         breaks=after_year("MIS_START")),
    rule("571", "missing", "The child was found outside the year of the return.",
         "Leave out what ended before the year, and an end that came after.", "MIS_END",
         breaks=outside_year("MIS_END")),
    rule("586", "missing", "The child went missing before being born.", _CORRECT, "MIS_START",
         "DOB", breaks=before("MIS_START", "DOB")),
)  # fmt: skip

WORKER_RULES = (
    rule("KS147", "sw_episodes", "The social worker ended before beginning.", _CORRECT, "SW_DEC",
         "SW_DECOM", breaks=before("SW_DEC", "SW_DECOM")),
    rule("KS148", "sw_episodes", "The social worker’s time has an end and no reason.",
         "Give SW_REASON.", "SW_REASON", breaks=missing("SW_REASON", when=has("SW_DEC"))),
    rule("KS149", "sw_episodes", "The social worker’s time has a reason for its end and no end.",
         "Give SW_DEC, or take the reason out.", "SW_DEC",
         breaks=missing("SW_DEC", when=has("SW_REASON"))),
    rule("KS150", "sw_episodes", "The social worker began after the year of the return.",
         "Correct it, or leave the line out.", "SW_DECOM", breaks=after_year("SW_DECOM")),
    rule("KS151", "sw_episodes", "The social worker ended outside the year of the return.",
         "Leave out what ended before the year, and an end that came after.", "SW_DEC",
         breaks=outside_year("SW_DEC")),
    rule("KS152", "sw_episodes", "The social worker began before the child was born.", _CORRECT,
         "SW_DECOM", "DOB", breaks=before("SW_DECOM", "DOB")),
    rule("KS153", "sw_episodes", "Returns before 2023-24 have no social worker episodes.",
         "Take the table out.", "SW_ID", last=2023, breaks=given("SW_ID", when=lambda line: True)),
)  # fmt: skip
