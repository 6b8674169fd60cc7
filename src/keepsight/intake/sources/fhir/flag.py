"""A FHIR Flag: what a health service marks on a record, in its own words."""

from collections.abc import Mapping
from typing import Any

from keepsight.intake.fields import Unfit
from keepsight.intake.readers.fhir import Resource
from keepsight.intake.rows import Context, Fact
from keepsight.intake.sources.fhir.checks import moment, remark_if_ahead, subject_key
from keepsight.intake.sources.fhir.codes import IN_ERROR
from keepsight.intake.sources.fhir.concepts import closely_held, concepts, in_words
from keepsight.kernel.vocabulary.content.health import HealthFlag

Json = Mapping[str, Any]


def flag_fact(resource: Resource, flag: Json, context: Context) -> Fact:
    """One flag, while it is up; raises `Unfit` where it has no id, patient, day or words."""
    if not flag.get("id"):
        raise Unfit("id", "", "The flag has no id, so it could not be told when it is taken down.")
    text = in_words(concepts(flag, "code"))
    if text is None:
        raise Unfit("code", "", "The flag does not say in words what it is about.")
    period = flag.get("period", {})
    occurred, day_only = moment("period.start", period.get("start", ""))
    until = moment("period.end", period["end"])[0] if period.get("end") else None
    if until and until < occurred:
        raise Unfit("period.end", period["end"], "The flag ends before it starts.")
    about = list(concepts(flag, "category", "code"))
    return Fact(
        row=resource.row,
        subject_key=subject_key(flag.get("subject", {}), "flag"),
        source_key=f"flag|{flag['id']}",
        occurred=occurred,
        content=HealthFlag(
            text=text,
            category=in_words(concepts(flag, "category")),
            held_as=closely_held(about, ()),
        ),
        occurred_until=until,
        day_only=day_only,
        remarks=tuple(remark_if_ahead("period.start", occurred, context)),
        withdrawn=flag.get("status") == IN_ERROR,
    )
