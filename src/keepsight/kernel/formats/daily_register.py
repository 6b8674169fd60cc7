"""The daily register as CSV: Keepsight's own documented format, one line a pupil and day.

Days are yyyy-mm-dd. AM and PM hold the attendance code of the session, empty for no mark yet.
PupilID is the school's own id of the pupil.
"""

from keepsight.kernel.formats.schema import Column, Table, Type

SOURCE = "Keepsight daily register, with the codes of SI 2024/208, regulation 10"

DAILY_REGISTER = Table(
    name="daily_register",
    title="Daily register",
    columns=(
        Column(name="UPN"),
        Column(name="PupilID", required=True),
        Column(name="Surname"),
        Column(name="Forename"),
        Column(name="DOB", type=Type.DAY),
        Column(name="Postcode"),
        Column(name="Date", type=Type.DAY, required=True),
        Column(name="AM"),
        Column(name="PM"),
    ),
    source=SOURCE,
)

MORNING_ONLY = "/"
AFTERNOON_ONLY = "\\"
