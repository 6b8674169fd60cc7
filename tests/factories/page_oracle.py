"""Holding every page that a person can open against `kernel.visibility`, byte for byte.

For each page: who gets it at all, which children it names, and which entries, alerts, obligations
and agencies it shows, no more and no less. A page that is not spoken of here fails a test.
"""

import re
import uuid
from collections.abc import Iterator

from keepsight.kernel.looking import Sight
from keepsight.kernel.roles import Permission, Role
from tests.factories.browsing import signed_in
from tests.factories.deciding import child_led, decision, differ, tied_by_name
from tests.factories.delivery_pages import deliveries, feeds, of_a_delivery
from tests.factories.known_world import KnownWorld
from tests.factories.visiting import Check, Visit, wrongly_refused

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ENTRY = re.compile(r'id="entry-(week:\d+|\d+)"')
ALERT = re.compile(rf'<section[^>]*id="alert-({UUID})"')
ALERT_LINK = re.compile(rf"#alert-({UUID})")
NAMED_IN = re.compile(r"#entry-(\d+)")
CHILD_LINK = re.compile(rf'href="/children/({UUID})/')
ROW = re.compile(r'<tr class="govuk-table__row">')
NOWHERE = uuid.UUID(int=1)


def page_disagreements(world: KnownWorld) -> Iterator[str]:
    """Where a page says more or less than the rule; none when every page agrees."""
    for person in world.people:
        visit = Visit(world, person, signed_in(person))
        for name, check in CHECKS.items():
            for each in check(visit):
                if each:
                    yield f"{person.email}: {name}: {each}"


def _children(text: str) -> set[uuid.UUID]:
    return {uuid.UUID(found) for found in CHILD_LINK.findall(text)}


def worklist(visit: Visit) -> Iterator[str]:
    if not visit.may(Permission.READ_WORKLIST):
        status, _ = visit.get("worklist")
        yield "" if status == 302 else f"answered {status}"
        return
    _, text = visit.get("worklist")
    reads = visit.may(Permission.DECIDE_ALERT) or Role(visit.person.role).reads_only
    alerts = {row.ref for row in visit.content("detection_alert")} if reads else set()
    yield differ("alerts", set(ALERT_LINK.findall(text)), alerts)
    owed = visit.content("casework_obligation")
    shown = len(ROW.findall(text.partition('id="obligations"')[2])) - bool(owed)
    yield differ("obligations", {shown}, {len(owed)})
    wanted = {row.child for row in owed if row.child and visit.named(row.child)}
    wanted |= {row.child for row in visit.content("detection_alert") if reads and row.child}
    wanted |= {
        each
        for each in visit.world.children
        if visit.named(each) and tied_by_name(visit.world, visit.person, each)
    }
    yield differ("children", _children(text), wanted)


def children(visit: Visit) -> Iterator[str]:
    refused = wrongly_refused(visit, Permission.FIND_CHILD, "children")
    if refused is not None:
        yield refused
        return
    own = {
        row.child
        for row in visit.content("identity_link")
        if row.child and row.held.agency == visit.person.agency_id
    }
    led = {
        row.child
        for row in visit.content("identity_link")
        if row.child and child_led(visit.world, visit.person, row.child)
    }
    for query, wanted in (("", own), ("?search=exam", own | led), ("?search=zz+none", set())):
        _, text = visit.get("children", query=query)
        yield differ(f"list {query}", _children(text), wanted)


def child(visit: Visit) -> Iterator[str]:
    refused = wrongly_refused(visit, Permission.READ_CHILD, "child", visit.world.children[0])
    if refused is not None:
        yield refused
        return
    _, absent = visit.get("child", NOWHERE)
    for each in visit.world.children:
        status, text = visit.get("child", each)
        if not visit.named(each):
            yield (
                "" if (status, text) == (404, absent) else f"{each} is not as if it were not there"
            )
            continue
        yield "" if status == 200 else f"{each} answered {status}"
        yield from _of_one(visit, each, text)


def _of_one(visit: Visit, of: uuid.UUID, text: str) -> Iterator[str]:
    facts = [row for row in visit.content("chronology_event", of) if row.latest]
    told = {row.ref for row in facts if not row.details}
    yield differ("timeline", set(ENTRY.findall(text)), told)
    alerts = {row.ref for row in visit.content("detection_alert", of)}
    yield differ("alerts", set(ALERT.findall(text)), alerts)
    owed = len(visit.content("casework_obligation", of))
    yield differ("obligations", {text.count('class="govuk-tag')}, {owed})
    weeks = len(visit.content("chronology_attendanceweek", of))
    shown = text.partition("newest first</caption>")[2].partition("</table>")[0]
    yield differ("weeks", {len(ROW.findall(shown))}, {weeks + 1 if weeks else 0})
    yield differ("other children", _children(text) - {of}, ())
    marker = "an address"
    places = {row.ref for row in visit.content("chronology_eventplace", of)}
    located = {row.ref for row in facts if not row.details} & places
    yield differ("whereabouts", {marker in text}, {bool(located)})
    involved = {
        row.held.agency
        for row in visit.world.rows
        if row.table == "identity_link"
        and row.child == of
        and decision(visit.world, visit.person, row).sight is Sight.EXISTENCE
    }
    yield differ("also involved", {'id="involved"' in text}, {bool(involved)})


def named(visit: Visit) -> Iterator[str]:
    """What is named about a child: a line a mention in force, of this child and of no other."""
    refused = wrongly_refused(visit, Permission.READ_CHILD, "named", visit.world.children[0])
    if refused is not None:
        yield refused
        return
    _, absent = visit.get("named", NOWHERE)
    for each in visit.world.children:
        status, text = visit.get("named", each)
        if not visit.named(each):
            yield "" if (status, text) == (404, absent) else f"{each} is not as if not there"
            continue
        yield "" if status == 200 else f"{each} answered {status}"
        seen = {row.ref for row in visit.content("chronology_event", each) if row.latest}
        told = {row.ref for row in visit.content("chronology_mention", each)} & seen
        yield differ("named", set(NAMED_IN.findall(text)), told)
        yield differ("other children", _children(text) - {each}, ())


def _of_a_child(name: str, permission: Permission) -> Check:
    """A page on which something is done for one child: there if the child is, else absent."""

    def check(visit: Visit) -> Iterator[str]:
        refused = wrongly_refused(visit, permission, name, visit.world.children[0])
        if refused is not None:
            yield refused
            return
        _, absent = visit.get(name, NOWHERE)
        for each in visit.world.children:
            status, text = visit.get(name, each)
            if visit.named(each):
                yield "" if status == 200 else f"{each} answered {status}"
                yield differ("other children", _children(text) - {each}, ())
            else:
                same = (status, text) == (404, absent)
                yield "" if same else f"{each} is not as if it were not there"

    return check


def agree_decision(visit: Visit) -> Iterator[str]:
    """Nothing waits for anybody to agree, so the page is there for nobody."""
    for row in visit.world.rows:
        if row.table == "detection_alert":
            status, _ = visit.get("agree-decision", row.child, row.ref)
            wanted = 404 if visit.may(Permission.DECIDE_ALERT) else 403
            yield "" if status == wanted else f"{row.ref} answered {status}"


def decide_alert(visit: Visit) -> Iterator[str]:
    rows = [row for row in visit.world.rows if row.table == "detection_alert"]
    seen = {row.ref for row in visit.content("detection_alert")}
    for row in rows:
        status, _ = visit.get("decide-alert", row.child, row.ref)
        if not visit.may(Permission.DECIDE_ALERT):
            yield "" if status == 403 else f"answered {status} to a role that may not"
            continue
        there = row.ref in seen and row.child is not None and visit.named(row.child)
        yield "" if status == (200 if there else 404) else f"{row.ref} answered {status}"


def _names_no_child(name: str, *args: object) -> Check:
    """A page that is about no child: nothing of any stands on it."""

    def check(visit: Visit) -> Iterator[str]:
        _, text = visit.get(name, *args)
        found = {each for each in visit.world.children if str(each) in text}
        yield differ("children", found, ())
        yield differ("names", {"Example</a>" in text and "children" in text}, {False})

    return check


def areas(visit: Visit) -> Iterator[str]:
    for area in visit.world.areas:
        yield from _names_no_child("area", area.pk)(visit)


CHECKS: dict[str, Check] = {
    "worklist": worklist,
    "children": children,
    "child": child,
    "named": named,
    "decide-alert": decide_alert,
    "agree-decision": agree_decision,
    "record-interview": _of_a_child("record-interview", Permission.RECORD_CASEWORK),
    "record-interview-offer": _of_a_child("record-interview-offer", Permission.RECORD_CASEWORK),
    "record-referral-decision": _of_a_child("record-referral-decision", Permission.RECORD_CASEWORK),
    "record-allocation": _of_a_child("record-allocation", Permission.ALLOCATE),
    "record-invitation": _of_a_child("record-invitation", Permission.ALLOCATE),
    "declare-interest": _of_a_child("declare-interest", Permission.DECLARE_INTEREST),
    "break-glass": _names_no_child("break-glass"),
    "feeds": feeds,
    "deliveries": deliveries,
    "delivery": of_a_delivery("delivery", Permission.READ_FEEDS),
    "put-right": of_a_delivery("put-right", Permission.SEND_FILES, every=False),
    "quarantined-rows-csv": of_a_delivery("quarantined-rows-csv", Permission.SEND_FILES),
    "new-mapping": _names_no_child("new-mapping"),
    "send-file": _names_no_child("send-file"),
    "your-role": _names_no_child("your-role"),
    "area": areas,
}
"""Each page that a signed-in person can open, and what it is held to."""

ABOUT_NO_CHILD = {
    "map-columns": "a file that its reader has just sent: tests/integration/test_mapping_pages.py",
    "governed-feeds": "feeds, and counts: tests/integration/test_governed_feeds.py",
    "governed-feed": "a feed, and counts: tests/integration/test_governed_feeds.py",
    "own-area": "sends on to the area's page",
    "set-alerts": "an area’s own limits, and counts",
    "write-plan": "a plan",
    "add-action": "a plan",
    "publish-plan": "a plan",
    "complete-action": "a plan",
    "confirm": "one's own sign-in",
    "second-factors": "one's own sign-in",
    "new-app": "one's own sign-in",
    "app-picture": "one's own sign-in",
    "new-passkey": "one's own sign-in",
    "recovery-codes": "one's own sign-in",
    "new-recovery-codes": "one's own sign-in",
    "remove-factor": "one's own sign-in",
    "analysis": "held to what may be said: tests/integration/test_analysis.py",
    "kept-apart": "of one agency: tests/integration/test_keeping_apart.py",
    "keep-person-apart": "of one agency: tests/integration/test_keeping_apart.py",
    "seal-child": "of one agency: tests/integration/test_keeping_apart.py",
    "protect-address": "of one agency: tests/integration/test_keeping_apart.py",
    "end-apart": "of one agency: tests/integration/test_keeping_apart.py",
    "links": "held to kernel.reviewing: tests/integration/test_who_reviews.py",
    "link-question": "held to kernel.reviewing: tests/integration/test_who_reviews.py",
    "lift-decision": "held to kernel.reviewing: tests/integration/test_who_reviews.py",
    "asked-records": "of one agency: tests/integration/test_judging.py",
    "answer-record": "of one agency: tests/integration/test_judging.py",
    "choose-identity": "of one agency: tests/integration/test_severing.py",
    "sever-identity": "of one agency: tests/integration/test_severing.py",
    "people": "staff: tests/integration/test_keeping_apart.py",
    "suspend-person": "staff: tests/integration/test_keeping_apart.py",
    "restore-person": "staff: tests/integration/test_keeping_apart.py",
    "looking": "names no child: tests/integration/test_who_looked.py",
    "review-glass": "names no child: tests/integration/test_who_looked.py",
    "review-sign": "names no child: tests/integration/test_who_looked.py",
    "who-looked": "held to the log: tests/generative/test_who_looked.py",
    "release-looks": "held to the log: tests/generative/test_who_looked.py",
    "released-looks": "held to the log: tests/generative/test_who_looked.py",
    "released-looks-csv": "held to the log: tests/generative/test_who_looked.py",
}
"""Pages that read no table with a child's data, or are held to something else elsewhere."""
