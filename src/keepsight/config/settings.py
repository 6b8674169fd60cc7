"""Django settings. What differs by place comes from the environment, with safe defaults."""

import os
import secrets
from datetime import date
from pathlib import Path

from keepsight.config.database import databases
from keepsight.config.organisations import openid_apps
from keepsight.engines.keeping import made_once
from keepsight.engines.paths import PACKAGE, var
from keepsight.kernel.signing_in import CONFIRMED_MINUTES, DORMANT_DAYS, IDLE_MINUTES


def _secret_key() -> str:
    """`KEEPSIGHT_SECRET_KEY`, else one made at the first start and kept under `var`."""
    if given := os.environ.get("KEEPSIGHT_SECRET_KEY"):
        return given
    return made_once(var() / "secret-key", lambda: secrets.token_urlsafe(50))


def _spool() -> Path:
    """Where uploads are written while they come: beside the files that wait, and nowhere else."""
    folder = var() / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("KEEPSIGHT_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SECURE_COOKIES = os.environ.get("KEEPSIGHT_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "keepsight.audit",
    "keepsight.agencies",
    "keepsight.access",
    "keepsight.identity",
    "keepsight.chronology",
    "keepsight.sharing",
    "keepsight.detection",
    "keepsight.casework",
    "keepsight.oversight",
    "keepsight.intake",
    "keepsight.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "keepsight.web.middleware.ViewerMiddleware",
]

DATABASES = databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "agencies.Person"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "jinja2"],
        "OPTIONS": {"environment": "keepsight.config.jinja2.environment"},
    },
]

ROOT_URLCONF = "keepsight.config.urls"
WSGI_APPLICATION = "keepsight.config.wsgi.application"
CSRF_FAILURE_VIEW = "keepsight.web.views.errors.stale_form"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "worklist"
LOGOUT_REDIRECT_URL = "sign-in"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}

AUTHENTICATION_BACKENDS = ["keepsight.agencies.backend.PeopleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "agencies_usedcode",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""In the database, so that a code used in one worker is used in all."""

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = None

KEEPSIGHT_DEMO = os.environ.get("KEEPSIGHT_DEMO", "") == "1"
"""Only a demo may replay the past: receive a file as if on an earlier day, or set `today`."""

KEEPSIGHT_SECOND_FACTOR = os.environ.get(
    "KEEPSIGHT_SECOND_FACTOR", "offered" if KEEPSIGHT_DEMO else "demanded"
)
"""Whether nobody gets in without a second factor (“demanded”), or each may choose (“offered”)."""
if KEEPSIGHT_SECOND_FACTOR not in {"demanded", "offered"}:
    raise ValueError("KEEPSIGHT_SECOND_FACTOR must be “demanded” or “offered”.")

KEEPSIGHT_LARGEST_UPLOAD_MIB = int(os.environ.get("KEEPSIGHT_LARGEST_UPLOAD_MIB", "512"))
"""Mebibytes of a file that a browser sends; a larger one goes by the drop folder."""

FILE_UPLOAD_HANDLERS = ["keepsight.web.uploading.SpooledUpload"]
FILE_UPLOAD_TEMP_DIR = _spool()

KEEPSIGHT_IDLE_MINUTES = int(os.environ.get("KEEPSIGHT_IDLE_MINUTES", IDLE_MINUTES.value))
KEEPSIGHT_DORMANT_DAYS = int(os.environ.get("KEEPSIGHT_DORMANT_DAYS", DORMANT_DAYS.value))
KEEPSIGHT_CONFIRMED_MINUTES = int(
    os.environ.get("KEEPSIGHT_CONFIRMED_MINUTES", CONFIRMED_MINUTES.value)
)

ACCOUNT_ADAPTER = "keepsight.web.signing.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = False
"""Tries are counted by `agencies.tries`, which all workers share and which nobody can race."""

MFA_ADAPTER = "keepsight.web.signing.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
MFA_TOTP_ISSUER = "Keepsight"

SOCIALACCOUNT_ADAPTER = "keepsight.web.signing.adapters.OrganisationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps()}}

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KEEPSIGHT_PROXIES", "0"))
"""How many proxies of ours stand before the pages: whose word on the address is taken."""

KEEPSIGHT_TODAY = (
    date.fromisoformat(os.environ["KEEPSIGHT_TODAY"])
    if KEEPSIGHT_DEMO and "KEEPSIGHT_TODAY" in os.environ
    else None
)
