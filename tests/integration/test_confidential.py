"""A clinic's record of a child leaves no trace for anybody else: no alert, no clock, no count."""

import uuid
from datetime import timedelta
from pathlib import Path

from keepsight.agencies.models import Agency
from keepsight.casework.clocks import reckon_obligations
from keepsight.casework.models import Obligation
from keepsight.detection.actions import detect
from keepsight.detection.models import Alert, AlertEvidence
from keepsight.detection.queries import alerts_to_read
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.sharing.actions import end_agreement, sign_agreement
from keepsight.sharing.models import Agreement
from tests.factories.roles import acting_as, looking
from tests.factories.world import NOW, TESTER, make_child, make_event, make_world

ADA = PersonDetails(forename="Ada", surname="Example")
MISSING = MissingEpisode(category="missing", missing_from="home")


def went_missing(child: uuid.UUID, agency: Agency, times: int) -> set[str]:
    """Episodes in the last weeks, each over; the references of their events."""
    days = (NOW - timedelta(days=7 * (n + 1), hours=agency.pk) for n in range(times))
    return {
        str(make_event(child, agency, MISSING, occurred=day, until=day + timedelta(hours=9)))
        for day in days
    }


def test_nothing_follows_that_others_could_see(database: None, tmp_path: Path) -> None:
    world = make_world()
    clinic, police = (world.agencies[k] for k in (AgencyKind.SEXUAL_HEALTH, AgencyKind.POLICE))
    child = make_child((clinic, ADA), (police, ADA))
    went_missing(child, clinic, 4)
    with acting_as("batch"):
        detect(by=TESTER, folder=tmp_path, as_of=NOW.date())
        reckon_obligations(by=TESTER)
        assert not Alert.objects.exists()
        assert not Obligation.objects.exists()


def test_an_alert_counts_what_may_be_known_only(database: None, tmp_path: Path) -> None:
    world = make_world()
    clinic, police = (world.agencies[k] for k in (AgencyKind.SEXUAL_HEALTH, AgencyKind.POLICE))
    child = make_child((clinic, ADA), (police, ADA))
    went_missing(child, clinic, 4)
    known = went_missing(child, police, 3)
    with acting_as("batch"):
        detect(by=TESTER, folder=tmp_path, as_of=NOW.date())
        reckon_obligations(by=TESTER)
        cited = set(AlertEvidence.objects.values_list("event_ref", flat=True))
        started = set(Obligation.objects.values_list("started_by", flat=True))
    assert cited == known
    assert {each.split(":")[0] for each in started} == {str(police.pk)}
    with looking(world.people[AgencyKind.CHILDRENS_SOCIAL_CARE]) as viewer:
        counts = {line.events for line in alerts_to_read(viewer)}
    assert counts == {3}


def test_no_alert_tells_of_what_no_agreement_gives(database: None, tmp_path: Path) -> None:
    world = make_world()
    police, school = (world.agencies[k] for k in (AgencyKind.POLICE, AgencyKind.SCHOOL))
    child = make_child((police, ADA), (school, ADA))
    went_missing(child, police, 4)
    with acting_as("batch"):
        agreement = Agreement.objects.get()
        end_agreement(by=TESTER, agreement_id=agreement.pk, because="left", agency=police)
        detect(by=TESTER, folder=tmp_path, as_of=NOW.date())
        assert not Alert.objects.exists()
        sign_agreement(
            by=TESTER,
            title="Again",
            gateway="test",
            parties=list(world.agencies.values()),
            review_by=NOW.date(),
        )
        detect(by=TESTER, folder=tmp_path, as_of=NOW.date())
        assert Alert.objects.exists()
