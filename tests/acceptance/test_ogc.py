"""An OGC client from elsewhere opens the collections, pages through them and reads one feature."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_ledger import HAMA, REBELS, SARAQIB, fill
from owslib.ogcapi.features import Features
from served import app_of, served
from starlette.testclient import TestClient

from warledger.api.guard import Rules


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """OWSLib, connected to a real server."""
    app = app_of(tmp_path_factory.mktemp("ogc") / "w.db")
    fill(app.ledger)
    with served(app, Rules()) as address:
        yield Features(f"{address}/ogc")
    app.ledger.close()


def test_a_client_finds_the_collections(features: Any) -> None:
    assert features.feature_collections() == ["events", "control", "places"]
    assert any(c.endswith("/conf/core") for c in features.conformance()["conformsTo"])
    about = features.collection("events")
    assert about["extent"]["temporal"]["interval"] == [["2024-12-04T00:00:00Z", "2024-12-07T00:00:00Z"]]


def test_a_client_asks_by_box_and_days(features: Any) -> None:
    around_saraqib = [36.7, 35.8, 36.9, 35.9]
    found = features.collection_items("events", bbox=around_saraqib, datetime_="2024-12-01/..")
    (seizure,) = found["features"]
    assert seizure["id"] == "e-seizure" and seizure["geometry"]["coordinates"] == [SARAQIB.longitude, SARAQIB.latitude]
    assert features.collection_items("events", bbox=around_saraqib, datetime_="../2024-12-01")["features"] == []
    held = features.collection_items("control", datetime_="2024-12-05")
    assert held["numberMatched"] == held["numberReturned"] == 2
    assert {f["id"]: f["properties"]["holder"] for f in held["features"]}[SARAQIB.key] == [REBELS]
    assert features.collection_item("places", HAMA.key)["properties"]["place"] == "Hama"


def test_next_leads_to_the_end(features: Any) -> None:
    import httpx

    page = features.collection_items("events", limit=2, family="remote")
    seen = [f["id"] for f in page["features"]]
    while (ahead := next((k["href"] for k in page["links"] if k["rel"] == "next"), None)) is not None:
        page = httpx.get(ahead).json()
        seen += [f["id"] for f in page["features"]]
    assert seen == ["e-hostile", "e-shelling"]


def test_where_forces_are_and_what_is_only_named_have_no_geometry(api: TestClient) -> None:
    items = api.get("/ogc/collections/events/items").json()["features"]
    assert {f["id"] for f in items if f["geometry"] is None} == {"e-move", "e-hostile"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ogc/collections/tanks", 404),
        ("/ogc/collections/tanks/items", 404),
        ("/ogc/collections/events/items/nobody", 404),
        ("/ogc/collections/events/items?bbox=1,2,3", 400),
        ("/ogc/collections/events/items?bbox=40,30,20,20", 400),
        ("/ogc/collections/events/items?datetime=tomorrow", 400),
        ("/ogc/collections/events/items?datetime=2024-12-05/2024-12-01", 400),
        ("/ogc/collections/events/items?limit=0", 400),
        ("/ogc/collections/events/items?strange=1", 400),
        ("/ogc?strange=1", 400),
    ],
)
def test_what_the_standard_refuses_is_refused(api: TestClient, path: str, status: int) -> None:
    answer = api.get(path)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"


def test_answers_are_geojson_with_links(api: TestClient, tmp_path: Path) -> None:
    answer = api.get("/ogc/collections/control/items", params={"datetime": "2024-12-08", "bbox": "36.7,35.8,36.9,35.9"})
    assert answer.headers["content-type"] == "application/geo+json"
    said = answer.json()
    assert said["type"] == "FeatureCollection" and {k["rel"] for k in said["links"]} == {"self", "collection"}
    assert [f["properties"]["place_key"] for f in said["features"]] == [SARAQIB.key]
