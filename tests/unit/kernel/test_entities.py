"""What events name: the marks that are read, what is no entity, and the table of fields."""

from datetime import date

import pytest

from keepsight.kernel.entities.kinds import EntityKind, key_of
from keepsight.kernel.entities.marks import (
    group_name,
    online_names,
    phone_numbers,
    place_name,
    reference,
    vehicle_marks,
    vehicle_marks_within,
)
from keepsight.kernel.entities.naming import KINDS_THAT_NAME, NAMINGS, grading_of, mentions_of
from keepsight.kernel.entities.standing import STANDING, standing_of
from keepsight.kernel.vocabulary.content.base import field_types
from keepsight.kernel.vocabulary.content.community import HomeLogEntry
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.police import (
    Association,
    PoliceIntelligence,
    Sighting,
)
from keepsight.kernel.vocabulary.events import BY_KIND, CONTENTS
from keepsight.synthetic.life.wording import FLATS, HOTELS, PUBLIC_PLACES


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ("AI19 QBQ, silver estate", ["AI19QBQ"]),
        ("ai19qbq", ["AI19QBQ"]),
        ("a van, Q123 QQQ or QQQ 12Q", ["Q123QQQ", "QQQ12Q"]),
        ("silver estate", []),
        ("XAI19 QBQ", []),
        ("BS16 2QQ", []),
    ],
)
def test_the_field_of_a_vehicle_holds_marks_of_any_form(said: str, marks: list[str]) -> None:
    assert list(vehicle_marks(said)) == marks


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ("Staff wrote down AI19 QBQ.", ["AI19QBQ"]),
        ("Met in AI19QBQ and CI20 QDQ", ["AI19QBQ", "CI20QDQ"]),
        ("came at 20 and went", []),
        ("lives at ai19 qbq", []),
        ("Room Q12 QQQ", []),
    ],
)
def test_an_account_holds_marks_of_the_present_form_only(said: str, marks: list[str]) -> None:
    assert list(vehicle_marks_within(said)) == marks


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("Gives 07700 900123 as the number", ["+447700900123"]),
        ("+44 7700 900123, or 0044 7700 900 123", ["+447700900123"] * 2),
        ("+44 (0)7700 900123", ["+447700900123"]),
        ("(01632) 960001", ["+441632960001"]),
        ("+33 1 99 00 12 34", ["+33199001234"]),
        ("on 01/02/2026 at 21:00, case 0123456", []),
        ("NHS number 900 000 0009", []),
        ("07700 9001234567", []),
    ],
)
def test_numbers_are_as_they_are_dialled_from_anywhere(said: str, numbers: list[str]) -> None:
    assert list(phone_numbers(said)) == numbers


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("a friend called “Moon Fox 42”", ["moon fox 42"]),
        ('a friend called "moonfox42"', ["moonfox42"]),
        ("writes to @Night.Owl every day", ["night.owl"]),
        ("a man known as “Kite”", []),
        ("owl@example.org", []),
        ("said “I was there at 42 and left”", []),
        ("“07700 900123”", []),
    ],
)
def test_an_online_name_is_marked_as_one(said: str, names: list[str]) -> None:
    assert list(online_names(said)) == names


@pytest.mark.parametrize("place", [*FLATS, *HOTELS, "Priory Park", "Bus stop on Bridge Road"])
def test_a_place_with_a_name_is_a_place(place: str) -> None:
    assert place_name(place)
    assert place_name(place.upper()) == place_name(f"the {place.lower()}".replace("the a ", "a "))


@pytest.mark.parametrize(
    "place",
    [
        *PUBLIC_PLACES,
        *("The car park behind the cinema", "Home", "School", "Street", "Online", "High Street"),
        *("Home of a friend", "her friend’s house", "Mum's flat in Harbour Court"),
        *("Placement", "Oak Children's Home", "Mill Lane School", "St Quill's Hospital, A&E"),
        *("Quarry Road police station", "House of an adult in a port 120 miles away"),
        *("Returned by self", "Unknown", "", "?"),
    ],
)
def test_a_kind_of_place_a_home_and_a_school_are_no_entity(place: str) -> None:
    assert place_name(place) == ""


def test_groups_and_references_have_one_form() -> None:
    assert group_name("The Foundry Row lot") == group_name("foundry row Lot.") == "foundry row lot"
    assert reference("n 77") == reference("N77") == "N77"


def test_the_same_mark_is_the_same_entity_within_its_reach() -> None:
    def key(kind: EntityKind, agency: int, area: int) -> str:
        return key_of(kind, "X", agency=agency, area=area)

    for kind, across_agencies, across_areas in (
        (EntityKind.VEHICLE, True, True),
        (EntityKind.PLACE, True, False),
        (EntityKind.ADULT, False, False),
    ):
        assert (key(kind, 1, 1) == key(kind, 2, 1)) is across_agencies
        assert (key(kind, 1, 1) == key(kind, 2, 2)) is across_areas
    assert key_of(EntityKind.ADULT, "", agency=1, area=1) == ""


def test_an_event_names_each_entity_once() -> None:
    sighting = Sighting(place="Station Inn", vehicle="AI19 QBQ, van", company="driver of AI19 QBQ")
    assert [(each.kind, each.mark, each.said) for each in mentions_of(sighting)] == [
        (EntityKind.PLACE, "station inn", "Station Inn"),
        (EntityKind.VEHICLE, "AI19QBQ", "AI19 QBQ, van"),
    ]


def test_where_a_child_is_missing_from_is_never_named() -> None:
    assert (
        mentions_of(MissingEpisode(category="missing", missing_from="A flat in Weaver House")) == ()
    )


def test_an_adult_is_never_merged_by_name_alone() -> None:
    [named] = mentions_of(Association(adult="Marlow Vale"))
    assert (named.kind, named.mark, named.said) == (EntityKind.ADULT, "", "Marlow Vale")
    seen = Sighting(company='A man known as “Kite”, and a friend known as "Rook"')
    assert [(each.mark, each.said) for each in mentions_of(seen)] == [("", "Kite"), ("", "Rook")]
    [numbered] = mentions_of(Association(adult="Marlow Vale", adult_reference="N77"))
    assert (numbered.kind, numbered.mark) == (EntityKind.ADULT, "N77")


def test_intelligence_keeps_its_grading_and_conditions() -> None:
    graded = PoliceIntelligence(
        summary="Uses AI19 QBQ.",
        source_grade=3,
        assessment="E",
        handling="C",
        conditions="Ask first",
    )
    grading = grading_of(graded)
    assert grading is not None
    assert grading.source == "not reliable source"
    assert grading.assessment == "suspected to be false"
    assert grading.conditions == "Ask first"
    assert grading_of(HomeLogEntry(entry="Incident")) is None


def test_the_table_names_fields_that_are_texts_and_no_home() -> None:
    for naming in NAMINGS:
        fields = {field.name: expected for field, expected in field_types(BY_KIND[naming.event])}
        assert "str" in str(fields[naming.field]), naming
        assert naming.field not in {"missing_from", "address", "postcode"}
    named = {kind for kinds in KINDS_THAT_NAME.values() for kind in kinds}
    assert named <= {content.kind for content in CONTENTS}
    assert all(KINDS_THAT_NAME[kind] for kind in EntityKind)
    assert KINDS_THAT_NAME[EntityKind.ADULT] == ("association",), "a name joins nobody"


def test_a_mention_is_reviewed_and_ends() -> None:
    stands = standing_of(date(2026, 1, 1))
    assert (stands.review_by, stands.expires) == (date(2026, 4, 1), date(2027, 1, 1))
    assert not stands.expired(date(2027, 1, 1))
    assert stands.expired(date(2027, 1, 2))
    assert {each.mark.name for each in STANDING} == {"UNCONFIRMED"}
