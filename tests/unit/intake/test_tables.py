"""The sources that are tables: SSDA903, School Census and the daily register."""

from datetime import date

import pytest

from keepsight.intake.rows import Fact, FileRefused, LeftFormat, Refused, RegisterRow
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.formats import school_census
from keepsight.kernel.vocabulary.content.base import Tier

MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
REGISTER = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM\n"
SESSIONS = (
    "pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,"
    "termlysessiondetailsonrollorderseqcolumn,sourceid,sessions,attendancereason\n"
)
TERM = "2025_spring_termlysessiondetailsonroll.csv"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("ssda903/fixture_header.csv", ["person_details"] * 2),
        ("ssda903/fixture_episodes.csv", ["placement"] * 3),
        ("ssda903/fixture_missing.csv", ["missing_episode"] * 3),
        ("ssda903/fixture_reviews.csv", ["looked_after_review"]),
        ("ssda903/fixture_sw_episodes.csv", ["social_worker_allocated"]),
        ("ssda903/fixture_uasc.csv", ["unaccompanied_child"] * 2),
        (
            "ssda903/fixture_oc2.csv",
            ["looked_after_health", "difficulties_questionnaire"] * 2 + ["looked_after_health"],
        ),
        ("ssda903/fixture_oc3.csv", ["care_leaver"] * 2),
        ("ssda903/fixture_ad1.csv", ["adoption_decided"]),
        ("ssda903/fixture_placed_for_adoption.csv", ["placed_for_adoption"] * 2),
        ("ssda903/fixture_previous_permanence.csv", ["earlier_permanence"] * 2),
        ("ssda903/fixture_deprivation_of_liberty.csv", ["deprivation_of_liberty"]),
        (
            "school_census/fixture_2025_spring_pupilonroll.csv",
            ["person_details", "school_enrolment"] * 2,
        ),
        (f"school_census/fixture_{TERM}", ["attendance_summary"] * 3),
        (
            "school_census/fixture_2025_spring_pupilnolongeronroll.csv",
            ["person_details", "school_enrolment"],
        ),
        (
            "school_census/fixture_2025_spring_termlyexclusionsonroll.csv",
            ["school_exclusion"] * 2,
        ),
        ("school_census/fixture_2025_spring_addressesonroll.csv", ["address_given"] * 2),
        ("school_census/fixture_2025_spring_senneedsonroll.csv", ["special_educational_need"]),
    ],
)
def test_each_fixture_is_clean(parts_of, fixture_of, name, kinds):
    parts = parts_of(fixture_of(name))
    assert [part.content.kind for part in parts] == kinds
    assert not any(part.remarks for part in parts)


def test_missing_and_away(parts_of):
    missing, away, unknown = parts_of(
        MISSING + "7,,M,10/09/2025,\n7,,A,02/10/2025,02/10/2025\n7,,Q,03/10/2025,\n"
    )
    assert missing.content.category == "missing"
    assert missing.occurred_until is None
    assert away.content.category == "away"
    assert away.occurred_until == away.occurred == start_of_day(date(2025, 10, 2))
    assert (unknown.row, unknown.field, unknown.value) == ("row 4", "MISSING", "Q")
    assert unknown.raw["MIS_START"] == "03/10/2025"


@pytest.mark.parametrize("table", ["ad1", "placed_for_adoption", "previous_permanence"])
def test_what_tells_of_adoption_is_sealed_and_nothing_of_adopters_is_held(
    parts_of, fixture_of, table
):
    for part in parts_of(fixture_of(f"ssda903/fixture_{table}.csv")):
        assert part.content.held is Tier.SEALED
        assert not part.content.readable
        assert not {"MF", "L11"} & {str(said) for said in part.content.to_json().values()}


def test_a_year_of_care_says_nothing_new_when_it_says_the_same(parts_of, fixture_of):
    first, second = parts_of(fixture_of("ssda903/fixture_oc2.csv"))[:2]
    assert (first.source_key, second.source_key) == ("health|L201", "questionnaire|L201")
    assert first.content.timeless
    assert second.content.timeless
    assert "CONVICTED" not in str(first)
    assert "12" not in second.content.sentence(), "a score is not what is said of a child"


def test_a_line_of_a_yearly_table_that_says_nothing_is_refused(parts_of):
    said, nothing, nobody = parts_of("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n7,,YES,,\n8,,,,\n,,YES,,\n")
    assert said.content.in_touch == "YES"
    assert isinstance(nothing, Refused)
    assert (nobody.field, nobody.row) == ("CHILD", "row 4")


def test_why_there_is_no_upn_is_no_upn(parts_of):
    (person,) = parts_of("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,F,,WBRI,UN4,,\n")
    assert person.content.upn is None
    assert [(each.field, each.value) for each in person.remarks] == [("UPN", "UN4")]


def test_columns_stand_in_any_order_and_case(parts_of):
    straight = parts_of(MISSING + "7,,M,10/09/2025,11/09/2025\n")
    turned = parts_of("mis_end,MIS_START,missing,dob,Child\n11/09/2025,10/09/2025,M,,7\n")
    assert straight == turned


def test_a_line_of_the_wrong_width_is_refused_whole(parts_of):
    (refused,) = parts_of(MISSING + "7,,M,10/09/2025,,extra\n")
    assert "6 values where the heading has 5" in refused.reason
    assert refused.raw["value 6"] == "extra"


def test_windows_1252_is_read_and_said(parts_of):
    lines = (
        "H801200001001,P1,García,Zoë,2011-04-02,ZE1 0AA,2025-10-06,/,\\\n"
        ",P2,Brackley,Ode,2014-09-30,,2025-10-06,/,\\\n"
    )
    person, row, plain, plain_row = parts_of((REGISTER + lines).encode("cp1252"))
    assert person.content.surname == "García"
    assert "Windows-1252" in person.remarks[0].reason
    assert not plain.remarks
    assert (row.morning, plain_row.morning) == ("/", "/"), "the marks stand"


def test_register_rows_and_who_the_pupils_are(parts_of, fixture_of):
    parts = parts_of(fixture_of("daily_register/fixture.csv"))
    rows = [part for part in parts if isinstance(part, RegisterRow)]
    assert rows[1] == RegisterRow("row 3", "P302", date(2025, 10, 6), "L", "O")
    assert rows[3].afternoon == ""
    people = [part for part in parts if isinstance(part, Fact)]
    assert [part.row for part in people] == ["row 2, pupil", "row 3, pupil", "row 5, pupil"]
    assert people[1].source_key != people[2].source_key, "the postcode changed within the file"


@pytest.mark.parametrize(
    ("day", "marks", "said"),
    [
        ("2025-10-06", "C2,Y5", ""),
        ("2024-07-01", "H,H", ""),
        ("2025-10-06", "H,QQ", "AM: Attendance code “H” was not in force on 6 October 2025."),
        ("2025-10-06", "/,QQ", "PM: “QQ” is not a school attendance code."),
        ("2025-10-06", "\\,/", "AM: “\\” is the mark of the other session."),
        ("2025-10-05", "/,\\", "Date: No register is taken at a weekend."),
        (
            "2027-01-04",
            "/,",
            "Date: This day lies after the day on which the file was received.",
        ),
    ],
)
def test_codes_are_checked_by_day_and_session(parts_of, day, marks, said):
    _, row = parts_of(f"{REGISTER},P1,,,,,{day},{marks}\n")
    if said:
        assert f"{row.field}: {row.reason}" == said
        assert (row.raw["AM"], row.raw["PM"]) == tuple(marks.split(","))
    else:
        assert (row.morning, row.afternoon) == tuple(marks.split(","))


def test_a_register_line_without_pupil_or_day_is_refused(parts_of):
    parts = parts_of(f"{REGISTER},,,,,,2025-10-06,/,\\\n,P1,,,,,06/10/2025,/,\\\n")
    assert [part.field for part in parts] == ["PupilID", "Date"]


def test_sessions_are_whole_and_codes_dated(parts_of):
    lines = "p1,S,a,1,s,135.0,O\np1,S,b,2,s,3.5,I\np1,S,c,3,s,2,H\np1,S,d,4,s,,C\n"
    unexplained, half, outdated, blank = parts_of(SESSIONS + lines, TERM)
    assert (unexplained.content.sessions, unexplained.content.category) == (135, "unauthorised")
    assert unexplained.source_key == "sessions|S/p1|2025-spring|O"
    assert isinstance(half, Refused)
    assert isinstance(blank, Refused)
    assert outdated.content.code == "H"
    assert "not in force" in outdated.remarks[0].reason


def test_sessions_without_a_term_are_refused(parts_of):
    with pytest.raises(FileRefused, match="does not say which term"):
        parts_of(SESSIONS + "p1,S,a,1,s,1,O\n", "sessions.csv")


def test_who_has_left_is_the_same_pupil_and_the_same_time_on_the_roll(parts_of, fixture_of):
    person, enrolment = parts_of(
        fixture_of("school_census/fixture_2025_spring_pupilnolongeronroll.csv")
    )
    assert person.subject_key == "SCH1/p303"
    assert enrolment.source_key == "enrolment|SCH1/p303|2021-09-03"
    assert enrolment.occurred_until == start_of_day(date(2024, 11, 20))


def test_exclusions_say_what_and_why_and_are_retold(parts_of, fixture_of):
    suspended, excluded = parts_of(
        fixture_of("school_census/fixture_2025_spring_termlyexclusionsonroll.csv")
    )
    assert suspended.content.sentence() == (
        "Suspended from school for 4 sessions: physical assault against a pupil; persistent or "
        "general disruptive behaviour"
    )
    assert excluded.content.category == "permanent"
    assert suspended.retold
    assert excluded.retold


def test_a_category_of_exclusion_that_is_not_known_is_refused(parts_of, fixture_of):
    path = fixture_of("school_census/fixture_2025_spring_termlyexclusionsonroll.csv")
    refused, stands = parts_of(path.read_text(encoding="utf-8").replace("SUSP", "SENT"))
    assert (refused.field, refused.value) == ("category", "SENT")
    assert isinstance(stands, Fact)


def test_free_school_meals_are_known_and_left_with_a_reason(parts_of):
    names = ",".join(school_census.FREE_MEALS.names)
    with pytest.raises(LeftFormat, match="free school meals, which Keepsight leaves: what a"):
        parts_of(f"{names}\n1,2,,,,,,\n", "2025_spring_fsmperiodsonroll.csv")
