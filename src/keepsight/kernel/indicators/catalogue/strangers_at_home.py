"""People at the home whom nobody knows."""

from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than, lately
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of, began, says_one_of, some
from keepsight.kernel.vocabulary.content.base import Standing

CALLERS = ("Visitors", "Strangers", "Callers")
"""Headings under which housing services and homes write of people who come to the home."""

of_housing = began("housing_call", lately, says_one_of("matter", *CALLERS))
of_home = began("home_log_entry", lately, says_one_of("entry", *CALLERS))

STRANGERS_AT_HOME = Indicator(
    code="strangers_at_home",
    version=1,
    title="Callers or strangers at the home, together with another sign",
    question=(
        "Who comes to the home, and at what hours? Is the child free to be there, and to leave?"
    ),
    reason=(
        "A home can be taken over to sell drugs from or to harm children in. Neighbours tell the"
        " housing service of callers; school, hospital and police know the child."
    ),
    changes=(
        "An explanation that a person has recorded and accepted; or the other sign recorded in"
        " error and corrected."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(any_of(some(of_housing), some(of_home)), another_sign_than()),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=SIGN_THRESHOLDS,
)
