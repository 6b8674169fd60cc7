from datetime import date

import pytest

from keepsight.intake.rows import Fact, Refused
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.vocabulary.content.social_care import AssessmentCompleted, ChildProtectionPlan

CHILD = """<Message><Children><Child>
<ChildIdentifiers><LAchildID>C1</LAchildID>{identifiers}<Sex>M</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-05-01</CINreferralDate><ReferralSource>6</ReferralSource>
{inside}<ReferralNFA>0</ReferralNFA>{after}</CINdetails></Child></Children></Message>"""


def child(inside="", identifiers="", after=""):
    return CHILD.format(inside=inside, identifiers=identifiers, after=after)


def test_every_fact_of_the_fixture(parts_of, fixture_of):
    parts = parts_of(fixture_of("cin/fixture.xml"))
    kinds = [part.content.kind for part in parts]
    assert kinds == [
        "person_details",
        "referral_received",
        "case_closed",
        "assessment_started",
        "assessment_completed",
        "child_in_need_plan",
        "section47_started",
        "initial_conference_held",
        "child_protection_plan",
        "protection_plan_reviewed",
        "protection_plan_reviewed",
        "person_details",
        "referral_received",
        "section47_started",
        "initial_conference_not_required",
    ]
    completed = next(part for part in parts if isinstance(part.content, AssessmentCompleted))
    assert completed.content.factors == ("10A", "11A")
    assert completed.occurred == start_of_day(date(2025, 6, 13))
    assert completed.day_only
    plan = next(part for part in parts if isinstance(part.content, ChildProtectionPlan))
    assert plan.occurred_until == start_of_day(date(2026, 2, 27))
    assert plan.row == "Child 1, CINdetails 1, ChildProtectionPlans 1"
    assert parts[0].occurred == start_of_day(date(2026, 3, 31)), "the return's reference date"
    assert len({part.source_key for part in parts}) == len(parts)


def test_a_namespace_changes_nothing(parts_of, fixture_of):
    plain = fixture_of("cin/fixture.xml").read_text(encoding="utf-8")
    spaced = plain.replace("<Message>", '<Message xmlns="urn:dfe">')
    prefixed = plain.replace("<", "<d:").replace("<d:/", "</d:").replace("<d:?", "<?")
    prefixed = prefixed.replace("<d:!", "<!").replace(
        "<d:Message>", '<d:Message xmlns:d="urn:dfe">'
    )
    assert parts_of(plain) == parts_of(spaced) == parts_of(prefixed)


def test_a_later_end_keeps_the_key(parts_of):
    plan = "<CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate>{}</CINPlanDates>"
    before = parts_of(child(plan.format("")))[2]
    after = parts_of(child(plan.format("<CINPlanEndDate>2025-07-01</CINPlanEndDate>")))[2]
    assert before.source_key == after.source_key
    assert before.occurred_until is None
    assert after.occurred_until is not None


def test_two_facts_under_one_key_are_told_apart(parts_of):
    plan = "<CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate>{}</CINPlanDates>"
    ended = plan.format("<CINPlanEndDate>2025-07-01</CINPlanEndDate>")
    open_one, ended_one, again = parts_of(child(plan.format("") + ended + plan.format("")))[2:]
    assert open_one.source_key == again.source_key != ended_one.source_key


@pytest.mark.parametrize(
    ("inside", "field", "reason"),
    [
        (
            "<CINPlanDates><CINPlanStartDate>31/05/2025</CINPlanStartDate></CINPlanDates>",
            "CINPlanStartDate",
            "not a day",
        ),
        (
            "<CINPlanDates><CINPlanStartDate>2025-06-02</CINPlanStartDate>"
            "<CINPlanEndDate>2025-06-01</CINPlanEndDate></CINPlanDates>",
            "CINPlanEndDate",
            "is before CINPlanStartDate",
        ),
        ("<Assessments/>", "AssessmentActualStartDate", "is empty"),
        ("<Sibling><Name>X</Name></Sibling>", "Sibling", "has no element Sibling"),
        (
            "<PreProceedingsandFGDM><PPStartDate>2026-01-05</PPStartDate></PreProceedingsandFGDM>",
            "PreProceedingsandFGDM",
            "draft census",
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_the_reason(parts_of, inside, field, reason):
    parts = parts_of(child(inside))
    (refused,) = [part for part in parts if isinstance(part, Refused)]
    assert refused.field == field
    assert reason in refused.reason
    assert len(parts) == 3, "the child and the referral still stand"


def test_faulty_values_are_kept_with_a_remark(parts_of):
    factors = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in ("11A", "RB"))
    assessment = (
        "<Assessments><AssessmentActualStartDate>2025-05-20</AssessmentActualStartDate>"
        "<AssessmentAuthorisationDate>2025-05-10</AssessmentAuthorisationDate>"
        f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment></Assessments>"
    )
    person, _, _, completed = parts_of(child(assessment, "<UPN>A123456789123</UPN>loose"))
    assert person.content.upn == "A123456789123"
    assert [remark.field for remark in person.remarks] == ["ChildIdentifiers", "UPN"]
    assert completed.content.factors == ("11A", "RB")
    assert [remark.value for remark in completed.remarks] == ["2025-05-10", "RB"]


def test_a_conference_stated_twice_is_one_fact(parts_of):
    enquiry = (
        "<DateOfInitialCPC>2025-06-03</DateOfInitialCPC><Section47>"
        "<S47ActualStartDate>2025-05-12</S47ActualStartDate>"
        "<DateOfInitialCPC>2025-06-03</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired>"
        "</Section47>"
    )
    held = [p for p in parts_of(child(enquiry)) if p.content.kind == "initial_conference_held"]
    assert len(held) == 2
    assert held[0].source_key == held[1].source_key


def test_a_child_without_an_id_is_refused_whole(parts_of):
    (refused,) = parts_of(child().replace("<LAchildID>C1</LAchildID>", ""))
    assert isinstance(refused, Refused)
    assert "2025-05-01" in refused.raw.values()


def test_an_element_beside_the_children_is_refused(parts_of):
    parts = parts_of(child().replace("<Child>", "<Adult>Q</Adult>stray<Child>"))
    refused = [part for part in parts if isinstance(part, Refused)]
    assert {part.value for part in refused} == {"Q", "stray"}
    assert sum(isinstance(part, Fact) for part in parts) == 2
