"""Ethnic background as children’s social care and schools record it.

Held to check and show what an agency sent, and to report who is missed, by group. No indicator
can read it.
"""

from keepsight.kernel.vocabulary.code_sets import CodeSet

ETHNICITY = CodeSet(
    "ethnic background",
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WOTH": "Any other White background",
        "WROM": "Gypsy or Roma",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "BCRB": "Black Caribbean",
        "BAFR": "Black African",
        "BOTH": "Any other Black background",
        "CHNE": "Chinese",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused to say",
        "NOBT": "Not yet obtained",
    },
    source="DfE CIN census and SSDA903, ethnicity code set",
)

NOT_STATED = frozenset({"REFU", "NOBT"})
"""Codes that say nothing of the child’s background: a report counts them apart."""
