"""The address of every page."""

from django.urls import path

from keepsight.web.views import area, child, feeds, log, plan, recording, signing_in, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
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
    path("checkpoint", log.checkpoint, name="checkpoint"),
    path("checkpoint/key", log.verification_key, name="verification-key"),
    path(
        "checkpoint/consistency/<int:old>/<int:new>",
        log.consistency_proof,
        name="consistency-proof",
    ),
    path("plans/<slug:area_key>/", area.public_plan, name="public-plan"),
]
