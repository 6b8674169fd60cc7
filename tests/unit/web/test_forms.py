"""The forms: what must be answered, what must be in the past, and where each error leads."""

from datetime import date, timedelta

import pytest
from django.forms import Form

from keepsight.access.clock import today
from keepsight.web.forms import (
    EvidenceForm,
    InterviewHeldForm,
    InterviewOfferForm,
    KnownOnForm,
    PlanActionForm,
    PlanForm,
    ReferralDecisionForm,
    SignInForm,
)
from keepsight.web.forms_looking import ReferenceForm, ReleaseForm, ReviewForm
from keepsight.web.forms_triage import AgreeForm, AlertSettingForm, DecisionForm
from keepsight.web.presenters.errors import error_list, title

CHOICES = [("refer", "Make a referral"), ("ask", "Ask an agency"), ("watch", "Watch")]
EMPTY_FORMS = [
    SignInForm({}),
    KnownOnForm({}),
    DecisionForm({}, choices=CHOICES),
    AgreeForm({}),
    AlertSettingForm({}),
    InterviewHeldForm({}),
    InterviewOfferForm({}),
    ReferralDecisionForm({}),
    PlanForm({}),
    PlanActionForm({}, agencies=[(1, "Example Police")]),
    EvidenceForm({}),
    ReferenceForm({}),
    ReviewForm({}, outcomes=CHOICES),
    ReleaseForm({}, days=[]),
]


def boxes(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


@pytest.mark.parametrize("form", EMPTY_FORMS, ids=lambda form: type(form).__name__)
def test_every_required_field_says_in_its_own_words_what_to_enter(form: Form) -> None:
    for name, field in form.fields.items():
        errors = form.errors.get(name, [])
        assert bool(errors) == field.required
        assert all("This field" not in error and error.endswith(".") for error in errors)


@pytest.mark.parametrize("form", EMPTY_FORMS, ids=lambda form: type(form).__name__)
def test_every_field_has_a_label(form: Form) -> None:
    assert all(bound.label for bound in form)


def test_an_error_leads_to_the_first_box_of_a_day_and_to_the_first_radio() -> None:
    assert error_list(KnownOnForm({})) == [
        {"text": "Enter the day to show.", "href": "#id_known_on-day"}
    ]
    decision = DecisionForm({"reason": "Known"}, choices=CHOICES)
    assert error_list(decision) == [{"text": "Choose what you decided.", "href": "#id_decision"}]


def test_an_error_of_the_whole_form_leads_to_its_first_field() -> None:
    form = EvidenceForm({"evidence": "Minutes of 3 March"})
    form.add_error(None, "There is no such open action.")
    assert error_list(form) == [{"text": "There is no such open action.", "href": "#id_evidence"}]


def test_a_form_without_fields_can_still_be_refused() -> None:
    form = Form({})
    form.add_error(None, "A plan with no actions cannot be published.")
    assert error_list(form) == [{"text": "A plan with no actions cannot be published."}]


def test_a_form_that_nobody_sent_has_no_errors() -> None:
    assert error_list(KnownOnForm()) == []


def test_the_day_to_show_may_be_today_but_not_tomorrow() -> None:
    assert KnownOnForm(boxes("known_on", today())).is_valid()
    tomorrow = KnownOnForm(boxes("known_on", today() + timedelta(days=1)))
    assert tomorrow.errors["known_on"] == ["The day to show must be today or in the past."]


def test_what_has_not_happened_cannot_be_recorded() -> None:
    answers = {"at": "11:59pm", "declined": "no", "reason": ""}
    tomorrow = InterviewOfferForm(boxes("day", today() + timedelta(days=1)) | answers)
    assert tomorrow.errors["day"] == ["The offer must be in the past."]
    assert InterviewOfferForm(boxes("day", today() - timedelta(days=1)) | answers).is_valid()


def test_a_decision_outside_the_choices_is_refused() -> None:
    form = DecisionForm({"decision": "ignore", "reason": "x"}, choices=CHOICES)
    assert form.errors["decision"] == ["Choose what you decided."]


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"decision": "refer"}, {}),
        ({"decision": "ask"}, {"asked": ["Choose whom you ask."]}),
        ({"decision": "ask", "asked": "police"}, {}),
        ({"decision": "ask", "asked": "refuge"}, {"asked": ["Choose whom you ask from the list."]}),
        ({"decision": "watch"}, {"until": ["Enter the day until which it is watched."]}),
        (
            {"decision": "watch", "until-day": "31", "until-month": "2", "until-year": "2026"},
            {"until": ["The day until which it is watched must be a real day."]},
        ),
    ],
)
def test_what_a_decision_asks_for_besides(
    said: dict[str, str], errors: dict[str, list[str]]
) -> None:
    form = DecisionForm(said | {"reason": "x"}, choices=CHOICES)
    assert dict(form.errors) == errors


def test_where_nothing_may_be_watched_no_day_is_asked_for() -> None:
    assert "until" not in DecisionForm(choices=CHOICES[:2]).fields


def test_the_title_begins_with_error_only_where_there_is_one() -> None:
    assert title("Sign in", [{"text": "Enter your password."}]) == "Error: Sign in – Keepsight"
    assert title("Sign in", []) == "Sign in – Keepsight"
