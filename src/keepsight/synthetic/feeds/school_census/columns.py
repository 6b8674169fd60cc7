"""The columns of each group that is written."""

PUPIL_ON_ROLL = (
    "pupilonrolltableid", "NativeId", "dob", "surname", "forename", "middlenames",
    "preferredsurname", "formersurname", "upn", "formerupn", "uniquelearnernumber", "sex",
    "entrydate", "pupilonrollorderseqcolumn", "sourceid", "schoolcensustableid",
    "hoursatsetting", "schoollunchtaken", "parttime", "topupfunding", "unitcontacttime",
    "termlysessionspossible", "senunitindicator", "resourcedprovisionindicator",
    "moveoffrollflag", "fundedhours", "missingaddress", "duplicatenotfunded", "extendedhours",
    "eligibilitycode", "dafindicator", "ethnicity", "yssa", "servicechild", "language",
    "classtype", "enrolstatus", "boarder", "plaa", "senprovision", "ncyearactual", "eyppr",
    "eyppbf", "youngcarer",
)  # fmt: skip
PUPIL_NO_LONGER_ON_ROLL = (
    "pupilnolongeronrolltableid", "NativeId", "pupilnolongeronrollorderseqcolumn", "sourceid",
    "schoolcensustableid", "upn", "formerupn", "surname", "forename", "middlenames",
    "uniquelearnernumber", "formersurname", "dob", "sex", "entrydate", "leavingdate", "parttime",
    "termlysessionspossible", "ethnicity", "enrolstatus", "senprovision", "ncyearactual",
)  # fmt: skip
SESSIONS = (
    "pupilonrolltableid", "NativeId", "termlysessiondetailsonrolltableid",
    "termlysessiondetailsonrollorderseqcolumn", "sourceid", "sessions", "attendancereason",
)  # fmt: skip
EXCLUSIONS = (
    "termlyexclusionsonrolltableid", "NativeId", "termlyexclusionsonrollorderseqcolumn",
    "sourceid", "pupilonrolltableid", "startdate", "sessions", "category", "reason1", "reason2",
    "reason3", "senprovision",
)  # fmt: skip
ADDRESSES = (
    "addressesonrolltableid", "NativeId", "addressesonrollorderseqcolumn", "sourceid",
    "pupilonrolltableid", "uniquepropertyreferencenumber", "postcode",
)  # fmt: skip
SEN_NEEDS = (
    "senneedsonrolltableid", "NativeId", "senneedsonrollorderseqcolumn", "sourceid",
    "pupilonrolltableid", "sentype", "sentyperank",
)  # fmt: skip
FREE_MEALS = (
    "fsmperiodsonrolltableid", "NativeId", "fsmperiodsonrollorderseqcolumn", "sourceid",
    "pupilonrolltableid", "fsmstartdate", "fsmenddate", "ukcountry",
)  # fmt: skip
SEN_TYPES = {
    "AUT": "ASD", "LD": "MLD", "BEH": "SEMH", "COMM": "SLCN", "MOB": "PD", "HEAR": "HI",
    "VIS": "VI", "CON": "OTH", "PC": "PD", "INC": "OTH", "HAND": "PD", "DDA": "OTH",
}  # fmt: skip
"""Type of need in the School Census for a disability in the children in need census (mark M)."""
