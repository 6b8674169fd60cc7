"""The address of every page."""

from django.urls import path

from keepsight.web.views import (
    analysis,
    apart,
    area,
    child,
    confirming,
    feeds,
    passwords,
    people,
    plan,
    recording,
    relating,
    role,
    second_factors,
    signing_in,
    worklist,
)

ALLAUTH_NAMES = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/second-step/", confirming.second_step, name="mfa_authenticate"),
    path(
        "sign-in/organisations/<slug:provider_id>/",
        signing_in.sign_in_elsewhere,
        name="openid_connect_login",
    ),
    path(
        "sign-in/organisations/<slug:provider_id>/back/",
        signing_in.back_from_elsewhere,
        name="openid_connect_callback",
    ),
]
"""Pages that allauth asks for by names of its own."""

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/passkey/", signing_in.sign_in_by_passkey, name="sign-in-by-passkey"),
    path("choose-password/<str:token>/", passwords.choose, name="choose-password"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("your-sign-in/", second_factors.overview, name="second-factors"),
    path("your-sign-in/app/", second_factors.add_app, name="new-app"),
    path("your-sign-in/app/picture.svg", second_factors.app_picture, name="app-picture"),
    path("your-sign-in/passkey/", second_factors.add_passkey, name="new-passkey"),
    path("your-sign-in/codes/", second_factors.recovery_codes, name="recovery-codes"),
    path("your-sign-in/codes/new/", second_factors.new_recovery_codes, name="new-recovery-codes"),
    path("your-sign-in/<int:factor_id>/remove/", second_factors.remove, name="remove-factor"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("signed-out/", signing_in.signed_out, name="signed-out"),
    path("children/", worklist.children, name="children"),
    path("children/<uuid:child_id>/", child.child, name="child"),
    path(
        "children/<uuid:child_id>/alerts/<uuid:alert_id>/decision/",
        recording.decide,
        name="decide-alert",
    ),
    path(
        "children/<uuid:child_id>/return-interview/held/",
        recording.interview_held,
        name="record-interview",
    ),
    path(
        "children/<uuid:child_id>/return-interview/offered/",
        recording.interview_offered,
        name="record-interview-offer",
    ),
    path(
        "children/<uuid:child_id>/referral-decision/",
        recording.referral_decided,
        name="record-referral-decision",
    ),
    path("children/<uuid:child_id>/allocation/", relating.allocate_child, name="record-allocation"),
    path("children/<uuid:child_id>/conference/", relating.invite, name="record-invitation"),
    path("children/<uuid:child_id>/interest/", relating.interest, name="declare-interest"),
    path("emergency/", relating.emergency, name="break-glass"),
    path("apart/", apart.kept_apart, name="kept-apart"),
    path("apart/people/new/", apart.keep_person, name="keep-person-apart"),
    path("apart/seals/new/", apart.seal, name="seal-child"),
    path("apart/addresses/new/", apart.protect, name="protect-address"),
    path("apart/<slug:kind>/<uuid:kept_id>/end/", apart.end, name="end-apart"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/suspend/", people.suspend, name="suspend-person"),
    path("people/<int:person_id>/restore/", people.restore, name="restore-person"),
    path("analysis/", analysis.analysis, name="analysis"),
    path("your-role/", role.your_role, name="your-role"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("areas/", area.own_area, name="own-area"),
    path("areas/<int:area_id>/", area.area, name="area"),
    path("areas/<int:area_id>/plan/write/", plan.write, name="write-plan"),
    path("areas/<int:area_id>/plan/<int:plan_id>/add-action/", plan.add, name="add-action"),
    path("areas/<int:area_id>/plan/<int:plan_id>/publish/", plan.publish, name="publish-plan"),
    path(
        "areas/<int:area_id>/plan/actions/<int:action_id>/done/",
        plan.complete,
        name="complete-action",
    ),
    path("plans/<slug:area_key>/", area.public_plan, name="public-plan"),
    *ALLAUTH_NAMES,
]
