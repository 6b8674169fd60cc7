"""Storylines: of many shapes, read as chronologies, seen in part by each agency."""

import re
from collections import Counter
from dataclasses import fields
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from keepsight.kernel.vocabulary.cin_codes import ASSESSMENT_FACTOR, REFERRAL_SOURCE
from keepsight.synthetic.districts import districts
from keepsight.synthetic.living import Lived, live
from keepsight.synthetic.people.heritage import ETHNIC_GROUPS
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.reading.entries import entries_of
from keepsight.synthetic.reading.register import register_of
from keepsight.synthetic.reading.story import Story, stories
from keepsight.synthetic.schools.codes import CODES
from keepsight.synthetic.stories.beats import Absent, Referral
from keepsight.synthetic.stories.cast import Cast, draw_cast
from keepsight.synthetic.stories.naming import suspicions
from keepsight.synthetic.stories.shape import By, Form, Shape
from keepsight.synthetic.stories.shapes import SHAPES

TODAY = date(2026, 7, 1)
PERIOD = Period(TODAY)
GROUPS = re.compile(
    r"\b(asian|black|white british|muslim|pakistani|roma|gypsy|travell?er|african|polish|somali|"
    r"christian|hindu|sikh|jewish|immigrant)\b",
    re.IGNORECASE,
)
"""Words of ethnic group and religion, which no record of a storyline says."""
LONG_AGO, FAR_AHEAD = datetime(1, 1, 1), datetime(9999, 1, 1)  # noqa: DTZ001 (local times)
GRAPHIC = re.compile(r"\b(rape|naked|blood|genital|penetrat|oral|stab)\w*", re.IGNORECASE)


@pytest.fixture(scope="module")
def lived() -> Lived:
    places = districts(60_000, 7)
    return live(places[0], places[1], PERIOD)


def texts(shape: Shape) -> list[str]:
    """Every sentence that a shape can put into a record."""
    found = list(shape.said)
    for beat in shape.beats:
        for part in fields(beat):  # type: ignore[arg-type]
            value = getattr(beat, part.name)
            found += [value] if isinstance(value, str) else []
            if part.name == "misread" and value:
                found += list(value)
    return found


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.key)
def test_every_shape_is_a_table_that_can_be_told(shape: Shape) -> None:
    cast = draw_cast(stream(1, shape.key))
    for text in texts(shape):
        for girl in (True, False):
            said = cast.say(text, girl)
            assert "{" not in said
            assert not re.search(r"\b(he or she|she or he|him or her|his or her)\b", said), said
            assert not re.search(r"\b(he|him|his)\b" if girl else r"\b(she|her|hers)\b", said), said
        assert not GROUPS.search(said), said
        assert not GRAPHIC.search(said), said
        assert "risk" not in said.lower(), said
    for beat in shape.beats:
        assert 0 <= beat.at[0] < beat.at[1] <= 1
        if isinstance(beat, Absent):
            assert set(beat.marks) <= set(CODES)
        if isinstance(beat, Referral):
            assert beat.source in REFERRAL_SOURCE
            assert set(beat.factors) <= set(ASSESSMENT_FACTOR.codes)
            assert abs(sum(share for _, share in beat.answers) - 1) < 1e-9
    assert 0 <= shape.girls <= 1
    assert shape.ages[0] <= shape.ages[1]


def test_shapes_are_of_every_form_and_by_everybody() -> None:
    assert {shape.form for shape in SHAPES} == set(Form)
    assert {shape.by for shape in SHAPES} == set(By)
    assert len({shape.key for shape in SHAPES}) == len(SHAPES) >= 20
    assert sum(shape.in_care for shape in SHAPES) >= 3
    assert sum(shape.girls < 0.5 for shape in SHAPES) >= 5
    assert any(shape.disabled for shape in SHAPES)
    assert any(not shape.seen and shape.beats for shape in SHAPES)
    assert any(not shape.beats for shape in SHAPES)


def test_registration_marks_and_numbers_belong_to_nobody() -> None:
    for number in range(200):
        cast = draw_cast(stream(number, "cast"))
        assert re.fullmatch(r"[A-Z]I\d\d Q[A-Z]Q", cast.plate)
        assert cast.phone.startswith("07700 900")
        assert cast.adult != cast.second


def test_stories_are_of_every_shape_both_sexes_and_every_group(lived: Lived) -> None:
    people, told = lived.happened.people, lived.told
    shapes = Counter(each.story.shape.key for each in told)
    # A shape of a low weight may be missing from one district.
    assert len(shapes) >= len(SHAPES) - 4
    persons = [each.story.person for each in told]
    assert len(set(persons)) == len(persons)
    girls = np.mean(people.sex[persons] == "F")
    assert 0.35 < girls < 0.65
    groups = Counter(people.ethnicity[persons].tolist())
    assert len(groups) > 8
    # Of every group in its share: nobody is exploited more for being of one.
    assert abs(groups["WBRI"] / len(told) - ETHNIC_GROUPS["WBRI"] / 98.1) < 0.12
    assert sum(people.disability[person] != "" for person in persons) > len(told) * 0.08


def test_a_story_is_lived_by_a_child_whom_it_fits(lived: Lived) -> None:
    people = lived.happened.people
    for each in lived.told:
        story, shape = each.story, each.story.shape
        age = int(people.ages(story.since)[story.person])
        if not shape.crossed_border:
            assert shape.ages[0] <= age <= shape.ages[1]
            assert people.lives_here(story.person, max(story.since, PERIOD.start))
        assert bool(people.unaccompanied[story.person]) == shape.unaccompanied
        assert not shape.disabled or people.disability[story.person]
        assert shape.girls > 0 or people.sex[story.person] == "M"


def test_every_record_of_a_story_lies_in_its_time_and_before_today(lived: Lived) -> None:
    for each in lived.told:
        late = each.story.until + timedelta(days=100)
        for kind in fields(each.records):
            for record in getattr(each.records, kind.name):
                assert each.story.since <= record.day <= late
                if kind.name not in ("roll_changes", "absence"):
                    assert record.day < TODAY
                assert record.person == each.story.person


def test_suspicions_are_only_of_agencies_that_see(lived: Lived) -> None:
    suspected = 0
    for each in lived.told:
        named = suspicions(each.records).get(each.story.person, {})
        assert set(named) <= each.story.noticing
        suspected += bool(named)
        if not each.story.shape.seen:
            assert not named
    assert 0.2 < suspected / len(lived.told) < 0.7


def test_councils_answer_in_every_way_and_some_not_at_all(lived: Lived) -> None:
    answers = Counter(answer for each in lived.told for _, answer in each.answers)
    assert answers.keys() >= {
        "no decision", "no further action", "assessed and closed", "child in need plan",
        "child protection plan",
    }  # fmt: skip
    outcomes = Counter(each.outcome for each in lived.happened.happenings.interviews)
    assert outcomes.keys() == {"Held", "Declined", "Not offered"}


def test_children_of_one_network_share_its_cast_and_not_its_story(lived: Lived) -> None:
    networks: dict[int, list[tuple[Cast, tuple[str, ...]]]] = {}
    for each in lived.told:
        if each.story.person < lived.happened.district.children:
            own = tuple(f"{entry.agency} {entry.text}" for entry in _entries(each, lived))
            networks.setdefault(each.story.network, []).append((each.story.cast, own))
    several = [members for members in networks.values() if len(members) > 1]
    assert len(several) > 5
    for members in several:
        assert len({cast for cast, _ in members}) == 1
        assert len({told for _, told in members}) == len(members)


def _entries(told, lived: Lived):
    return entries_of(told.story.person, told.records)


def test_a_child_missing_in_school_hours_is_missing_from_the_register(lived: Lived) -> None:
    """The first link that Ofsted did not find: absence, and being missing."""
    gone = next(
        episode
        for each in lived.told
        for episode in each.records.missing
        if episode.back
        and (episode.back - episode.left).days >= 4
        and episode.left.month in (1, 2, 3, 5, 6, 9, 10, 11)
        and any(spell == episode.person for spell in lived.happened.enrolments.spells.person)
    )
    months = {entry.when.month for entry in register_of(gone.person, lived.happened)}
    assert gone.left.month in months or gone.back.month in months


def test_a_story_over_a_border_is_one_story_in_two_districts() -> None:
    places = districts(60_000, 7)
    here = live(places[2], places[0], PERIOD)
    crossed = [
        each
        for each in here.told
        if each.story.shape.crossed_border and each.story.person >= places[2].children
    ]
    assert crossed
    there = live(places[0], places[1], PERIOD)
    for each in crossed:
        same = next(told for told in there.told if told.story.number == each.story.number)
        assert same.story.since == each.story.since
        assert same.story.cast == each.story.cast
        moved = there.happened.people.arrived[same.story.person]
        assert here.happened.people.left[each.story.person] == moved
        before = {
            record.left
            for record in here.happened.happenings.missing
            if record.person == each.story.person
        }
        after = {
            record.left
            for record in there.happened.happenings.missing
            if record.person == same.story.person
        }
        assert not before & after
        assert all(np.datetime64(left.date()) < moved for left in before)


def test_no_wording_tells_who_is_exploited(lived: Lived) -> None:
    """Whatever fifteen children have in a record, some of them have it and are not exploited."""
    exploited, holders = {each.story.person for each in lived.told}, _holders(lived)
    common = {what: persons for what, persons in holders.items() if len(persons) >= 15}
    assert len(common) > 200
    telling = [what for what, persons in common.items() if persons <= exploited]
    assert telling == []


def _holders(lived: Lived) -> dict[tuple[str, str, str], set[int]]:
    """Who has which words, in which field, of which kind of record."""
    found: dict[tuple[str, str, str], set[int]] = {}
    for kind in fields(lived.happened.happenings):
        for record in getattr(lived.happened.happenings, kind.name):
            for part in fields(record):
                value = getattr(record, part.name)
                if isinstance(value, str) and value:
                    found.setdefault((kind.name, part.name, value), set()).add(record.person)
    return found


def test_agencies_are_mistaken_too(lived: Lived) -> None:
    exploited = {each.story.person for each in lived.told}
    named = suspicions(lived.happened.happenings)
    wrongly = {agency for person, by in named.items() if person not in exploited for agency in by}
    assert wrongly >= {"school", "police", "council"}


def test_records_do_not_contradict_one_another(lived: Lived) -> None:
    happenings = lived.happened.happenings
    back: dict[int, datetime] = {}
    for episode in sorted(happenings.missing, key=lambda each: (each.person, each.left)):
        assert episode.left >= back.get(episode.person, LONG_AGO)
        back[episode.person] = episode.back or FAR_AHEAD
    closed: dict[int, date] = {}
    for case in sorted(happenings.cases, key=lambda each: (each.person, each.referral)):
        assert case.referral >= closed.get(case.person, date.min)
        closed[case.person] = case.closed or date.max
    homes = {}
    for placement in happenings.placements:
        homes.setdefault(placement.person, []).append(placement)
    for entry in happenings.home_entries:
        assert any(
            each.home == entry.home and each.started <= entry.day <= (each.ended or date.max)
            for each in homes[entry.person]
        )


@pytest.fixture(scope="module")
def ten() -> list[Story]:
    return [story for story, _ in zip(stories(10_000, 7, TODAY), range(10), strict=False)]


def test_ten_stories_read_as_chronologies(ten: list[Story]) -> None:
    assert len({story.title for story in ten}) >= 8
    for story in ten:
        days = [entry.when for entry in story.entries]
        assert days == sorted(days)
        if story.title != "no record of any agency shows it":
            within = [entry for entry in story.entries if entry.when.date() >= story.since]
            assert len(within) >= 4
            assert len({entry.agency for entry in within}) >= 2
        assert story.agencies()


def test_a_story_says_no_name_and_no_code_without_its_words(ten: list[Story]) -> None:
    for story in ten:
        for entry in story.entries:
            assert entry.text[:1].isupper()
            assert entry.text.endswith((".", "”"))
            assert "{" not in entry.text
