"""Every view says who may use it; no page reads a table by itself or trusts markup."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from keepsight.kernel.roles import Permission, Role, roles_that_may
from keepsight.web.access import allowed_roles, has_mark, is_for_clients, is_public

pytestmark = pytest.mark.access

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/keepsight/web"
PUBLIC_PAGES = {
    *("sign-in", "account_login", "sign-in-by-passkey", "mfa_authenticate", "choose-password"),
    *("openid_connect_login", "openid_connect_callback", "sign-out", "signed-out", "public-plan"),
    *("checkpoint", "verification-key", "consistency-proof"),
}
CLIENT_DOORS = {
    *("openapi-json", "client-token", "receipt", "send-missing-reports", "send-found-reports"),
    *("send-emergency-attendances", "send-school-concerns", "send-police-notices"),
}
"""What answers agencies’ systems by their tokens: no session of a person opens any of it."""
SETTING_UP = {"second-factors", "new-app", "app-picture", "new-passkey"}
"""What somebody can reach who lacks nothing but a second factor."""

OWN_SIGN_IN = SETTING_UP | {"confirm", "recovery-codes", "new-recovery-codes", "remove-factor"}
"""Where an inspector may write too: it changes nothing but their own way in."""

ASKED_AGAIN = {
    *("break-glass", "released-looks", "released-looks-csv"),
    *("new-app", "new-passkey", "recovery-codes", "new-recovery-codes", "remove-factor"),
    *("keep-person-apart", "seal-child", "protect-address", "end-apart"),
    *("suspend-person", "restore-person", "quarantined-rows-csv"),
    *("choose-identity", "sever-identity"),
}
"""Pages for which one must have shown in the last minutes who one is."""
HANDLERS = (403, 404, 500)


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


API = ROOT / "src/keepsight/api"
PAGES = {str(pattern.name): pattern.callback for pattern in patterns(get_resolver())}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_view_names_its_roles_or_is_public(name: str) -> None:
    view = PAGES[name]
    marks = [is_public(view), is_for_clients(view), bool(allowed_roles(view))]
    assert marks.count(True) == 1, f"{name} is marked for nobody, or twice"


def test_the_public_pages_are_these_and_no_other() -> None:
    assert {name for name, view in PAGES.items() if is_public(view)} == PUBLIC_PAGES


def test_the_doors_of_clients_are_these_and_no_other() -> None:
    assert {name for name, view in PAGES.items() if is_for_clients(view)} == CLIENT_DOORS


@pytest.mark.parametrize(
    ("mark", "pages"),
    [("sets_up", SETTING_UP), ("own_sign_in", OWN_SIGN_IN), ("reauthenticates", ASKED_AGAIN)],
)
def test_the_pages_with_a_mark_are_these_and_no_other(mark: str, pages: set[str]) -> None:
    assert {name for name, view in PAGES.items() if has_mark(view, mark)} == pages


def test_only_those_who_work_with_children_or_inspect_see_a_child() -> None:
    readers = roles_that_may(Permission.READ_CHILD)
    assert readers.isdisjoint({Role.ANALYST, Role.PARTNERSHIP_LEAD, Role.GOVERNANCE_LEAD})
    assert Role.RECORDS_STEWARD not in readers
    about = [
        view
        for name, view in PAGES.items()
        if name in ("child", "named") or name.startswith("record-")
    ]
    assert about
    assert all(allowed_roles(view) <= readers for view in about)


def test_an_inspector_may_use_no_page_that_writes() -> None:
    writing = [n for n in PAGES if re.match(r"(record|decide|write|add|publish|complete)-", n)]
    assert writing
    assert [name for name in writing if Role.INSPECTOR in allowed_roles(PAGES[name])] == []


def test_a_view_without_a_mark_is_for_nobody() -> None:
    def unmarked(request: HttpRequest) -> None: ...

    assert not is_public(unmarked)
    assert allowed_roles(unmarked) == frozenset()


@pytest.mark.parametrize("status", HANDLERS)
def test_what_cannot_be_shown_has_a_page_of_our_own(status: int) -> None:
    handler = get_resolver().resolve_error_handler(status)
    assert handler.__module__ == "keepsight.web.views.errors"


def lines(folder: Path, suffix: str) -> Iterator[tuple[str, str]]:
    files = sorted(folder.rglob(f"*{suffix}"))
    assert files, f"There is no {suffix} under {folder}."
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def test_pages_call_actions_and_queries_and_never_a_manager() -> None:
    manager = re.compile(r"\.objects\b|\bconnection\.cursor\b")
    for folder in (WEB, API):
        assert [where for where, line in lines(folder, ".py") if manager.search(line)] == []


def test_no_template_trusts_markup_from_elsewhere() -> None:
    trusted = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(")
    assert [where for where, line in lines(WEB / "jinja2", ".html") if trusted.search(line)] == []


def test_no_template_needs_an_inline_script_or_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=\"")
    assert [where for where, line in lines(WEB / "jinja2", ".html") if inline.search(line)] == []


def test_no_page_calls_harm_a_chance() -> None:
    never = re.compile(r"\b(at risk|risk of|score[sd]?|likelihood)\b", re.IGNORECASE)
    assert [where for where, line in lines(WEB / "jinja2", ".html") if never.search(line)] == []
