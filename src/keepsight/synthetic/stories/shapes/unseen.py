"""Children whom no agency suspects, and children of whom no agency has any record of it."""

from keepsight.synthetic.stories.beats import (
    Absent,
    Gone,
    Hospital,
    Log,
    NotBrought,
    OffRoll,
    Seen,
)
from keepsight.synthetic.stories.shape import POOR, By, Form, Shape

NOBODY_SUSPECTS = Shape(
    key="nobody suspects",
    title="small signs in four agencies, each explained by itself",
    form=Form.SEXUAL,
    by=By.ONE_ADULT,
    weeks=(18, 40),
    ages=(10, 15),
    girls=0.5,
    seen=0,
    weight=3.5,
    interviews=POOR,
    beats=(
        Absent((0.0, 0.4), 0.15, ("U", "N"), weekdays=(4,), part="afternoon"),
        Log((0.1, 0.3), "Behaviour", "Left at lunch on Friday again; says that a parent allows it."),
        Gone((0.2, 0.45), (5, 9), "Returned by self"),
        NotBrought((0.25, 0.5), "School nurse"),
        Absent((0.4, 1.0), 0.45, ("N", "O", "O")),
        Hospital((0.45, 0.65), "Unexplained injury", left=True),
        Seen((0.5, 0.75), "{shop}", "An adult, said to be a relative", in_car=True),
        Gone((0.55, 0.85), (7, 20), "{outdoors}"),
        Hospital((0.75, 0.95), "Assault"),
    ),
)  # fmt: skip

TAUGHT_AT_HOME = Shape(
    key="taken off the roll",
    title="home education after the first questions, and then silence",
    form=Form.CRIMINAL,
    by=By.GROUP,
    weeks=(30, 56),
    ages=(11, 15),
    girls=0.35,
    seen=0.08,
    interviews=POOR,
    beats=(
        Absent((0.0, 0.3), 0.4, ("N", "O", "U")),
        Log((0.08, 0.2), "Possessions", "Has {goods} and much cash; says that it is from a car wash."),
        Gone((0.1, 0.28), (6, 16), "{shop}"),
        Log((0.2, 0.28), "Family", "Parent asked by the school about absence; says that the child will be taught at home."),
        OffRoll((0.3, 0.34), "elective home education"),
        NotBrought((0.4, 0.7), "CAMHS assessment"),
        Seen((0.45, 0.8), "{shop}", "{second}", told_by="Licensing"),
        Gone((0.5, 0.9), (20, 60), "{town}", unreported=True, times=2),
        Hospital((0.7, 0.95), "Assault", left=True),
    ),
)  # fmt: skip

NO_TRACE = Shape(
    key="no trace",
    title="no record of any agency shows it",
    form=Form.SEXUAL,
    by=By.ONE_ADULT,
    weeks=(20, 60),
    ages=(9, 16),
    girls=0.5,
    seen=0,
    weight=2.5,
    beats=(),
)

NEVER_ON_A_ROLL = Shape(
    key="never on a roll",
    title="brought to the area to work in a house or a shop, and known to nobody",
    form=Form.LABOUR,
    by=By.FAMILY,
    weeks=(30, 90),
    ages=(10, 16),
    girls=0.55,
    seen=0,
    weight=0.3,
    beats=(),
)

SHAPES = (NOBODY_SUSPECTS, TAUGHT_AT_HOME, NO_TRACE, NEVER_ON_A_ROLL)
