"""The daily children’s social care payload as JSON: a child’s blocks, and what each may hold.

Source: DfE, Find and use an API: children’s social care; structure of specification 0.8 as
published by Data to Insight; `formats.md` section 10. Where a block says `purge`, what it states is
withdrawn.
"""

from dataclasses import dataclass

from keepsight.kernel.vocabulary import cin_codes
from keepsight.kernel.vocabulary import ssda903_codes as care_codes
from keepsight.kernel.vocabulary import ssda903_more_codes as leaver_codes
from keepsight.kernel.vocabulary.code_sets import CodeSet
from keepsight.kernel.vocabulary.ethnicity import ETHNICITY

SOURCE = "DfE children’s social care API, specification 0.8"
PURGE = "purge"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockShape:
    """One block: its single values, its lists of values, and the blocks within it."""

    name: str
    title: str
    values: tuple[str, ...]
    lists: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


BLOCKS = {
    each.name: each
    for each in (
        BlockShape(
            name="child",
            title="child",
            values=("la_child_id", "mis_child_id"),
            blocks=("child_details", "health_and_wellbeing", "social_care_episodes"),
        ),
        BlockShape(
            name="child_details",
            title="details",
            values=(
                "unique_pupil_number", "former_unique_pupil_number", "first_name", "surname",
                "unique_pupil_number_unknown_reason", "date_of_birth", "expected_date_of_birth",
                "sex", "ethnicity", "postcode", "uasc_flag", "uasc_end_date",
            ),
            lists=("disabilities",),
        ),
        BlockShape(
            name="health_and_wellbeing", title="health", values=(), blocks=("sdq_assessments",)
        ),
        BlockShape(name="sdq_assessments", title="questionnaire", values=("date", "score")),
        BlockShape(
            name="social_care_episodes",
            title="episode",
            values=(
                "social_care_episode_id", "referral_date", "referral_source",
                "referral_no_further_action_flag", "closure_date", "closure_reason",
            ),
            blocks=(
                "care_worker_details", "child_and_family_assessments", "child_in_need_plans",
                "section_47_assessments", "child_protection_plans",
                "child_looked_after_placements", "adoption", "care_leavers",
            ),
        ),
        BlockShape(
            name="care_worker_details", title="worker",
            values=("worker_id", "start_date", "end_date"),
        ),
        BlockShape(
            name="child_and_family_assessments",
            title="assessment",
            values=("child_and_family_assessment_id", "start_date", "authorisation_date"),
            lists=("factors",),
        ),
        BlockShape(
            name="child_in_need_plans", title="child in need plan",
            values=("child_in_need_plan_id", "start_date", "end_date"),
        ),
        BlockShape(
            name="section_47_assessments",
            title="enquiry",
            values=(
                "section_47_assessment_id", "start_date", "icpc_required_flag", "icpc_date",
                "end_date",
            ),
        ),
        BlockShape(
            name="child_protection_plans", title="protection plan",
            values=("child_protection_plan_id", "start_date", "end_date"),
        ),
        BlockShape(
            name="child_looked_after_placements",
            title="placement",
            values=(
                "child_looked_after_placement_id", "start_date", "start_reason",
                "placement_type", "end_date", "end_reason", "change_reason",
            ),
            left=("postcode",),
        ),
        BlockShape(
            name="adoption", title="adoption",
            values=("initial_decision_date", "matched_date", "placed_date"),
        ),
        BlockShape(
            name="care_leavers", title="care leaver",
            values=("contact_date", "activity", "accommodation"),
        ),
    )
}  # fmt: skip

CODES: dict[str, tuple[CodeSet, ...]] = {
    "sex": (cin_codes.SEX,),
    "ethnicity": (ETHNICITY,),
    "unique_pupil_number_unknown_reason": (cin_codes.UPN_UNKNOWN,),
    "referral_source": (cin_codes.REFERRAL_SOURCE,),
    "closure_reason": (cin_codes.REASON_FOR_CLOSURE,),
    "start_reason": (care_codes.REASON_FOR_NEW_EPISODE,),
    "placement_type": (care_codes.PLACEMENT_TYPE, care_codes.PLACEMENT_TYPE_RETIRED),
    "end_reason": (care_codes.REASON_EPISODE_CEASED,),
    "change_reason": (care_codes.REASON_FOR_PLACEMENT_CHANGE,),
    "activity": (leaver_codes.ACTIVITY,),
}
LISTS: dict[str, CodeSet] = {
    "disabilities": cin_codes.DISABILITY,
    "factors": cin_codes.ASSESSMENT_FACTOR,
}
"""The code set of each list of codes."""
