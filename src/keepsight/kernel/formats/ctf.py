"""Common transfer files: which parts of a pupil are taken, and which are known and left.

Source: DfE common transfer file 25.0; `formats.md` section 4. Parts beside the header are from
general knowledge (mark M). What is left tells of parents, of teaching or of each session’s mark:
Keepsight has no purpose for it (UK GDPR article 5(1)(c)).
"""

from keepsight.kernel.vocabulary.cin_codes import GENDER_CURRENT, SEX
from keepsight.kernel.vocabulary.code_sets import CodeSet, Mark
from keepsight.kernel.vocabulary.ethnicity import ETHNICITY
from keepsight.kernel.vocabulary.school_codes import SEN_PROVISION

SOURCE = "DfE common transfer file (CTF) 25.0"
MARK: Mark = "M"

_TAKEN = (
    "UPN Surname Forename DOB Sex Gender BasicDetails LookedAfter SENhistory Address Attendance "
    "SchoolHistory"
)
_LEFT = (
    "ApplicationReference UniqueLearnerNumber MiddleNames PreferredSurname PreferredForename "
    "NAWdetails FSMhistory Phones Email Contacts StageAssessments AttendanceMarks AttendSessions "
    "Absences PupilPremium Languages Admissions ServiceChild YSSA SchoolReport"
)

TAKEN = frozenset(_TAKEN.split())
"""Parts of a pupil of which something is taken."""

LEFT = frozenset(_LEFT.split())
"""Parts that are known and left, wherever they stand."""

ATTENDANCE = {
    "possible": "SessionsPossible",
    "attended": "SessionsAttended",
    "authorised": "SessionsAuthorised",
    "unauthorised": "SessionsUnauthorised",
}
"""The element of each count of a year’s sessions."""

CODES: dict[str, tuple[CodeSet, ...]] = {
    "Sex": (SEX,),
    "Gender": (SEX, GENDER_CURRENT),
    "BasicDetails/Ethnicity": (ETHNICITY,),
    "SENhistory/SEN/SENprovision": (SEN_PROVISION,),
}
