"""Requests made up from the OpenAPI document, good ones and bad ones, never make the server fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from api_client import BEARER, client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from served import TOKEN
from starlette.testclient import TestClient

from warledger.api.application import make_api
from warledger.api.guard import Rules
from warledger.app import App

EXAMPLES = 12
"""Made-up requests of each path."""


@pytest.fixture(scope="session")
def schema(read_app: App) -> schemathesis.BaseSchema:
    """The document of the API in this process, its endless stream left out."""
    made = make_api(read_app)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", made).exclude(path="/api/v1/stream")


@pytest.fixture(scope="session")
def guarded(read_app: App) -> Iterator[TestClient]:
    with client(read_app, Rules(token=TOKEN)) as made:
        yield made


SCHEMA = schemathesis.pytest.from_fixture("schema")


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_made_up_request_makes_the_server_fail(case: schemathesis.Case, guarded: TestClient) -> None:
    if case.method == "POST":
        case.body = {**case.body, "ids": ["nobody"], "actor": "nobody"} if isinstance(case.body, dict) else case.body
    answer = case.call(session=guarded, headers=BEARER)
    case.validate_response(answer, checks=[not_a_server_error, response_schema_conformance, status_code_conformance])
