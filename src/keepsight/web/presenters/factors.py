"""A person's second factors, in words."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from keepsight.agencies.queries import second_factors

KINDS = {"totp": "Authenticator app", "webauthn": "Passkey", "recovery_codes": "Recovery codes"}


@dataclass(frozen=True, slots=True)
class Factor:
    """One way of showing who one is, as the page lists it."""

    factor_id: int
    kind: str
    title: str
    added: datetime
    last_used: datetime | None
    codes_left: int | None


def factors_of(person_id: int) -> list[Factor]:
    """Every second factor of a person."""
    return [_factor(each) for each in second_factors(person_id)]


def kinds_of(person_id: int) -> set[str]:
    """Which kinds of second factor a person has."""
    return {each.type for each in second_factors(person_id)}


def _factor(each: Any) -> Factor:
    wrapped = each.wrap()
    named = f"{KINDS[each.type]}: {wrapped.name}" if each.type == "webauthn" else KINDS[each.type]
    left = len(wrapped.get_unused_codes()) if each.type == "recovery_codes" else None
    return Factor(each.pk, each.type, named, each.created_at, each.last_used_at, left)


def as_json(options: dict[str, Any]) -> str:
    """What a browser needs to know to use a passkey, for an attribute of the page."""
    return json.dumps(options, cls=DjangoJSONEncoder)
