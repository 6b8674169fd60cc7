"""Rules of one child: who it is, when it was born and died, and its disabilities."""

from collections.abc import Iterable
from datetime import timedelta

from keepsight.kernel.checks import pupil_numbers
from keepsight.kernel.checks.cin.table import CHILD, rule
from keepsight.kernel.checks.conditions import (
    after_year,
    all_of,
    alone,
    given,
    has,
    missing,
    outside_year,
    repeated,
    where,
)
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.year import ReturnYear, years_on
from keepsight.kernel.formats.cin_census import LONGEST_CHILD_ID
from keepsight.kernel.vocabulary.authorities import MADE_UP

NUMBER_EXPECTED_AT = 6
"""Years: from this birthday on a UPN, or why there is none, is expected (rule 8770Q)."""
OLDEST = 25
"""Years (rule 8775Q)."""
UNBORN_FROM, UNBORN_UNTIL = timedelta(days=30), timedelta(days=275)
"""How long before and after the census year ends an expected birth may lie (rule 8530Q)."""


def _led_on(child: Record) -> bool:
    """Whether a referral of the child led to further action."""
    return any(case.flag("ReferralNFA") is False for case in child.each("CINdetails"))


def _number_broken(code: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        if upn := child.text("UPN"):
            for broken, why in pupil_numbers.faults(upn, year.year, made_up=_made_up(child)):
                if broken == code:
                    yield Fault("UPN", detail=why)

    return breaks


def _made_up(child: Record) -> bool:
    """Whether a made-up council sent the return; the header is around every child."""
    return child.outer is not None and child.outer.text("LEA") in MADE_UP


def _former_number_broken(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if upn := child.text("FormerUPN"):
        for _, why in pupil_numbers.faults(upn, year.year, made_up=_made_up(child)):
            yield Fault("FormerUPN", detail=why)


def _number_expected(child: Record, year: ReturnYear) -> Iterable[Fault]:
    born = child.day("PersonBirthDate")
    old = born and year.ends and years_on(born, NUMBER_EXPECTED_AT) <= year.ends
    unexplained = not has("UPNunknown", "UN2", "UN3", "UN4", "UN5", "UN6")(child)
    if old and unexplained and not child.text("UPN") and _led_on(child):
        yield Fault("UPNunknown" if child.text("UPNunknown") else "UPN")


def _too_old(child: Record, year: ReturnYear) -> Iterable[Fault]:
    born = child.day("PersonBirthDate")
    if not born or not year.ends or years_on(born, OLDEST) >= year.ends:
        return
    for case in child.each("CINdetails"):
        closed = case.day("CINclosureDate")
        if closed is None or closed > years_on(born, OLDEST):
            yield Fault("PersonBirthDate")
            return


def _born_once(child: Record, year: ReturnYear) -> Iterable[Fault]:
    born, expected = child.texts("PersonBirthDate"), child.texts("ExpectedPersonBirthDate")
    if bool(born) == bool(expected):
        yield Fault("ExpectedPersonBirthDate" if expected else "PersonBirthDate")


def _unborn_out_of_range(child: Record, year: ReturnYear) -> Iterable[Fault]:
    due = child.day("ExpectedPersonBirthDate")
    if due and year.ends and not year.ends - UNBORN_FROM <= due <= year.ends + UNBORN_UNTIL:
        yield Fault("ExpectedPersonBirthDate")


def _sex_missing(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if not child.texts("Sex") and not child.texts("GenderCurrent"):
        yield Fault("GenderCurrent" if year.year and year.year < 2025 else "Sex")


def _died_before_birth(child: Record, year: ReturnYear) -> Iterable[Fault]:
    died, born = child.day("PersonDeathDate"), child.day("PersonBirthDate")
    if died and (born is None or died < born):
        yield Fault("PersonDeathDate")


_UNBORN = has("ExpectedPersonBirthDate")
_UPN_REMEDY = "Copy the UPN from the school’s record; where it is not known, give UPNunknown."

IDENTITY_RULES = (
    rule("1570", CHILD, f"LAchildID has more than {LONGEST_CHILD_ID} characters.",
         "Use an id of at most 20 letters and digits, the same every year.", "LAchildID",
         first=2025,
         breaks=where(lambda c: len(c.text("LAchildID") or "") > LONGEST_CHILD_ID, "LAchildID")),
    rule("1580", CHILD, "LAchildID holds marks other than letters and digits.",
         "Leave out spaces, dashes and other marks.", "LAchildID", first=2025,
         breaks=where(lambda c: not (c.text("LAchildID") or "x").isalnum(), "LAchildID")),
    rule("KS10", CHILD, "The UPN does not have the length of one.", _UPN_REMEDY, "UPN",
         breaks=_number_broken("KS10")),
    rule("1510", CHILD, "The first letter of the UPN is wrong.", _UPN_REMEDY, "UPN",
         breaks=_number_broken("1510")),
    rule("1530", CHILD, "The UPN names no local authority.", _UPN_REMEDY, "UPN",
         breaks=_number_broken("1530")),
    rule("1540", CHILD, "The middle of the UPN is not all digits.", _UPN_REMEDY, "UPN",
         breaks=_number_broken("1540")),
    rule("1550", CHILD, "The last character of the UPN is wrong.", _UPN_REMEDY, "UPN",
         breaks=_number_broken("1550")),
    rule("1560Q", CHILD, "The former UPN cannot be one.", _UPN_REMEDY, "FormerUPN",
         breaks=_former_number_broken),
    rule("KS11", CHILD, "The UPN is given, and also why it is not known.",
         "Take UPNunknown out, or the UPN if it is not the child’s.", "UPN", "UPNunknown",
         breaks=given("UPNunknown", when=has("UPN"))),
    rule("KS12", CHILD, "The former UPN is the same as the UPN.",
         "Take the former UPN out, or correct it.", "FormerUPN", query=True,
         breaks=where(lambda c: c.text("UPN") is not None and c.text("UPN") == c.text("FormerUPN"),
                      "FormerUPN")),
    rule("8770Q", CHILD, "The child is old enough for a UPN, and there is neither one nor a reason "
         "that fits.", "Give the UPN, or one of UN2 to UN6.", "UPN", "UPNunknown",
         breaks=_number_expected),
    rule("8772", CHILD, "UN7 is for a referral without further action, and a referral led to some.",
         "Give the UPN, or another reason.", "UPNunknown",
         breaks=where(all_of(has("UPNunknown", "UN7"), _led_on), "UPNunknown")),
)  # fmt: skip

LIFE_RULES = (
    rule("8525", CHILD, "Just one of the day of birth and the expected day must be given.",
         "Give the day of birth; before birth, the day that it is expected.", "PersonBirthDate",
         "ExpectedPersonBirthDate", breaks=_born_once),
    rule("8520", CHILD, "The day of birth is after the census year.",
         "Correct it, or give the day as the expected one.", "PersonBirthDate",
         breaks=after_year("PersonBirthDate")),
    rule("8530Q", CHILD, "The expected day of birth is too long before or after the end of the "
         "census year.", "Correct it, or give the day of birth.", "ExpectedPersonBirthDate",
         breaks=_unborn_out_of_range),
    rule("8775Q", CHILD, "The child is older than 25.", "Correct the day of birth, or close the "
         "case.", "PersonBirthDate", breaks=_too_old),
    rule("4180", CHILD, "The sex is missing or is not a code.",
         "Give M, F or U; to 2023-24, 0, 1, 2 or 9.", "Sex", "GenderCurrent", breaks=_sex_missing),
    rule("8750", CHILD, "A child who is not born yet has a sex.", "Give U until the child is born.",
         "Sex", first=2025, breaks=where(all_of(_UNBORN, has("Sex", "M", "F")), "Sex")),
    rule("8750", CHILD, "A child who is not born yet has a gender.",
         "Give 0 until the child is born.", "GenderCurrent", last=2024,
         breaks=where(all_of(_UNBORN, has("GenderCurrent", "1", "2", "9")), "GenderCurrent")),
    rule("8535Q", CHILD, "The day of death is before the day of birth, or there is none of birth.",
         "Correct whichever is wrong.", "PersonDeathDate", breaks=_died_before_birth),
    rule("8545Q", CHILD, "The day of death is not in the census year.",
         "Correct it, or leave the child out.", "PersonDeathDate",
         breaks=outside_year("PersonDeathDate")),
    rule("8540", CHILD, "The disability is missing or is not a code.",
         "Give every disability of the child, or NONE.", "Disability",
         breaks=missing("Disability", when=all_of(has("PersonBirthDate"), _led_on))),
    rule("8790", CHILD, "NONE stands beside other disabilities.",
         "Take NONE out, or the others.", "Disability", breaks=alone("Disability", "NONE")),
    rule("8794", CHILD, "A disability is given twice.", "Give each once.", "Disability",
         breaks=repeated("Disability")),
)  # fmt: skip

CHILD_RULES = IDENTITY_RULES + LIFE_RULES
