"""Common transfer files: who the pupil is, that it left, and nothing of parents or marks."""

from datetime import date

import pytest

from keepsight.intake.rows import FileRefused, Refused
from keepsight.kernel.calendar import start_of_day

FILE = (
    "<CTfile><Header><DateTime>2025-09-13T09:00:00</DateTime>"
    "<SourceSchool><LEA>998</LEA><Estab>2001</Estab></SourceSchool>"
    "<DestSchool><LEA>998</LEA><Estab>4001</Estab></DestSchool></Header>"
    "<CTFpupilData>{}</CTFpupilData></CTfile>"
)
WHO = "<UPN>H801200001001</UPN><Surname>Ashdown</Surname><Forename>Merle</Forename>"


def pupil(inside: str) -> str:
    return FILE.format(f"<Pupil>{inside}</Pupil>")


def test_the_fixture(parts_of, fixture_of):
    person, left, year, other, gone = parts_of(fixture_of("ctf/fixture.xml"))
    assert not any(part.remarks for part in (person, left, year, other, gone))
    assert (person.subject_key, person.content.postcode) == ("H801200001001", "ZE1 0AA")
    assert (left.content.from_school, left.content.to_school) == ("998/2001", "998/4001")
    assert left.occurred == start_of_day(date(2025, 9, 1))
    assert left.content.sen_provision == "K"
    assert (year.content.attended, year.content.possible) == (340, 380)
    assert gone.content.in_care is True
    assert other.subject_key == gone.subject_key


def test_a_pupil_without_a_upn_has_the_same_mark_in_every_file(parts_of):
    who = "<Surname>Brackley</Surname><Forename>Ode</Forename><DOB>2014-09-30</DOB>"
    first, again = (parts_of(pupil(said))[0] for said in (who, who.replace("Ode", "ODE")))
    assert first.subject_key == again.subject_key
    assert first.subject_key.startswith("no-upn-")
    (refused,) = parts_of(pupil("<Surname>Brackley</Surname>"))
    assert (refused.row, refused.field) == ("Pupil 1", "UPN")
    assert refused.raw == {"Surname": "Brackley"}


def test_without_a_leaving_date_the_file_says_the_day(parts_of):
    elsewhere = (
        "<SchoolHistory><School><LEA>997</LEA><Estab>1</Estab><LeavingDate>2019-07-01"
        "</LeavingDate></School></SchoolHistory>"
    )
    for inside in (WHO, WHO + elsewhere):
        _, left = parts_of(pupil(inside))
        assert left.occurred == start_of_day(date(2025, 9, 13))
    both = elsewhere.replace(
        "</SchoolHistory>",
        "<School><LEA>998</LEA><Estab>2001</Estab><LeavingDate>2025-08-31</LeavingDate></School>"
        "</SchoolHistory>",
    )
    _, left = parts_of(pupil(WHO + both))
    assert left.occurred == start_of_day(date(2025, 8, 31))


def test_a_day_that_is_none_refuses_the_transfer_and_not_the_pupil(parts_of):
    wrong = (
        "<SchoolHistory><School><LEA>998</LEA><Estab>2001</Estab><LeavingDate>2025-02-31"
        "</LeavingDate></School></SchoolHistory>"
    )
    person, refused = parts_of(pupil(WHO + wrong))
    assert person.content.surname == "Ashdown"
    assert isinstance(refused, Refused)
    assert (refused.field, refused.value) == ("SchoolHistory/School/LeavingDate", "2025-02-31")


def test_what_tells_of_parents_or_of_each_session_is_left_and_the_unknown_is_said(parts_of):
    more = (
        "<Contacts><Contact><Surname>Parent</Surname></Contact></Contacts>"
        "<Attendance><YearData><Year>2024</Year><SessionsPossible>3.5</SessionsPossible>"
        "<AttendanceMarks>/IRT</AttendanceMarks></YearData><YearData/></Attendance>"
        "<Mood>calm</Mood>"
    )
    parts = parts_of(pupil(WHO + more))
    person, _, year, refused = parts
    assert "Parent" not in repr(parts)
    assert "IRT" not in repr(parts)
    assert [(each.field, each.value) for each in person.remarks] == [("Mood", "calm")]
    assert [each.field for each in year.remarks] == ["SessionsPossible"]
    assert (refused.row, refused.field) == ("Pupil 1, attendance 2", "Year")


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (FILE.format(""), "no Pupil in it"),
        (FILE.format("<Pupil>"), "broken or ends too early"),
        ("<!DOCTYPE CTfile><CTfile/>", "declares a document type"),
    ],
)
def test_a_file_that_is_none_is_refused(parts_of, xml, said):
    with pytest.raises(FileRefused, match=said):
        parts_of(xml)
