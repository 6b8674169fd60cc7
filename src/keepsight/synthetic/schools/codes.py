"""Attendance codes as numbers, in which a county's marks are held until they are written."""

import numpy as np
from numpy.typing import NDArray

CODES = (
    "/", "\\", "L", "K", "V", "P", "W", "B", "D", "C1", "M", "J1", "S", "X", "C2", "C", "T", "R",
    "I", "E", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "G", "N", "O", "U", "Z", "#",
)  # fmt: skip
"""The 34 codes in force from 19 August 2024, SI 2024/208 regulation 10."""
INDEX = {code: index for index, code in enumerate(CODES)}
PRESENT_MORNING, PRESENT_AFTERNOON, CLOSED = INDEX["/"], INDEX["\\"], INDEX["#"]
ILLNESS = INDEX["I"]
UNAUTHORISED = tuple(INDEX[code] for code in ("G", "N", "O", "U"))
AUTHORISED = tuple(INDEX[code] for code in ("C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E"))
NOT_POSSIBLE = tuple(
    INDEX[code] for code in ("D", "X", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#")
)

Marks = NDArray[np.int8]
"""Marks of one school over some days: a layer a day, a row a pupil, morning and afternoon."""
