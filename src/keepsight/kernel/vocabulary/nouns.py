"""A noun for each kind of event, so that a sentence can speak of one of them or of several.

A title heads a line (“Missing”); what a sentence counts are missing episodes. A kind that no
indicator may read has no noun.
"""

NOUNS: dict[str, tuple[str, str]] = {
    "school_enrolment": ("time on a school’s roll", "times on a school’s roll"),
    "attendance_summary": (
        "term’s count of sessions under one attendance code",
        "terms’ counts of sessions under one attendance code",
    ),
    "attendance_of_year": (
        "school year’s count of sessions",
        "school years’ counts of sessions",
    ),
    "attendance_week": ("week of school attendance", "weeks of school attendance"),
    "absence_spell": ("spell of absence from school", "spells of absence from school"),
    "special_educational_need": (
        "record of a special educational need",
        "records of a special educational need",
    ),
    "school_concern": ("concern recorded by a school", "concerns recorded by a school"),
    "school_exclusion": (
        "suspension or exclusion from school",
        "suspensions or exclusions from school",
    ),
    "left_for_another_school": ("move to another school", "moves to another school"),
    "on_no_roll": (
        "record of being on no school’s roll",
        "records of being on no school’s roll",
    ),
    "missing_episode": ("missing episode", "missing episodes"),
    "return_interview_offered": (
        "offer of a return home interview",
        "offers of a return home interview",
    ),
    "return_interview_held": (
        "return home interview held",
        "return home interviews held",
    ),
    "emergency_attendance": (
        "emergency department attendance",
        "emergency department attendances",
    ),
    "hospital_stay": ("hospital stay", "hospital stays"),
    "health_contact": ("contact with a health service", "contacts with a health service"),
    "sexual_health_attendance": (
        "attendance at a sexual health service",
        "attendances at a sexual health service",
    ),
    "sexual_assault_centre_attendance": (
        "attendance at a sexual assault referral centre",
        "attendances at a sexual assault referral centre",
    ),
    "mental_health_contact": (
        "contact with a mental health service",
        "contacts with a mental health service",
    ),
    "refuge_stay": ("stay in a refuge", "stays in a refuge"),
    "appointment": ("health appointment", "health appointments"),
    "not_brought": (
        "health appointment to which the child was not brought",
        "health appointments to which the child was not brought",
    ),
    "health_flag": ("flag on a health record", "flags on a health record"),
    "crime_victim": (
        "reported crime of which the child is a victim",
        "reported crimes of which the child is a victim",
    ),
    "crime_suspect": (
        "reported crime of which the child is suspected",
        "reported crimes of which the child is suspected",
    ),
    "crime_witness": (
        "reported crime that the child saw",
        "reported crimes that the child saw",
    ),
    "sighting": (
        "sighting at a place or in a vehicle",
        "sightings at a place or in a vehicle",
    ),
    "association": (
        "link with an adult of concern or a group",
        "links with an adult of concern or a group",
    ),
    "public_protection_notice": ("public protection notice", "public protection notices"),
    "public_report": (
        "report made to the police online",
        "reports made to the police online",
    ),
    "youth_justice_contact": ("youth justice contact", "youth justice contacts"),
    "home_log_entry": (
        "entry in the log of a children’s home",
        "entries in the log of a children’s home",
    ),
    "housing_call": (
        "call to the housing service about the home",
        "calls to the housing service about the home",
    ),
    "voluntary_report": (
        "report of a voluntary organisation",
        "reports of a voluntary organisation",
    ),
    "referral_received": (
        "referral to children’s social care",
        "referrals to children’s social care",
    ),
    "referral_decided": ("decision on a referral", "decisions on a referral"),
    "assessment_started": ("assessment started", "assessments started"),
    "assessment_completed": ("completed assessment", "completed assessments"),
    "section47_started": (
        "section 47 enquiry started",
        "section 47 enquiries started",
    ),
    "initial_conference_held": (
        "initial child protection conference",
        "initial child protection conferences",
    ),
    "initial_conference_not_required": (
        "decision that no initial conference was required",
        "decisions that no initial conference was required",
    ),
    "child_in_need_plan": ("child in need plan", "child in need plans"),
    "child_protection_plan": ("child protection plan", "child protection plans"),
    "protection_plan_reviewed": (
        "review of a child protection plan",
        "reviews of a child protection plan",
    ),
    "case_closed": (
        "closure of a case by children’s social care",
        "closures of a case by children’s social care",
    ),
    "placement": ("looked-after placement", "looked-after placements"),
    "looked_after_review": ("looked-after review", "looked-after reviews"),
    "social_worker_allocated": ("time with one social worker", "times with one social worker"),
    "contact_received": (
        "contact with children’s social care",
        "contacts with children’s social care",
    ),
    "early_help_assessment": ("early help assessment", "early help assessments"),
    "in_need": ("open case of a child in need", "open cases of a child in need"),
    "child_seen": (
        "day on which a social worker saw the child",
        "days on which a social worker saw the child",
    ),
    "looked_after_period": ("period of being looked after", "periods of being looked after"),
    "looked_after_health": (
        "record of health in a year of care",
        "records of health in a year of care",
    ),
    "care_leaver": (
        "record of a life after leaving care",
        "records of a life after leaving care",
    ),
    "deprivation_of_liberty": (
        "period of being deprived of liberty by order of a court",
        "periods of being deprived of liberty by order of a court",
    ),
    "alert_considered": (
        "decision on an alert",
        "decisions on an alert",
    ),
}
"""By kind: one of them, without its article, and several."""


def with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
