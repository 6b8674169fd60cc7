"""Who a password belongs to: one hash is reckoned at each try, whoever is asked about."""

from functools import cache
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.http import HttpRequest
from django.utils import timezone

from keepsight.agencies.models import Person
from keepsight.agencies.queries import account_by_email, may_sign_in, person_by_id


@cache
def nobodys_hash() -> str:
    """A password that nobody has, hashed like any other, to compare with where there is none."""
    return make_password("nobody’s password")


class PeopleBackend(BaseBackend):
    """Signs in people whose accounts are open. Every other case takes the same time."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Person | None:
        if username is None or password is None:
            return None
        nobody = nobodys_hash()
        person = account_by_email(username)
        known = person is not None and is_password_usable(person.password)
        right = check_password(password, person.password if person and known else nobody)
        if person and known and right and may_sign_in(person, timezone.now()):
            return person
        return None

    def get_user(self, user_id: int) -> Person | None:
        """The person of a browser's session: nobody as soon as the account is closed."""
        person = person_by_id(user_id)
        return person if person and person.is_active else None
