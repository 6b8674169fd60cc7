"""The OpenAPI document is walked: whatever is sent, the answer is one that the document names.

Good reports and spoiled ones are made up from the document itself. None makes the server fail, and
each refusal is a sentence with a remedy.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS

from keepsight.api.door import openapi
from keepsight.config.wsgi import application
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.sending import SENDERS, System, system_of
from tests.factories.world import make_world

schema = schemathesis.openapi.from_dict(openapi())
schema.app = application
SENT = schema.include(path_regex="^/api/v1/")
CHECKED = ("not_a_server_error", "status_code_conformance", "content_type_conformance",
           "response_schema_conformance")  # fmt: skip


@pytest.fixture(scope="module")
def systems(lasting_database: None) -> dict[AgencyKind, System]:
    world = make_world()
    return {kind: system_of(world, kind) for kind in set(SENDERS.values())}


@SENT.parametrize()
@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_whatever_is_sent_is_answered_as_the_document_says(
    case: schemathesis.Case, systems: dict[AgencyKind, System]
) -> None:
    kind = SENDERS.get(case.path.rsplit("/", 1)[1], AgencyKind.POLICE)
    token = systems[kind].token
    answer = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(answer, checks=[CHECKS.get_one(name) for name in CHECKED])
    if answer.status_code >= 400 and answer.status_code != 405:
        said = answer.json()
        assert said["detail"].endswith(".")
        assert said["remedy"]
