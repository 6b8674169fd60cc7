"""On no school’s roll, and not without other signs."""

from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import TODAY, all_of, in_progress, some
from keepsight.kernel.vocabulary.content.base import Standing

on_no_roll = in_progress("on_no_roll", TODAY)

OFF_EVERY_ROLL_WITH_OTHER_SIGNS = Indicator(
    code="off_every_roll_with_other_signs",
    version=1,
    title="On no school’s roll, together with another sign",
    question=(
        "Who sees this child in a week, and does anybody who knows of the other sign know that no"
        " school does?"
    ),
    reason=(
        "A child on no roll has no register that anybody would miss it from. To be taught at home"
        " is lawful and says nothing by itself; a child with another sign has lost those who would"
        " see the next."
    ),
    changes="A school’s roll; or the other sign recorded in error and corrected.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(some(on_no_roll), another_sign_than()),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=SIGN_THRESHOLDS,
)
