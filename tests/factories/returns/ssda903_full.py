"""A looked-after return of 2026-27 that is right in everything, with every table and column."""

from keepsight.kernel.checks import Finding
from keepsight.kernel.checks.ssda903 import Line, check
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats.ssda903_more import ALL_TABLES

YEAR = 2027

TABLES = {
    "header": """
        K1 F 04/05/2010 WBRI H801200001001 1 12/12/2026
        K2 M 10/10/2024 MWBA UN1 - -
        K3 M 01/09/2009 OOTH UN4 - -
        K4 F 15/08/2009 AOTH X801200001002 0 -
        K5 M 20/06/2022 NOBT UN1 - -
        K6 F 02/03/2015 WIRI L801200001003 0 -
        """,
    "episodes": """
        K1 01/02/2025 S C2 N1 U4 PR1 01/09/2026 X1 CREQB ZZ1_1AA ZZ2_2BB -
        K1 01/09/2026 P C2 N1 K2 PR4 01/12/2026 X1 CARPL ZZ1_1AA ZZ3_3CC SC999001
        K1 01/12/2026 T C2 N1 R3 PR4 - - - ZZ1_1AA ZZ4_4DD SC999002
        K2 05/01/2026 S V2 N5 U5 PR1 02/06/2026 X1 - ZZ1_1AA ZZ2_2BB -
        K2 02/06/2026 L E1 N5 U5 PR1 01/10/2026 X1 CARPL ZZ1_1AA ZZ2_2BB -
        K2 01/10/2026 P E1 N5 A5 PR1 - - - ZZ1_1AA ZZ5_5EE -
        K3 06/07/2026 S V2 N8 U6 PR4 - - - ZZ6_6FF ZZ6_6FF -
        K4 02/05/2024 S C1 N2 P1 PR0 15/09/2026 E4A - ZZ1_1AA ZZ1_1AA -
        K4 01/11/2026 S J1 N6 R5 PR3 - - - ZZ1_1AA ZZ7_7GG -
        K5 03/03/2026 S E1 N1 A6 PR1 14/12/2026 E12 - ZZ1_1AA ZZ8_8HH -
        K6 01/06/2026 S L1 N1 U6 PR1 03/06/2026 X1 - ZZ1_1AA ZZ2_2BB -
        K6 03/06/2026 L L2 N1 U6 PR1 17/06/2026 X1 CARPL ZZ1_1AA ZZ2_2BB -
        K6 17/06/2026 B C1 N1 U3 PR1 05/02/2027 E45 - ZZ1_1AA ZZ9_9JJ -
        """,
    "reviews": """
        K1 04/05/2010 01/07/2026 PN1
        K1 04/05/2010 14/12/2026 PN6
        K2 10/10/2024 20/05/2026 PN0
        K3 01/09/2009 28/07/2026 PN2
        K6 02/03/2015 24/06/2026 PN3
        """,
    "missing": """
        K1 04/05/2010 M 10/08/2026 12/08/2026
        K1 04/05/2010 A 12/08/2026 12/08/2026
        K1 04/05/2010 M 28/03/2027 -
        K3 01/09/2009 M 01/09/2026 03/09/2026
        """,
    "sw_episodes": """
        K1 04/05/2010 SW101 01/02/2025 05/05/2026 LEFTRL
        K1 04/05/2010 SW102 05/05/2026 - -
        K2 10/10/2024 SW103 05/01/2026 - -
        K3 01/09/2009 SW101 06/07/2026 - -
        K4 15/08/2009 SW104 02/05/2024 15/09/2026 OTHERS
        K4 15/08/2009 SW104 01/11/2026 - -
        K5 20/06/2022 SW105 03/03/2026 14/12/2026 OTHERS
        K6 02/03/2015 SW106 01/06/2026 05/02/2027 MANAGE
        """,
    "uasc": """
        K3 M 01/09/2009 02/02/2027
        """,
    "oc2": """
        K1 04/05/2010 17 - 0 - 1 1 1 1 0 1
        K2 10/10/2024 - - - 1 1 0 1 0 - -
        """,
    "oc3": """
        K7 12/12/2007 YES F2 B1
        """,
    "ad1": """
        K5 20/06/2022 01/05/2026 10/08/2026 1 2 FF L11
        """,
    "placed_for_adoption": """
        K2 10/10/2024 20/05/2026 - -
        K5 20/06/2022 01/05/2026 14/08/2026 RD4
        """,
    "previous_permanence": """
        K3 01/09/2009 Z1 - -
        K4 15/08/2009 P3 999 zz/06/2015
        K6 02/03/2015 Z1 - -
        """,
    "deprivation_of_liberty": """
        K1 04/05/2010 02/12/2026 30/12/2026
        K1 04/05/2010 30/12/2026 -
        """,
}
"""A dash is an empty cell, an underscore a space."""

LEAVER = "K7 M 12/12/2007 WBRI UN5 - -"
"""The header of a care leaver, who has no episode in the year."""


def lines(year: int = YEAR) -> list[Line]:
    """Every line of the return, as the reader gives them; before 2026-27 without liberty."""
    found = []
    for table in ALL_TABLES:
        if table.name == "deprivation_of_liberty" and year < YEAR:
            continue
        rows = [row for row in TABLES[table.name].splitlines() if row.strip()]
        rows += [LEAVER] if table.name == "header" else []
        for number, row in enumerate(rows, start=2):
            cells = ["" if cell == "-" else cell.replace("_", " ") for cell in row.split()]
            values = dict(zip(table.names, cells, strict=True))
            found.append(Line(table.name, f"{table.name}, row {number}", values))
    return found


def findings(found: list[Line], before: list[Line] | None = None) -> list[Finding]:
    return list(check(found, ReturnYear.ending(YEAR), before or []))
