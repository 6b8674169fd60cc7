"""How well each kind of agency knows a child: slips, other names, gaps, old addresses.

Shares are our own assumptions where they are not in the table of figures: health holds NHS
numbers, schools hold UPNs, police and charities take names and dates by word of mouth.
"""

from dataclasses import dataclass

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.calibration import per_child


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Shares of an agency's records, from 0 to 1.

    `prefix` begins its ids. `slip` is a typing error in a name, `spelling` another spelling of the
    name, `half_name` one half of a double surname. `old_name` and `old_address` are how often it
    never hears of a change; `other_home` how often it has the second home instead. `number_slip`
    and `number_of_sibling` are wrong NHS numbers; `ethnicity_differs` a group that is not the
    family's own word. `twice` is how often the agency began a second record for a child whom it
    already had one for.
    """

    prefix: str
    slip: float = 0.01
    nickname: float = 0.05
    spelling: float = 0.1
    half_name: float = 0.2
    old_name: float = 0.3
    birth_slip: float = 0.01
    birth_held: float = 1.0
    old_address: float = 0.3
    other_home: float = 0.2
    postcode_held: float = 0.97
    upn_held: float = 0.0
    nhs_held: float = 0.0
    ethnicity_held: float = 1.0
    number_slip: float = 0.002
    number_of_sibling: float = 0.001
    ethnicity_differs: float = 0.01
    ethnicity_refused: float = per_child("not_classified")
    twice: float = 0.0


ACCURACY = {
    AgencyKind.SCHOOL: Accuracy(prefix="P", upn_held=per_child("upn_in_schools"), nickname=0.06),
    AgencyKind.CHILDRENS_SOCIAL_CARE: Accuracy(
        prefix="C",
        upn_held=per_child("upn_in_social_care"),
        birth_slip=0.008,
        ethnicity_refused=0.05,
        twice=0.01,
    ),
    AgencyKind.HEALTH: Accuracy(
        prefix="H",
        nhs_held=per_child("nhs_in_health"),
        slip=0.015,
        nickname=0.02,
        twice=0.01,
    ),
    AgencyKind.SEXUAL_HEALTH: Accuracy(
        prefix="S", nhs_held=0.6, nickname=0.1, postcode_held=0.6, birth_slip=0.02
    ),
    AgencyKind.POLICE: Accuracy(
        prefix="U",
        slip=0.04,
        nickname=0.15,
        spelling=0.25,
        birth_held=0.92,
        birth_slip=0.03,
        old_address=0.6,
        ethnicity_held=1 - per_child("police_ethnicity"),
        ethnicity_refused=0.0,
        ethnicity_differs=0.06,
        twice=0.05,
    ),
    AgencyKind.YOUTH_JUSTICE: Accuracy(prefix="J", upn_held=0.4, postcode_held=0.95),
    AgencyKind.HOUSING: Accuracy(
        prefix="T", slip=0.04, nickname=0.1, birth_held=0.8, ethnicity_held=0.5
    ),
    AgencyKind.CHILDRENS_HOME: Accuracy(prefix="R", nickname=0.2, nhs_held=0.7),
    AgencyKind.VOLUNTARY: Accuracy(
        prefix="Y",
        slip=0.03,
        nickname=0.3,
        spelling=0.25,
        birth_held=0.96,
        postcode_held=0.85,
        ethnicity_held=0.6,
        twice=0.03,
    ),
}
