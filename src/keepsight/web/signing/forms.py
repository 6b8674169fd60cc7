"""allauth's forms, with our words."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.password_validation import validate_password

from keepsight.web.forms import required

CODE_HELP = "Six numbers from your authenticator app, or one of your recovery codes."

BROKEN_OR_FORGED = (
    *(KeyError, IndexError, TypeError, ValueError, AttributeError, struct.error),
    InvalidSignature,
)
"""What the libraries raise at a passkey’s answer that is broken, or signed by another key."""


def code_field(label: str, help_text: str) -> forms.CharField:
    """A box for a code."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=20, error_messages=required("Enter the code.")
    )


class CodeForm(AuthenticateForm):
    code = code_field("Code", CODE_HELP)


class ConfirmCodeForm(ReauthenticateForm):
    code = code_field("Code", CODE_HELP)


class Unreadable:
    """What the browser sends for a passkey may be anything: what cannot be read is not right."""

    def clean_credential(self) -> Any:
        with readable():
            return super().clean_credential()  # type: ignore[misc]


@contextmanager
def readable() -> Iterator[None]:
    """Whatever the libraries stumble over is one error of the form."""
    try:
        yield
    except BROKEN_OR_FORGED:
        raise forms.ValidationError("The passkey’s answer could not be read.") from None


class PasskeyForm(Unreadable, AuthenticateWebAuthnForm):
    """Sent by the browser once the passkey has answered."""


class ConfirmByPasskeyForm(Unreadable, ReauthenticateWebAuthnForm):
    """The same, for somebody who is signed in."""


class PasskeySignInForm(Unreadable, LoginWebAuthnForm):
    """The same, for somebody who has not yet said who they are."""


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput,
        error_messages=required("Enter your password."),
    )


class AddAppForm(ActivateTOTPForm):
    code = code_field("Code from the app", "Six numbers. The app shows new ones twice a minute.")


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label="What do you call it?",
        help_text="For example, work phone. It helps you to know it again.",
        max_length=60,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        with readable():
            return super().clean()


class ChoosePasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="New password",
        help_text="At least 12 characters. Three random words are easy to keep in mind.",
        strip=False,
        widget=forms.PasswordInput,
        error_messages=required("Enter a new password."),
    )
    again = forms.CharField(
        label="New password again",
        strip=False,
        widget=forms.PasswordInput,
        error_messages=required("Enter the new password again."),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", "The two passwords are not the same.")
        return cleaned
