"""The page of statutory clocks."""

from itertools import groupby

from keepsight.cli.reference.markdown import bullets, cited, in_words, period, said, table
from keepsight.kernel.duties import DUTIES, Duty
from keepsight.kernel.duties.duty import Answer, Moment, Stop
from keepsight.kernel.vocabulary.content.base import Content

TITLE = "Duties and their clocks"
ABOUT = (
    "Every clock that Keepsight reads: what starts it, what stops it, how long it runs, and who "
    "says so. A clock runs by the version that was in force on the day that it started."
)
HEADING = ("Version", "In force", "Limit", "Force", "Source", "How far confirmed")


def body() -> str:
    ordered = sorted(DUTIES, key=lambda duty: (duty.code, duty.version))
    groups = groupby(ordered, key=lambda duty: duty.code)
    return "\n".join(_section(tuple(versions)) for _, versions in groups)


def _section(versions: tuple[Duty, ...]) -> str:
    duty = versions[-1]
    said = [
        f"Starts with: {_named(duty.starts.content)}, {_moment(duty)}.",
        *(f"Stops with: {_stop(stop)}." for stop in duty.stops),
        *_does_not_stop(duty),
        f"Answers for it: {duty.responsible.in_words}.",
        f"Who can stop it: {_who_stops(duty)}.",
    ]
    return (
        f"## {duty.title}\n\n`{duty.code}`. {duty.requirement}\n\n"
        f"{table(HEADING, map(_version, versions))}\n{bullets(said)}"
    )


def _version(duty: Duty) -> tuple[str, ...]:
    return (
        str(duty.version),
        period(duty.in_force_from, duty.in_force_until),
        str(duty.limit),
        duty.force.in_words,
        cited(duty.citation),
        in_words(duty.mark),
    )


def _named(content: type[Content]) -> str:
    return f"“{content.title}” (`{content.kind}`)"


def _moment(duty: Duty) -> str:
    when = "when it ends" if duty.starts.moment is Moment.ENDED else "when it happens"
    shared = "; several agencies’ records of one episode start one clock"
    return when + (shared if duty.starts.one_per_episode else "")


def _stop(stop: Stop) -> str:
    unless = f", unless {_answer(stop.unless)}" if stop.unless else ""
    return f"{_named(stop.content)}{unless}" + (
        f"; said with it: “{stop.note}”" if stop.note else ""
    )


def _does_not_stop(duty: Duty) -> list[str]:
    mentions = [
        f"Does not stop it: {_named(mention.content)}"
        + (f" where {_answer(mention.only_if)}" if mention.only_if else "")
        + f"; {mention.why_not}."
        for mention in duty.mentions
    ]
    if duty.undated:
        mentions.append(f"Met, date not given, where {_answer(duty.undated.answer)}.")
    return mentions


def _answer(answer: Answer) -> str:
    return f"`{answer.field}` is {said(answer.value)}"


def _who_stops(duty: Duty) -> str:
    return "only the agency whose event started it" if duty.same_agency else "any agency"
