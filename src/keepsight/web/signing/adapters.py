"""What allauth asks of us: who may come in, what it may say, and how its secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from keepsight.agencies.models import Person
from keepsight.agencies.queries import may_sign_in
from keepsight.agencies.sealing import seal, unseal
from keepsight.web.signing.elsewhere import person_of
from keepsight.web.signing.refusal import refused
from keepsight.web.signing.sessions import let_in

WRONG_CODE = "The code or the passkey is not right. Use a new code."


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up, nothing is mailed, and who comes in gets the token."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Never by allauth: views are marked `reauthenticates`, and our middleware asks."""
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def pre_login(self, request: HttpRequest, user: Person, **_: Any) -> HttpResponse | None:
        """The one way in, however somebody showed who they are: only to an open account."""
        if may_sign_in(user, timezone.now()):
            return None
        clear_login(request)
        return refused(request)

    def post_login(self, request: HttpRequest, user: Person, **hooks: Any) -> HttpResponse:
        return let_in(request, user, super().post_login(request, user, **hooks))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keepsight sends no mail."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Keepsight sends no mail."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed before they are stored."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Keepsight"}


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """An organisation vouches for its own people, and for nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> Any:
        """Keep nothing that the organisation says of a person: we need to know who it is only."""
        sociallogin.account.extra_data = {}
        return super().new_user(request, sociallogin)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        person = person_of(sociallogin)
        if person is None:
            raise ImmediateHttpResponse(refused(request))
        sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        raise ImmediateHttpResponse(refused(request))
