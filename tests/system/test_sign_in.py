"""Signing in as people do it, in a real browser: an app, a passkey, a link, an account closed."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.factories.signing_in import code_now
from tests.system.conftest import ROOT, Site
from tests.system.steps import check_accessible, sign_in


def people(site: Site, *command: str) -> str:
    """`keepsight people …` on the demo, as its operator runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "keepsight.cli", "people", *command],
        env=site.environment | {"KEEPSIGHT_DEMO": "1", "COLUMNS": "400"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def a_lead(site: Site, number: int) -> str:
    """Somebody whom no other journey needs."""
    leads = sorted(email for email in site.passwords if email.startswith("lead."))
    return leads[number].removesuffix("@keepsight.example")


def test_the_app_is_added_asked_for_and_lost(site: Site, page: Page) -> None:
    login = a_lead(site, 0)
    sign_in(page, site.passwords, login)
    secret, recovery = when_they_add_an_app(page)
    when_they_sign_out(page)
    sign_in(page, site.passwords, login)
    expect(page).to_have_title("Show that it is you – Keepsight")
    check_accessible(page)
    when_they_type_a_wrong_code(page)
    when_they_type_what_the_app_shows(page, secret)
    expect(page.get_by_text("Signed in as")).to_be_visible()
    when_they_sign_out(page)
    sign_in(page, site.passwords, login)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Continue with the code").click()
    expect(page.get_by_text("Signed in as")).to_be_visible()
    when_the_phone_is_lost_a_link_lets_them_begin_anew(site, page, login)


def when_they_add_an_app(page: Page) -> tuple[str, str]:
    """Returns the app's secret and the first recovery code."""
    page.get_by_role("link", name="Your sign-in").click()
    check_accessible(page)
    page.get_by_role("link", name="Add an authenticator app").click()
    picture = page.locator("img[src$='picture.svg']")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
    check_accessible(page)
    secret = page.locator(".keepsight-secret").inner_text()
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Add the app").click()
    expect(page).to_have_title(re.compile("^Error: "))
    check_accessible(page)
    assert page.locator(".keepsight-secret").inner_text() == secret
    _type_code(page, "Code from the app", "Add the app", secret)
    expect(page).to_have_title("Recovery codes – Keepsight")
    check_accessible(page)
    code = page.locator("li.keepsight-secret").first.inner_text()
    page.get_by_role("button", name="Continue").click()
    return secret, code


def when_they_sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("You are signed out – Keepsight")


def when_they_type_a_wrong_code(page: Page) -> None:
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue with the code").click()
    expect(page).to_have_title(re.compile("^Error: "))
    check_accessible(page)


def when_they_type_what_the_app_shows(page: Page, secret: str) -> None:
    _type_code(page, "Code", "Continue with the code", secret)


def _type_code(page: Page, label: str, button: str, secret: str) -> None:
    """Twice where half a minute ended just between reading the code and its arrival."""
    for _ in range(2):
        page.get_by_label(label).fill(code_now(secret))
        page.get_by_role("button", name=button).click()
        if not page.title().startswith("Error: "):
            return


def when_the_phone_is_lost_a_link_lets_them_begin_anew(site: Site, page: Page, login: str) -> None:
    email = f"{login}@keepsight.example"
    said = people(site, "reset", email, "--factors", "--address", site.address)
    assert "The second factors are removed." in said
    (link,) = re.findall(r"^http\S+", said, re.MULTILINE)
    page.goto(link)
    expect(page).to_have_title("Choose a password – Keepsight")
    check_accessible(page)
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password again").fill("short")
    page.get_by_role("button", name="Save the password").click()
    expect(page).to_have_title("Error: Choose a password – Keepsight")
    check_accessible(page)
    page.get_by_label("New password", exact=True).fill("three made-up words")
    page.get_by_label("New password again").fill("three made-up words")
    page.get_by_role("button", name="Save the password").click()
    sign_in(page, {email: "three made-up words"}, login)
    expect(page.get_by_text("Signed in as")).to_be_visible()
    page.goto(link)
    expect(page).to_have_title("This link does not work – Keepsight")
    check_accessible(page)


@contextmanager
def an_authenticator(page: Page) -> Iterator[None]:
    """A passkey's own device, as Chromium plays it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    devtools.send("WebAuthn.removeVirtualAuthenticator", made)


def test_a_passkey_signs_in_alone_or_as_the_second_step(site: Site, page: Page) -> None:
    login, localhost = a_lead(site, 1), f"http://localhost:{urlsplit(site.address).port}"
    with an_authenticator(page):
        page.goto(f"{localhost}/sign-in/")
        sign_in(page, site.passwords, login, address=localhost)
        page.get_by_role("link", name="Your sign-in").click()
        page.get_by_role("link", name="Add a passkey").click()
        expect(page.get_by_text("A passkey needs JavaScript")).to_be_hidden()
        check_accessible(page)
        page.get_by_label("What do you call it?").fill("Work laptop")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page).to_have_title("Recovery codes – Keepsight")
        when_they_sign_out(page)

        page.goto(f"{localhost}/sign-in/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_text("Signed in as")).to_be_visible()
        when_they_sign_out(page)

        sign_in(page, site.passwords, login, address=localhost)
        expect(page).to_have_title("Show that it is you – Keepsight")
        check_accessible(page)
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_text("Signed in as")).to_be_visible()

        page.goto(f"{localhost}/confirm/?next=/your-sign-in/")
        check_accessible(page)
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_text("Passkey: Work laptop")).to_be_visible()
        page.get_by_role("link", name="Remove").click()
        check_accessible(page)
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("Work laptop")).to_have_count(0)


def test_a_passkey_that_does_not_answer_says_so(site: Site, page: Page) -> None:
    page.goto("/sign-in/")
    expect(page.get_by_text("The passkey did not answer")).to_be_hidden()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey did not answer")).to_be_visible()
    check_accessible(page)


def test_without_javascript_the_password_is_enough_to_begin(site: Site, plain_page: Page) -> None:
    plain_page.goto("/sign-in/")
    expect(plain_page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    sign_in(plain_page, site.passwords, "data.officer")
    plain_page.get_by_role("link", name="Your sign-in").click()
    expect(plain_page.get_by_role("link", name="Add an authenticator app")).to_be_visible()
    plain_page.get_by_role("link", name="Add a passkey").click()
    expect(plain_page.get_by_text("A passkey needs JavaScript")).to_be_visible()


def test_a_page_that_is_open_shows_no_more_once_the_account_is_closed(
    site: Site, page: Page
) -> None:
    login = "hospital"
    sign_in(page, site.passwords, login)
    expect(page.get_by_text("Signed in as")).to_be_visible()
    email = f"{login}@keepsight.example"
    try:
        assert "every session is ended" in people(site, "suspend", email, "--reason", "left")
        page.get_by_role("link", name="Children").click()
        expect(page).to_have_title("Sign in – Keepsight")
        expect(page.get_by_text("Your session is over")).to_be_visible()
        sign_in(page, site.passwords, login)
        expect(page).to_have_title("Error: Sign in – Keepsight")
        check_accessible(page)
        assert re.search(f"{re.escape(email)}.*closed: suspended: left", people(site, "list"))
    finally:
        assert "can sign in again" in people(site, "restore", email)
    sign_in(page, site.passwords, login)
    expect(page.get_by_text("Signed in as")).to_be_visible()
