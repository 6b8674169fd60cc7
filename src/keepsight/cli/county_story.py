"""One story on a terminal: a child's timeline across agencies, beside what each alone could see."""

from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from keepsight.synthetic.reading.story import Story

SHORT = {
    "School": "Sch",
    "Social care": "Soc",
    "Education service": "Edu",
    "Police": "Pol",
    "Hospital": "Hos",
    "Sexual health": "SxH",
    "Community health": "Com",
    "Charity": "Cha",
    "Youth justice": "YJ",
    "Children’s home": "Hom",
    "Housing": "Hou",
}
"""An agency's name at the head of its column."""


def print_story(console: Console, story: Story) -> None:
    """The truth in a few sentences, the timeline, and each agency's part of it."""
    console.print(f"\n[bold]Story {story.number}: {story.title}[/bold]", highlight=False)
    console.print(Text(_truth(story)), soft_wrap=True)
    agencies = [name for name in SHORT if name in story.agencies()]
    if not agencies:
        console.print("No agency holds any record of this child.", highlight=False)
        return
    console.print(_timeline(story, agencies))
    key = ", ".join(f"{SHORT[name]} {name}" for name in agencies)
    console.print(f"{key}.", highlight=False, soft_wrap=True)
    console.print("What each agency alone could see:", highlight=False)
    for agency in agencies:
        console.print(Text(_alone(story, agency)), soft_wrap=True)


def _truth(story: Story) -> str:
    who = f"N{story.child:07d}, a {story.sex} of {story.age} in {story.district}"
    more = [word for word, holds in _circumstances(story) if holds]
    said = f"{who}{', ' + ' and '.join(more) if more else ''}. "
    said += f"The truth: {story.form} exploitation by {story.by}, from {story.since:%d %B %Y} "
    said += "and still going on. " if story.going_on else f"to {story.until:%d %B %Y}. "
    said += _answered(story)
    before = [name for name, day in story.suspected.items() if day < story.since]
    if not story.suspected:
        return said + "No agency suspects it."
    seen = ", ".join(
        f"{agency} on {day:%d %b %Y}"
        for agency, day in sorted(story.suspected.items(), key=lambda pair: pair[1])
    )
    wrongly = " The first came before it began, and was mistaken then." if before else ""
    return f"{said}First written down as such by: {seen}.{wrongly}"


def _answered(story: Story) -> str:
    if not story.answers:
        return ""
    answers = ", ".join(f"{answer} ({day:%d %b %Y})" for day, answer in story.answers)
    return f"What the council made of each referral: {answers}. "


def _circumstances(story: Story) -> tuple[tuple[str, bool], ...]:
    return (("looked after", story.looked_after), ("disabled", story.disabled))


def _timeline(story: Story, agencies: list[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("day", no_wrap=True)
    table.add_column("record", ratio=1)
    for agency in agencies:
        table.add_column(SHORT[agency], justify="center", no_wrap=True)
    marks = [(story.since, "The exploitation begins.")]
    if not story.going_on:
        marks.append((story.until, "The exploitation ends."))
    for entry in story.entries:
        while marks and entry.when.date() >= marks[0][0]:
            _mark(table, *marks.pop(0))
        held = ["●" if entry.agency == agency else "" for agency in agencies]
        table.add_row(f"{entry.when:%d %b %y}", Text(entry.text), *held)
    for mark in marks:
        _mark(table, *mark)
    return table


def _mark(table: Table, day: date, text: str) -> None:
    table.add_section()
    table.add_row(f"{day:%d %b %y}", Text(text, style="bold"))
    table.add_section()


def _alone(story: Story, agency: str) -> str:
    own = [entry for entry in story.entries if entry.agency == agency]
    within = [entry for entry in own if story.since <= entry.when.date()]
    said = f"  {agency}: {len(own)} record{'' if len(own) == 1 else 's'}"
    if within:
        said += f", {len(within)} of them since it began"
    return f"{said}, of {len(story.entries)} in all."
