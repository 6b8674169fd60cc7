"""What must follow from last year's return, where it was given too."""

from collections.abc import Iterable

from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.ssda903.child_rules import A_CHILD, episodes
from keepsight.kernel.checks.ssda903.table import LAST_YEAR, rule
from keepsight.kernel.checks.year import ReturnYear

_CORRECT = "Correct whichever is wrong; if last year’s was, say so when you send the return."


def _changed(field: str, *, unless: tuple[str, ...] = ()) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        for earlier in child.each(LAST_YEAR):
            before, now = earlier.text(field), child.text(field)
            if before and now and before != now and before not in unless:
                yield Fault(field, detail=f"Last year it was {before}.")

    return breaks


def _still_missing(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier in child.each(LAST_YEAR):
        for line in earlier.each("missing"):
            went = line.day("MIS_START")
            told = [each.day("MIS_START") for each in child.each("missing")]
            if went and not line.texts("MIS_END") and went not in told:
                yield Fault("CHILD", detail=f"The child went missing on {went}.")


def _open_episode_gone(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier in child.each(LAST_YEAR):
        before, now = episodes(earlier), episodes(child)
        if not before or before[-1].texts("DEC") or not now:
            continue
        if before[-1].day("DECOM") != now[0].day("DECOM"):
            yield Fault("DECOM", now[0], f"Last year’s began on {before[-1].shown('DECOM')}.")


LAST_YEAR_RULES = (
    rule("202", A_CHILD, "The sex is not what it was last year.", _CORRECT, "SEX",
         breaks=_changed("SEX", unless=("1", "2"))),
    rule("203", A_CHILD, "The day of birth is not what it was last year.", _CORRECT, "DOB",
         breaks=_changed("DOB")),
    rule("204", A_CHILD, "The ethnicity is not what it was last year.", _CORRECT, "ETHNIC",
         query=True, breaks=_changed("ETHNIC", unless=("REFU", "NOBT"))),
    rule("208", A_CHILD, "The UPN is not what it was last year.", _CORRECT, "UPN",
         breaks=_changed("UPN", unless=("UN1", "UN2", "UN3", "UN4", "UN5", "UN6"))),
    rule("502", A_CHILD, "An episode was open at the end of last year, and this year’s first is "
         "another.", "Begin with the episode that was open.", "DECOM", breaks=_open_episode_gone),
    rule("576", A_CHILD, "The child was missing at the end of last year, and this year does not "
         "say so.", "Give the same line again, with MIS_END once the child was found.", "CHILD",
         breaks=_still_missing),
)  # fmt: skip
