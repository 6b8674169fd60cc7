"""The page of the groups that an area counts."""

from keepsight.cli.reference.indicators import section, thresholds_table
from keepsight.kernel.indicators.cohorts import COHORTS, SEVERAL_SIGNS

TITLE = "Groups that an area counts"
ABOUT = (
    "The groups behind the figures on an area’s page. They are judged like indicators and are "
    "never alerts. Small numbers are suppressed on the page."
)
SIGNS = (
    "## Several signs that nobody has assessed\n\n"
    "A child in one of the first two groups who meets this many different indicators, and who is "
    "not in the group “Assessed by children’s social care”.\n\n"
)


def body() -> str:
    cohorts = "\n".join(section(cohort) for cohort in COHORTS)
    return f"{cohorts}\n{SIGNS}{thresholds_table([SEVERAL_SIGNS])}"
