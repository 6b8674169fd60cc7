"""The children looked after return (SSDA903) as CSV, each table known by its exact columns.

Source: DfE SSDA903; `formats.md` section 2. Days are dd/mm/yyyy. SEX was 1 or 2 until 2023-24.
"""

from keepsight.kernel.formats.schema import Column, Table, Type
from keepsight.kernel.vocabulary import ssda903_codes as codes
from keepsight.kernel.vocabulary.cin_codes import SEX
from keepsight.kernel.vocabulary.ethnicity import ETHNICITY
from keepsight.kernel.vocabulary.ssda903_more_codes import YES_OR_NO

SOURCE = "DfE children looked after return (SSDA903)"

CHILD = Column(name="CHILD", required=True)
DOB = Column(name="DOB", type=Type.DAY)
DOB_REPEATED = Column(name="DOB", type=Type.DAY, taken=False)
"""The header states it; here it only serves to check."""


def _table(name: str, title: str, *columns: Column) -> Table:
    return Table(name=name, title=title, columns=columns, source=SOURCE)


HEADER = _table(
    "header",
    "SSDA903 header",
    CHILD,
    Column(name="SEX", codes=(SEX, codes.SEX_TO_2024)),
    DOB,
    Column(name="ETHNIC", codes=(ETHNICITY,)),
    Column(name="UPN"),
    Column(name="MOTHER", codes=(YES_OR_NO,), taken=False),
    Column(name="MC_DOB", type=Type.DAY, taken=False),
)

EPISODES = _table(
    "episodes",
    "SSDA903 episodes",
    CHILD,
    Column(name="DECOM", type=Type.DAY, required=True),
    Column(name="RNE", codes=(codes.REASON_FOR_NEW_EPISODE,)),
    Column(name="LS", codes=(codes.LEGAL_STATUS,)),
    Column(name="CIN", codes=(codes.CATEGORY_OF_NEED,)),
    Column(name="PLACE", codes=(codes.PLACEMENT_TYPE, codes.PLACEMENT_TYPE_RETIRED)),
    Column(name="PLACE_PROVIDER", codes=(codes.PLACEMENT_PROVIDER,), taken=False),
    Column(name="DEC", type=Type.DAY),
    Column(name="REC", codes=(codes.REASON_EPISODE_CEASED,)),
    Column(name="REASON_PLACE_CHANGE", codes=(codes.REASON_FOR_PLACEMENT_CHANGE,)),
    Column(name="HOME_POST", taken=False),
    Column(name="PL_POST", taken=False),
    Column(name="URN", taken=False),
)

REVIEWS = _table(
    "reviews",
    "SSDA903 reviews",
    CHILD,
    DOB_REPEATED,
    Column(name="REVIEW", type=Type.DAY, required=True),
    Column(name="REVIEW_CODE", codes=(codes.REVIEW_PARTICIPATION,)),
)

MISSING = _table(
    "missing",
    "SSDA903 missing",
    CHILD,
    DOB_REPEATED,
    Column(name="MISSING", required=True, codes=(codes.MISSING_TYPE,)),
    Column(name="MIS_START", type=Type.DAY, required=True),
    Column(name="MIS_END", type=Type.DAY),
)

SOCIAL_WORKERS = _table(
    "sw_episodes",
    "SSDA903 social worker episodes",
    CHILD,
    DOB_REPEATED,
    Column(name="SW_ID", required=True),
    Column(name="SW_DECOM", type=Type.DAY, required=True),
    Column(name="SW_DEC", type=Type.DAY),
    Column(name="SW_REASON", codes=(codes.SOCIAL_WORKER_CHANGE,)),
)

TABLES = (HEADER, EPISODES, REVIEWS, MISSING, SOCIAL_WORKERS)
