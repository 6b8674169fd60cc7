"""One line of the tables of outcomes, adoption, leaving care, permanence and liberty."""

from collections.abc import Iterable

from keepsight.kernel.checks.conditions import (
    after_year,
    all_of,
    before,
    given,
    has,
    missing,
    none_of,
    outside_year,
    where,
)
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Fault
from keepsight.kernel.checks.ssda903.table import of_age, rule
from keepsight.kernel.checks.year import ReturnYear, years_on

_CORRECT = "Correct whichever is wrong."
_MISUSE = has("SUBSTANCE_MISUSE", "1")
_AFTER_CARE = ("IN_TOUCH", "ACTIV", "ACCOM")


def _status_at_18(line: Record, year: ReturnYear) -> Iterable[Fault]:
    ceased, born = line.day("DUC"), line.near("DOB")
    if ceased and born and ceased > years_on(born, 18):
        yield Fault("DUC")


def _young_and_convicted(line: Record, year: ReturnYear) -> Iterable[Fault]:
    born = line.day("DOB")
    if has("CONVICTED")(line) and born and year.ends and years_on(born, 10) > year.ends:
        yield Fault("CONVICTED")


def _old_and_checked(line: Record, year: ReturnYear) -> Iterable[Fault]:
    if has("HEALTH_CHECK")(line) and of_age(line.day("DOB"), year.ends, 5):
        yield Fault("HEALTH_CHECK")


def _neither_score_nor_reason(line: Record, year: ReturnYear) -> Iterable[Fault]:
    asked = of_age(line.day("DOB"), year.ends, 4, 17)
    if asked and not has("SDQ_SCORE")(line) and not has("SDQ_REASON")(line):
        yield Fault("SDQ_SCORE")


def _part_empty(line: Record, year: ReturnYear) -> Iterable[Fault]:
    empty = [name for name in _AFTER_CARE if line.text(name) is None]
    for name in empty if len(empty) < len(_AFTER_CARE) else ():
        yield Fault(name)


def _not_of_leaving_age(line: Record, year: ReturnYear) -> Iterable[Fault]:
    born = line.day("DOB")
    if born and year.ends and not of_age(born, year.ends, 17, 23):
        yield Fault("DOB")


_ONE, _TWO = has("NB_ADOPTR", "1"), has("NB_ADOPTR", "2")

OUTCOME_RULES = (
    rule("304", "uasc", "The status ceased after the 18th birthday.", _CORRECT, "DUC", "DOB",
         breaks=_status_at_18),
    rule("KS160", "uasc", "The status ceased before the child was born.", _CORRECT, "DUC", "DOB",
         breaks=before("DUC", "DOB")),
    rule("KS161", "uasc", "The status ceased after the year of the return.",
         "Take DUC out until then.", "DUC", breaks=after_year("DUC")),
    rule("197", "oc2", "There is a score, and a reason for there being none.", _CORRECT,
         "SDQ_REASON", breaks=given("SDQ_REASON", when=has("SDQ_SCORE"))),
    rule("KS162", "oc2", "There is neither a score nor a reason for there being none.",
         "Give one of them.", "SDQ_SCORE", "SDQ_REASON", query=True,
         breaks=_neither_score_nor_reason),
    rule("542", "oc2", "A child under 10 has an answer about convictions.", "Take it out.",
         "CONVICTED", breaks=_young_and_convicted),
    rule("KS163", "oc2", "A child of five or more has an answer about the check for the youngest.",
         "Take HEALTH_CHECK out.", "HEALTH_CHECK", breaks=_old_and_checked),
    rule("192", "oc2", "The child misuses substances, and it is not said whether help was "
         "received.", "Give INTERVENTION_RECEIVED.", "INTERVENTION_RECEIVED",
         breaks=missing("INTERVENTION_RECEIVED", when=_MISUSE)),
    rule("193", "oc2", "The child does not misuse substances, and help is spoken of.",
         "Write SUBSTANCE_MISUSE 1, or take the help out.", "INTERVENTION_RECEIVED",
         "INTERVENTION_OFFERED",
         breaks=where(lambda line: not _MISUSE(line) and (
             has("INTERVENTION_RECEIVED")(line) or has("INTERVENTION_OFFERED")(line)),
             "SUBSTANCE_MISUSE")),
    rule("KS164", "oc2", "Help was not received, and it is not said whether it was offered.",
         "Give INTERVENTION_OFFERED.", "INTERVENTION_OFFERED",
         breaks=missing("INTERVENTION_OFFERED", when=has("INTERVENTION_RECEIVED", "0"))),
    *(
        rule("KS165", "oc2", f"{name} is empty.", "Give 1 or 0.", name, breaks=missing(name))
        for name in ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
    ),
    rule("153", "oc3", "Some of what is asked of a care leaver is given and some is not.",
         "Give all of it, or none.", *_AFTER_CARE, breaks=_part_empty),
    rule("KS166", "oc3", "The care leaver is not of an age that is asked about.", _CORRECT, "DOB",
         query=True, breaks=_not_of_leaving_age),
    rule("333", "ad1", "The match is before the decision for adoption.", _CORRECT, "DATE_MATCH",
         "DATE_INT", breaks=before("DATE_MATCH", "DATE_INT")),
    rule("KS167", "ad1", "The day is after the year of the return.", _CORRECT, "DATE_INT",
         "DATE_MATCH", breaks=after_year("DATE_INT", "DATE_MATCH")),
    rule("KS168", "ad1", "The decision for adoption is before the child was born.", _CORRECT,
         "DATE_INT", breaks=before("DATE_INT", "DOB")),
    rule("KS169", "ad1", "The sex of the adopters does not fit their number.", _CORRECT,
         "SEX_ADOPTR", "NB_ADOPTR",
         breaks=where(lambda line: (_ONE(line) and has("SEX_ADOPTR", "MM", "FF", "MF")(line))
                      or (_TWO(line) and has("SEX_ADOPTR", "M1", "F1")(line)), "SEX_ADOPTR")),
    rule("KS170", "ad1", "The legal status of the adopters does not fit their number.", _CORRECT,
         "LS_ADOPTR", "NB_ADOPTR",
         breaks=where(all_of(_TWO, has("LS_ADOPTR", "L0")), "LS_ADOPTR")),
    rule("KS171", "placed_for_adoption", "The decision was reversed before it was made.", _CORRECT,
         "DATE_PLACED_CEASED", breaks=before("DATE_PLACED_CEASED", "DATE_PLACED")),
    rule("KS172", "placed_for_adoption", "The decision was reversed, and no reason is given.",
         "Give REASON_PLACED_CEASED.", "REASON_PLACED_CEASED",
         breaks=missing("REASON_PLACED_CEASED", when=has("DATE_PLACED_CEASED"))),
    rule("KS173", "placed_for_adoption", "There is a reason for reversing the decision, and no day "
         "on which it was.", "Give DATE_PLACED_CEASED.", "DATE_PLACED_CEASED",
         breaks=missing("DATE_PLACED_CEASED", when=has("REASON_PLACED_CEASED"))),
    rule("KS174", "placed_for_adoption", "The decision is before the child was born.", _CORRECT,
         "DATE_PLACED", breaks=before("DATE_PLACED", "DOB")),
    rule("KS175", "placed_for_adoption", "The day is after the year of the return.", _CORRECT,
         "DATE_PLACED", "DATE_PLACED_CEASED",
         breaks=after_year("DATE_PLACED", "DATE_PLACED_CEASED")),
    rule("KS176", "previous_permanence", "An earlier permanent home is given without its "
         "authority.", "Give LA_PERM, UNK if it is not known.", "LA_PERM",
         breaks=missing("LA_PERM", when=has("PREV_PERM", "P1", "P2", "P3", "P4"))),
    rule("KS177", "previous_permanence", "An earlier permanent home is given without its day.",
         "Give DATE_PERM, with zz for what is not known.", "DATE_PERM",
         breaks=missing("DATE_PERM", when=has("PREV_PERM", "P1", "P2", "P3", "P4"))),
    rule("KS178", "previous_permanence", "There was no earlier permanent home (Z1), and its "
         "authority or day is given.", "Take them out, or correct PREV_PERM.", "PREV_PERM",
         breaks=where(lambda line: has("PREV_PERM", "Z1")(line) and (
             has("LA_PERM")(line) or has("DATE_PERM")(line)), "PREV_PERM")),
    rule("KS179", "deprivation_of_liberty", "It ended before it began.", _CORRECT, "DOLO_END",
         "DOLO_START", breaks=before("DOLO_END", "DOLO_START"), first=2027),
    rule("KS180", "deprivation_of_liberty", "It began before the child was born.", _CORRECT,
         "DOLO_START", breaks=before("DOLO_START", "DOB"), first=2027),
    rule("KS181", "deprivation_of_liberty", "It began after the year of the return.", _CORRECT,
         "DOLO_START", breaks=after_year("DOLO_START"), first=2027),
    rule("KS182", "deprivation_of_liberty", "It ended outside the year of the return.", _CORRECT,
         "DOLO_END", breaks=outside_year("DOLO_END"), first=2027),
    rule("KS183", "deprivation_of_liberty", "Returns before 2026-27 do not have this table.",
         "Take the table out.", "DOLO_START", last=2026,
         breaks=given("DOLO_START", when=none_of())),
)  # fmt: skip
