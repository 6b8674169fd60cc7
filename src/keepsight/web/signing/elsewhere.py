"""Whom an organisation's own sign-in has named: somebody who works there, or nobody."""

from allauth.socialaccount.models import SocialLogin

from keepsight.access.viewer import viewer_of
from keepsight.agencies.actions import know_elsewhere
from keepsight.agencies.models import Person
from keepsight.agencies.queries import account_by_email


def person_of(login: SocialLogin) -> Person | None:
    """The person, if the organisation may vouch for them.

    The first time they are found by an address that the organisation has verified, and their id
    there is kept; from then on only that id is asked. An organisation cannot name the people of
    another agency, and nobody there can become a colleague by taking on their address.
    """
    settings = login.provider.app.settings
    known = login.is_existing
    person = login.user if known else _by_address(login, settings["email_is_verified"])
    if person is None or person.agency.key != settings["agency"]:
        return None
    return person if known or _kept(login, person) else None


def _by_address(login: SocialLogin, always_verified: bool) -> Person | None:
    for address in login.email_addresses:
        if address.verified or always_verified:
            return account_by_email(address.email)
    return None


def _kept(login: SocialLogin, person: Person) -> bool:
    return know_elsewhere(
        by=viewer_of(person).actor,
        person_id=person.pk,
        provider=login.account.provider,
        uid=login.account.uid,
    )
