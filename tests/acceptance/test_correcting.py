"""A person corrects claims, as typed and over the API: control, tolls and the brief follow, and say who and why."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from api_client import BEARER
from api_ledger import ARMY, REBELS
from starlette.testclient import TestClient

from warledger.api.desk import Desk
from warledger.app import App
from warledger.asking import states_on
from warledger.cli.main import run
from warledger.domain.claim import ControlClaim

V1 = "/api/v1"
BY = {"author": "A. Editor", "reason": "the sentence names another"}
ON = "2024-12-08"


def held_at(app: App, name: str) -> str:
    """The id of the newest claim on who holds a place."""
    held = [k for k in app.ledger.claims(kinds=["control"]) if isinstance(k.claim, ControlClaim)]
    return [k.id for k in held if k.claim.place is not None and k.claim.place.name == name][-1]


def get(client: TestClient, path: str, **asked: str) -> Any:
    answer = client.get(f"{V1}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def correct(client: TestClient, **said: str) -> Any:
    return client.post(f"{V1}/corrections", json={**BY, **said}, headers=BEARER)


def test_control_and_the_place_follow_a_correction_and_say_who_made_it_and_why(own: TestClient, app: App) -> None:
    claim = held_at(app, "Hama")
    [before] = get(own, "/control", on=ON, place="Hama")["items"]
    then = app.ledger.census().known_to
    answer = correct(own, claim=claim, field="holder", value="SDF")
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["decision"]["claims"] == [claim] and told["events"] == []
    assert told["claims"][0]["holder"] == ["Syrian Democratic Forces"]
    for asked in ({"place": "Hama"}, {}):  # the place by itself, and all that is held on the day
        [now] = [i for i in get(own, "/control", on=ON, **asked)["items"] if i["place"]["name"] == "Hama"]
        assert now["holder"] == ["Syrian Democratic Forces"] != before["holder"]
        [said] = now["corrections"]
        assert (said["author"], said["reason"], said["field"]) == ("A. Editor", BY["reason"], "holder")
        assert said["was"] == "; ".join(before["holder"])
    assert get(own, "/places/Hama", on=ON)["control"]["corrections"] == [said]
    [days] = [i for i in get(own, "/control/days", on=ON)["items"] if i["place"]["name"] == "Hama"]
    assert days["corrections"] == [said]
    assert then is not None
    [known] = get(own, "/control", on=ON, place="Hama", known_at=then.isoformat())["items"]
    assert known == before


def test_a_claim_tells_what_may_be_corrected_and_what_was(own: TestClient, app: App) -> None:
    claim = held_at(app, "Hama")
    fields = get(own, f"/claims/{claim}")["correctable"]
    assert list(fields) == ["place", "holder", "status", "extent", "days", "modality"]
    assert (fields["place"], fields["status"], fields["extent"]) == ("Hama", "held", "all")
    assert correct(own, claim=claim, field="place", value="Saraqib").status_code == 201
    said = get(own, f"/claims/{claim}")
    assert said["correctable"]["place"] == said["place"]["name"] == "Saraqib"
    assert [c["was"] for c in said["corrections"]] == ["Hama"]
    assert [d["act"] for d in said["decisions"]] == ["correct"]
    assert claim not in [i["claim"]["id"] for i in get(own, "/history", place="Hama")["items"] if i.get("claim")]
    assert claim in [i["claim"]["id"] for i in get(own, "/history", place="Saraqib")["items"] if i.get("claim")]
    undone = {"act": "undo", "ids": [said["decisions"][0]["id"]], **BY}
    assert own.post(f"{V1}/decisions", json=undone, headers=BEARER).status_code == 201
    assert get(own, f"/claims/{claim}")["corrections"] == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"field": "days", "value": "2024-02-30"}, "days: 2024-02-30 is no day of the calendar"),
        ({"field": "colour", "value": "red"}, "colour: a control claim has no such field to correct"),
        ({"field": "holder", "value": "Syrian Natoinal Army"}, "holder: no actor is named 'Syrian Natoinal Army'"),
        ({"field": "holder", "value": "SDF", "claim": "none"}, "no event or claim has the id 'none'"),
        ({"field": "holder", "value": "SDF", "event": "e1"}, "name an event or a claim"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_one_line(
    own: TestClient, app: App, said: dict[str, str], why: str
) -> None:
    answer = correct(own, **{"claim": held_at(app, "Hama"), **said})
    assert answer.status_code == 422 and why in answer.text
    assert get(own, "/decisions")["items"] == []


def test_a_public_site_says_that_it_was_corrected_and_not_by_whom(own: TestClient, app: App) -> None:
    assert correct(own, claim=held_at(app, "Hama"), field="holder", value="SDF").status_code == 201
    printer = Desk(app, public=True).printer
    [hama] = [s for s in states_on(app, date.fromisoformat(ON), None) if s.place.name == "Hama"]
    assert [(c["author"], c["reason"]) for c in printer.control(hama)["corrections"]] == [(None, BY["reason"])]
    [kept] = app.ledger.claims(ids=hama.claim_ids)
    assert printer.claim(kept)["correctable"] is None
    assert "A. Editor" in own.get(f"{V1}/brief", params={"on": ON}).text


def test_as_typed_control_says_so_and_the_export_too(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    claim, db = held_at(app, "Hama"), ["--db", str(app.settings.db)]
    by = ["--author", BY["author"], "--reason", BY["reason"]]
    assert run(["correct", claim, "holder", "SDF", *by, *db]) == 0
    told = capsys.readouterr().out
    assert f"claim {claim} corrected" in told and "holder: Syrian Democratic Forces, was " in told
    assert run(["control", "--on", ON, "--place", "Hama", *db]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "corrected by A. Editor" in shown
    assert run(["control", "--on", ON, "--place", "Hama", "--format", "jsonl", *db]) == 0
    [said] = json.loads(capsys.readouterr().out)["corrections"]
    assert said["was"] in (ARMY, REBELS) and said["author"] == "A. Editor"
    assert run(["show", claim, *db]) == 0
    assert "corrected by A. Editor, was" in " ".join(capsys.readouterr().out.split())
    assert run(["correct", claim, "days", "2024-02-30", *by, *db]) == 2
    assert capsys.readouterr().err.strip() == "warledger: days: 2024-02-30 is no day of the calendar"
    assert run(["verify", *db]) == 0
