"""Requests made up from the OpenAPI document, good ones and bad ones, never make the server fail."""

from __future__ import annotations

import schemathesis
from api_client import BEARER
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from served import TOKEN

from warledger.api.application import guarded_api
from warledger.api.guard import Rules
from warledger.app import App

EXAMPLES = 8
"""Made-up requests of each path and sort."""
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]
ENDLESS = "/api/v1/stream"


def test_no_made_up_request_makes_the_server_fail(read_app: App) -> None:
    api = guarded_api(read_app, Rules(token=TOKEN, hosts=frozenset()))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", api)
    operations = [found.ok() for found in schema.get_all_operations()]
    asked = {operation.label for operation in operations if operation.path != ENDLESS}
    for operation in operations:
        if operation.path != ENDLESS:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _try(operation, mode)
    assert len(asked) > 30
    assert read_app.ledger.census().claims == 9 and read_app.ledger.decisions() == []


def _try(operation: schemathesis.APIOperation, mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict) and "ids" in case.body:
            case.body = {**case.body, "ids": ["nobody"]}
        answer = case.call(headers=BEARER)
        case.validate_response(answer, checks=CHECKS)

    asked()
