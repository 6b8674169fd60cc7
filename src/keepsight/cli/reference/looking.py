"""The page of looking: signs of snooping, broken glass, and grounds for keeping entries inside."""

from keepsight.cli.reference.markdown import day, in_words, table
from keepsight.kernel.emergencies import LEAST_REASON, OPEN_HOURS, REVIEW_DAYS
from keepsight.kernel.releasing import GROUNDS, TO_A_PARENT
from keepsight.kernel.snooping import SIGNS

TITLE = "Looking"
ABOUT = (
    "What is noticed about how people look, how long broken glass stays broken, and why an entry "
    "may stay unsaid when somebody is told who looked. A sign is a reason to ask and no finding."
)


def body() -> str:
    signs = [
        (
            sign.title,
            sign.sentence,
            sign.why,
            f"{sign.least.value} {sign.least.unit} in a day",
            f"{sign.least.source}: {in_words(sign.least.mark)}",
            f"from {day(sign.since)}",
        )
        for sign in SIGNS
    ]
    limits = [
        (each.title, f"{each.value} {each.unit}", f"{each.source}: {in_words(each.mark)}")
        for each in (OPEN_HOURS, REVIEW_DAYS, LEAST_REASON)
    ]
    grounds = [(text.title, text.source, in_words(text.mark)) for text in GROUNDS.values()]
    heading = ("Sign", "What was noticed", "Why it is a sign", "From", "Source", "In force")
    return (
        f"## Signs of snooping\n\n{table(heading, signs)}\n"
        f"## Breaking the glass\n\n{table(('What', 'Limit', 'Source'), limits)}\n"
        "## Telling who looked\n\n"
        f"{table(('Why an entry is kept inside', 'Source', 'Checked'), grounds)}\n{TO_A_PARENT}"
    )
