"""The data card: what a county is made from, what it is held to, and what it is not."""

from collections.abc import Iterable, Sequence

from keepsight.kernel.indicators.indicator import MARK_MEANINGS, Mark
from keepsight.synthetic.agencies import SOURCE_TITLES
from keepsight.synthetic.calibration import FIGURES
from keepsight.synthetic.county import County
from keepsight.synthetic.desk import SILENCES
from keepsight.synthetic.stories.choose import EXPLOITED, STEREOTYPES
from keepsight.synthetic.stories.innocent import FOR_EACH
from keepsight.synthetic.stories.shape import Shape
from keepsight.synthetic.stories.shapes import SHAPES
from keepsight.synthetic.truth.tables import HEADERS

TITLE = "Data card of the made-up county"
ABOUT = (
    "No child, adult, address or event in a made-up county is real. Real children’s data can never "
    "be in this project, so the county is what every demo, test, benchmark and evaluation stands "
    "on. This card says what it may be trusted for."
)

IS = (
    "Several councils, one police force, two NHS trusts and a sexual health service, schools, "
    "children’s homes, youth justice, housing and a charity, over two years.",
    "Every child aged 0 to 17 on the last day, in households, with siblings, twins and triplets, "
    "blended families, moves (some over a council’s border), second homes, changed names, double "
    "surnames, short forms and other spellings, disabilities, and unaccompanied children whose day "
    "of birth is written as the 15th.",
    "Each agency’s own records, with its own ids, typing errors, gaps, old addresses and second "
    "records of one child. One NHS number in some hundreds is mistyped, or is a sibling’s.",
    "Faults on purpose: one delivery in five of most feeds holds second, faulty copies of rows, "
    "which a reader must set aside. The truth says in which files, and how many.",
    "Councils that are late in different measure, one in five with no action plan, return "
    "interviews that are missed, referrals that are closed without an answer.",
    "The same seed, size, day and weeks give the same bytes.",
)
IS_NOT = (
    "It is not evidence of how many children are exploited, by whom, or where. Nobody knows these "
    "numbers, and those of the county are assumptions.",
    "It is not a test that a rule works on real children. A rule that finds nothing here is "
    "broken; a rule that finds much here may still find nothing, or too much, in an agency.",
    "A model that is trained on it, as the packaged linkage model is, knows the county’s errors "
    "and not an agency’s. Train it again on agencies’ own records before relying on it.",
    "Ethnic group decides in the county only what a child is called, how an agency writes that "
    "down, how often Gypsy, Roma and Traveller families move and their children miss school "
    "(published), and one assumption about who is overlooked, which is named below. It decides "
    "nothing about who is exploited or who exploits. But some storylines ask for a looked-after, "
    "an unaccompanied or a disabled child, so these are exploited more often here than others, and "
    "with unaccompanied children the ethnic groups that they are mostly of.",
    "Nearly half of the children who are reported missing are exploited here, which is more than "
    "anybody has found: a rule that reads episodes of being missing looks better than it is.",
    "In a district with fewer stories than there are storylines, each storyline is taken in turn; "
    "in a larger one their weights decide. Measures of small and large counties differ by that.",
    "Whoever knows the seed can make the truth again. To set somebody a task, give away the "
    "folder `feeds` alone.",
    "Its sentences come from lists of a few hundred. Nothing that reads words may be judged by it.",
    "Places have no map: a postcode says only in which council’s area a family lives. Deprivation, "
    "traffic and neighbourhoods are not there.",
    "There is nobody over 17, no school sixth form, no pupil referral unit, no independent school, "
    "no nursery. Care leavers are those of 16 and 17. Adopters are numbers.",
    "The inspection list of looked-after children leaves the place of a placement empty; the "
    "SSDA903 return has it.",
    "A looked-after child stays at its school and in its district’s files, even if its placement "
    "is over the border.",
    "What happens in ordinary times is drawn for each child by itself: illness does not spread, "
    "and one parent’s trouble shows in referrals for all siblings but not in their school.",
    "Sources disagree on missing children: the return of looked-after children counts more "
    "episodes than police figures allow. The county follows the first, and is above the second.",
    "The national returns on home education and on children missing education are counts, not "
    "lists; the county’s list is a format of its own. So are all CSV files of police, homes, youth "
    "justice, housing and charity, because no public format exists.",
)
ASSUMED = (
    f"{EXPLOITED * 10_000:.0f} children in 10,000 are exploited at some time in the two years.",
    "How often each agency sees what signs mean, for each storyline (below), and how councils "
    "answer.",
    "How likely each agency is to see it, compared with other children: "
    + "; ".join(f"{who}, {factor:g} times" for who, factor in STEREOTYPES)
    + ". Inquiries found such differences; their size is invented, so that a measure of who is "
    "missed has something to find.",
    f"For each exploited child there are {FOR_EACH} others in whose records something reads as if, "
    "in the same words, and one agency in five of these cases is mistaken and says so. Agencies "
    "also suspect others: in notices, flags of crimes, and factors of assessments.",
    "Surnames and their order, and which community uses which names: our own lists. Forenames by "
    "year of birth are the Office for National Statistics’ (Open Government Licence v3.0).",
    "Accuracy of each kind of agency (`people/accuracy.py`), how often there are contacts, early "
    "help, clinics, sightings, notices, calls and reports, and everything marked as our own "
    "assumption in the code.",
)


def data_card(county: County | None = None) -> str:
    """The card in Markdown; of one county, with how to make it again, where one is given."""
    return f"# {TITLE}\n\n{ABOUT}\n\n{_made_by(county)}{body()}"


def body() -> str:
    """What is true of every county."""
    return "\n".join(
        (
            "## What it is\n",
            _bullets(IS),
            "## What it is not\n",
            _bullets(IS_NOT),
            "## What it is held to\n",
            "`keepsight county describe` prints these figures beside a county’s own, counted from "
            "its files. Within says how far a county may be from the figure, besides what chance "
            "does to a small one (three standard deviations of a count).\n",
            _figures(),
            "## What is assumed\n",
            _bullets(ASSUMED),
            "## Storylines\n",
            "Each is a table of what happens and of who writes it down, in neutral words; every "
            "child of the age may live any of them, unless the table says otherwise.\n",
            _shapes(),
            "## What the agencies send\n",
            _table(("Source", "What"), SOURCE_TITLES.items()),
            "Feeds stop: "
            + "; ".join(
                f"`{each.source}` for {each.weeks} weeks, {each.weeks_before_today} weeks before "
                "the end"
                for each in SILENCES
            )
            + "; and the last return interviews are three weeks overdue.\n",
            "## The truth\n",
            "It is in a folder of its own, `truth`, and in no feed. Nothing in the product may "
            "read it: only what makes a county and what measures against it.\n",
            _table(
                ("Table", "Columns"),
                ((f"`{name}.csv`", ", ".join(columns)) for name, columns in HEADERS.items()),
            ),
            "`summary.json` says how many children there are, how many are exploited, and how much "
            "of that any agency suspects, has recorded, or does not know at all.\n",
        )
    )


def _made_by(county: County | None) -> str:
    if county is None:
        return ""
    command = (
        f"keepsight county make --children {county.children} --seed {county.seed} "
        f"--today {county.today.isoformat()} --weeks {county.weeks} --out FOLDER"
    )
    return (
        f"This county has {county.children:,} children in {len(county.areas)} districts and "
        f"{len(county.agencies):,} agencies, who sent {len(county.deliveries):,} files. To make it "
        f"again, to the byte, with the same version:\n\n```\n{command}\n```\n\n"
    )


def _figures() -> str:
    rows = (
        (
            each.title,
            f"{each.value:,.6g}",
            each.unit.value,
            f"{each.within:.0%}",
            f"{each.source}, {each.year}",
            MARK_MEANINGS[Mark(each.mark)],
        )
        for each in FIGURES.values()
    )
    return _table(("Figure", "Value", "Unit", "Within", "Source and year", "Checked"), rows)


def _shapes() -> str:
    rows = (
        (
            shape.title,
            shape.form.value,
            shape.by.value,
            f"{shape.ages[0]} to {shape.ages[1]}",
            f"{shape.girls:.0%}",
            ", ".join(word for word, holds in _asked(shape) if holds) or "any",
            f"{shape.seen:g}",
        )
        for shape in SHAPES
    )
    heading = ("Storyline", "Form", "By", "Ages", "Girls", "Children", "Seen by each agency")
    return _table(heading, rows)


def _asked(shape: Shape) -> tuple[tuple[str, bool], ...]:
    return (
        ("looked after", shape.in_care),
        ("disabled", shape.disabled),
        ("unaccompanied", shape.unaccompanied),
        ("moved over a border", shape.crossed_border),
    )


def _bullets(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
