"""The API answers what the command line answers: of any day, as known at any time, with the words behind it."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from api_client import BEARER, client
from api_ledger import (
    ARMY,
    HAMA,
    NOBODY,
    REBELS,
    SARAQIB,
    concluded,
    happened,
    held,
    moment,
    place,
    read_two_ways,
    received,
)
from served import app_of
from starlette.testclient import TestClient

from warledger.api.guard import Rules
from warledger.app import App
from warledger.asking import gather_matter
from warledger.domain.codes import EventType
from warledger.domain.phrases import Language
from warledger.domain.records import claim_id
from warledger.tell.as_html import brief_html
from warledger.tell.as_json import brief_json
from warledger.tell.as_markdown import brief_markdown
from warledger.tell.brief import write_brief

V1 = "/api/v1"


def get(api: TestClient, path: str, status: int = 200, **parameters: Any) -> Any:
    answer = api.get(f"{V1}{path}", params=parameters)
    assert answer.status_code == status, answer.text
    return answer.json()


def ids(said: Any) -> list[str]:
    return [item["id"] for item in said["items"]]


def test_meta_tells_what_the_ledger_holds(api: TestClient) -> None:
    said = get(api, "/meta")
    assert said["counts"] == {"reports": 4, "claims": 9, "events": 5, "places": 2}
    assert (said["first_day"], said["last_day"]) == ("2024-12-04", "2024-12-07")
    assert said["known_to"] == moment(8).isoformat()
    assert said["writable"] and not said["public"]
    assert said["families"]["battle"][0] == "armed_clash" and said["grades"][0] == "confirmed"
    assert {"code": "ar", "reports": 1} in said["languages"]


def test_control_is_of_a_day_as_known_at_a_time(api: TestClient) -> None:
    def holder(**asked: str) -> dict[str, list[str]]:
        return {c["place"]["name"]: c["holder"] for c in get(api, "/control", **asked)["items"]}

    assert holder(on="2024-12-03") == {"Hama": [ARMY], "Saraqib": [ARMY]}
    assert holder(on="2024-12-08") == {"Hama": [REBELS], "Saraqib": [REBELS]}
    assert holder(on="2024-12-08", known_at="2024-12-05") == {"Hama": [ARMY], "Saraqib": [REBELS]}
    assert holder(on="2024-12-08", known_at="2024-12-05T11:00:00Z") == {"Hama": [ARMY], "Saraqib": [ARMY]}
    assert holder(on="2024-12-08", place="سراقب") == {"Saraqib": [REBELS]}
    assert holder(on="2024-12-08", country="ua") == {}
    assert holder(on="2024-12-01") == {}
    (saraqib,) = get(api, "/control", on="2024-12-08", place=SARAQIB.key)["items"]
    assert (
        saraqib["confidence"] == 0.801
    )  # one outright word (0.9) that was coded with 0.9, after three days of silence
    assert saraqib["for"] and saraqib["inherited_from"] is None
    assert saraqib["place"]["latitude"] == SARAQIB.latitude and saraqib["place"]["population"] == 88076


def test_holders_are_told_over_the_days_on_which_reports_came_out(api: TestClient) -> None:
    days = {"from": "2024-12-02", "to": "2024-12-07"}
    assert get(api, "/control/holders") == get(api, "/control/holders", **days)
    assert {h["name"] for h in get(api, "/control/holders")["items"]} == {ARMY, REBELS}
    assert {h["name"] for h in get(api, "/control/holders", on="2024-12-03")["items"]} == {ARMY}


def test_without_a_day_it_is_the_newest_report_s(api: TestClient) -> None:
    assert get(api, "/control")["on"] == "2024-12-07"
    assert get(api, "/control", known_at="2024-12-05")["on"] == "2024-12-05"


def test_what_changed_hands(api: TestClient) -> None:
    said = get(api, "/diff", **{"from": "2024-12-03", "to": "2024-12-05"})
    (change,) = said["items"]
    assert change["place"]["key"] == SARAQIB.key and change["kind"] == "changed hands"
    assert (change["before"]["holder"], change["after"]["holder"]) == ([ARMY], [REBELS])
    assert get(api, "/diff", 422, **{"from": "2024-12-03"})["status"] == 422
    assert get(api, "/diff", 422, **{"from": "2024-12-05", "to": "2024-12-03"})["detail"]


def test_history_tells_claims_and_events_by_day(api: TestClient) -> None:
    said = get(api, "/history", place="Hama")
    assert said["place"]["name"] == "Hama"
    days = [line["at"] for line in said["items"]]
    assert days == sorted(days) and days[0] == "2024-12-02" and len(days) == 8
    assert [line["event"]["id"] for line in said["items"] if line.get("event")] == ["e-attack", "e-shelling", "e-move"]
    assert get(api, "/history", 404, place="Nowhereville")["title"] == "Not Found"


def test_events_are_narrowed_and_paged(api: TestClient) -> None:
    assert ids(get(api, "/events")) == ["e-hostile", "e-move", "e-shelling", "e-seizure", "e-attack"]
    assert ids(get(api, "/events", order="asc"))[0] == "e-attack"
    assert ids(get(api, "/events", type="shelling,attack", country="SY")) == ["e-shelling", "e-attack"]
    assert ids(get(api, "/events", family="battle")) == ["e-seizure"]
    assert ids(get(api, "/events", family="battle", type="shelling")) == []
    assert ids(get(api, "/events", actor="HTS")) == ["e-move", "e-seizure"]
    assert ids(get(api, "/events", place="حماة", **{"from": "2024-12-05"})) == ["e-move", "e-shelling"]
    assert ids(get(api, "/events", q="shells")) == ["e-shelling", "e-seizure", "e-attack"]
    assert ids(get(api, "/events", q="!!!")) == []
    assert ids(get(api, "/events", bbox="36,35.5,37,36")) == ["e-seizure"]
    read, cursor = [], None
    while True:
        page = get(api, "/events", limit=2, **({"cursor": cursor} if cursor else {}))
        read += ids(page)
        cursor = page["next"]
        if cursor is None:
            break
    assert read == ids(get(api, "/events"))


def test_a_list_is_read_to_its_end_as_it_was(own: TestClient, app: App) -> None:
    first = get(own, "/events", limit=2, order="asc")
    item = received("later", 8, "Shells fell on Hama.")
    claim = happened(item.report, "Shells fell on Hama", place(HAMA), EventType.SHELLING, 8, (ARMY, ""))
    app.ledger.append(item, [claim], note="coded", recorded_at=moment(9).replace(year=2099))
    app.ledger.append_events([concluded([claim], "e-later", moment(9).replace(year=2099))])
    rest = get(own, "/events", limit=100, order="asc", cursor=first["next"])
    assert "e-later" not in ids(rest) and len(ids(first) + ids(rest)) == 5
    assert "e-later" in ids(get(own, "/events"))


def test_an_event_is_whole(api: TestClient) -> None:
    said = get(api, "/events/e-seizure")
    assert (said["version"], said["grade"], [v["version"] for v in said["versions"]]) == (2, "fair", [1, 2])
    (claim,) = said["claims"]
    assert claim["quote"] == ["Rebels took Saraqib"] and claim["event_id"] == "e-seizure"
    report = get(api, f"/reports/{claim['report']['id']}")
    (span,) = claim["spans"]["quote"]
    assert report["text"][span["start"] : span["end"]] == span["text"] == claim["quote"][0]
    assert said["origins"]["claims"][0]["outlet"] == "Hama Post"
    assert said["figures"]["killed"] == {"low": 4, "best": 4, "high": 6}
    assert get(api, "/events/e-seizure", known_at="2024-12-06")["version"] == 1
    assert get(api, "/events/e-seizure", 404, known_at="2024-12-01")["title"] == "Not Found"


def test_where_forces_are_is_no_position(api: TestClient) -> None:
    said = get(api, "/events/e-move")
    assert said["place"]["name"] == "Hama" and said["place"]["latitude"] is None
    assert said["claims"][0]["place"]["longitude"] is None


def test_claims_and_reports(api: TestClient) -> None:
    said = get(api, "/claims", kind="control", place="Saraqib")
    assert [c["holder"] for c in said["items"]] == [[REBELS], [ARMY]]
    one = get(api, f"/claims/{said['items'][0]['id']}")
    assert one["report"]["id"] == "taken" and one["superseded_at"] is None
    assert len(get(api, "/claims", min_confidence=0.85)["items"]) == 1
    assert ids(get(api, "/reports", language="ar")) == ["arabic"]
    whole = get(api, "/reports/taken")
    assert len(whole["claims"]) == 4 and NOBODY in whole["text"]
    assert get(api, "/reports/hostile%2F..%2F1")["id"] == "hostile/../1"


def test_places(api: TestClient) -> None:
    assert [p["name"] for p in get(api, "/places")["items"]] == ["Hama", "Saraqib"]
    assert [p["name"] for p in get(api, "/places", q="sar")["items"]] == ["Saraqib"]
    one = get(api, f"/places/{SARAQIB.key}")
    assert one["control"]["holder"] == [REBELS] and (one["history"], one["events"]) == (3, 1)
    assert get(api, "/places", limit=1)["next"]


def test_a_place_of_which_nothing_is_said_has_its_province_s_holder(own: TestClient, app: App) -> None:
    province = next(e for e in app.gazetteer.find("Idlib") if e.feature_code == "ADM1" and e.country == "SY")
    item = received("idlib", 7, "The army holds all of Idlib province.")
    app.ledger.append(item, [held(item.report, "all of Idlib", province, ARMY, 7)], note="coded", recorded_at=moment(7))
    (said,) = get(own, "/control", on="2024-12-08", place="Maarrat al-Numan")["items"]
    assert said["holder"] == [ARMY] and said["inherited_from"] == province.key


def test_timeline_counts_by_day_and_family(api: TestClient) -> None:
    days = {d["day"]: d for d in get(api, "/timeline")["days"]}
    assert days["2024-12-05"]["families"] == {"battle": 1, "remote": 1} and days["2024-12-05"]["changed"] == 1
    assert days["2024-12-05"]["killed"] == {"low": 8, "best": 8, "high": 12}
    assert list(get(api, "/timeline", family="battle")["days"][0]["families"]) == ["battle"]
    assert get(api, "/timeline", known_at="2024-12-03")["days"] == []


def test_actors_and_sources(api: TestClient) -> None:
    names = [a["name"] for a in get(api, "/actors")["items"]]
    assert ARMY in names and names == sorted(names)
    one = get(api, "/actors/HTS")
    assert one["name"] == REBELS and [p["name"] for p in one["holds"]] == ["Hama", "Saraqib"]
    assert "HTS" in {a["name"] for a in one["aliases"]} and one["relations"] and one["kind"] == "armed_group"
    assert get(api, "/actors/Nobody%20at%20all", 404)
    post = get(api, "/sources/Hama Post")
    assert (post["reports"], post["claims"], post["alone"], post["contradicted"]) == (2, 6, 5, 1)


def test_names_in_arabic_are_told_for_the_records_actors_and_a_countrys_places(api: TestClient) -> None:
    told = get(api, "/names", language="ar", country="SY")
    assert told["actors"][ARMY] == "القوات المسلحة السورية" and told["actors"][REBELS] == "هيئة تحرير الشام"
    assert told["places"]["gn:170063"] == "حلب"
    assert get(api, "/names", language="ar")["places"] == {}
    assert get(api, "/names", 422, language="fr") and get(api, "/names", 422, language="ar", country="Syria")


@pytest.mark.parametrize(
    ("question", "found"), [("saraqib", ["taken", "before"]), ("حلب", ["arabic"]), ("qadri", ["taken"]), ("zz", [])]
)
def test_search_tells_where_the_words_stand(api: TestClient, question: str, found: list[str]) -> None:
    items = get(api, "/search", q=question)["items"]
    assert [i["id"] for i in items if i["kind"] == "report"] == found
    for item in items:
        words = [item["excerpt"][h["start"] : h["end"]].casefold() for h in item["highlights"]]
        assert words and all(question in w for w in words), item
    assert all(i["report_id"] in found for i in items)


def test_the_brief_is_the_command_line_s(api: TestClient, read_app: App) -> None:
    day = date(2024, 12, 5)
    written = write_brief(gather_matter(read_app, day, day, None), read_app.phrases, read_app.known_names)
    said = get(api, "/brief", on="2024-12-05")
    assert said.pop("since") is None and said == json.loads(brief_json(written))
    markdown = api.get(f"{V1}/brief", params={"on": "2024-12-05", "format": "markdown"})
    assert markdown.text == brief_markdown(written, read_app.phrases)
    assert markdown.headers["content-type"].startswith("text/markdown")
    since = get(api, "/brief", on="2024-12-06", since="2024-12-05")["since"]
    assert [c["after"]["place"]["name"] for c in since["control"]] == ["Hama"]
    assert [e["id"] for e in since["events"]] == ["e-move"]


def test_the_brief_is_told_in_arabic_where_it_is_asked_for(api: TestClient, read_app: App) -> None:
    day, arabic = date(2024, 12, 5), read_app.phrases_in(Language.ARABIC)
    written = write_brief(gather_matter(read_app, day, day, None), arabic, read_app.known_names)
    said = get(api, "/brief", on="2024-12-05", language="ar")
    assert said.pop("since") is None and said == json.loads(brief_json(written))
    since = get(api, "/brief", on="2024-12-06", since="2024-12-05", language="ar")["since"]
    assert [e["reason"] for e in since["events"]] == ["مصدر أصلي واحد: \u2068Hama Post\u2069"]
    assert said["language"] == "ar" and "سراقب" in said["headline"]["text"]
    page = api.get(f"{V1}/brief", params={"on": "2024-12-05", "format": "html", "language": "ar"})
    assert page.text == brief_html(written, arabic) and 'lang="ar" dir="rtl"' in page.text
    assert api.get(f"{V1}/brief", params={"language": "xx"}).status_code == 422


def test_reasons_are_told_in_arabic_where_they_are_asked_for(api: TestClient) -> None:
    english, arabic = (get(api, "/events/e-seizure", **said) for said in ({}, {"language": "ar"}))
    assert arabic["reason"] != english["reason"] and arabic["versions"][-1]["reason"] == arabic["reason"]
    assert [c["id"] for c in arabic["claims"]] == [c["id"] for c in english["claims"]]
    why = {i["kind"]: i["why"] for i in get(api, "/queue", language="ar")["items"]}
    assert why["low_confidence"].startswith("الثقة") and why["new_name"].endswith("ولا يرد في أي جدول")


def test_findings(api: TestClient) -> None:
    assert get(api, "/precedents")["items"] == []
    roads = get(api, "/roads", on="2024-12-08")
    assert {"road", "coordinates", "state", "cut_for"} <= set(roads["items"][0])
    assert any(item["state"] == "open" or item["held_from"] for item in roads["items"])
    assert isinstance(get(api, "/agreements", on="2020-04-01")["items"], list)
    assert get(api, "/surges")["items"] == []


def test_the_queue_says_why(api: TestClient) -> None:
    items = get(api, "/queue")["items"]
    kinds = {i["kind"] for i in items}
    assert kinds == {"contradiction", "low_confidence", "new_name"}
    assert next(i for i in items if i["kind"] == "contradiction")["why"] == "Hama Post says 4, others 6"
    assert next(i for i in items if i["kind"] == "low_confidence")["claim"]["confidence"] == 0.1
    assert NOBODY in {i.get("name") for i in items}
    assert {i["kind"] for i in get(api, "/queue", kind="new_name")["items"]} == {"new_name"}


def test_the_queue_shows_what_two_coders_read_side_by_side_until_it_is_decided(app: App, own: TestClient) -> None:
    rules, model, alone = read_two_ways(app.ledger)

    def waits() -> list[Any]:
        return list(get(own, "/queue", kind="coder_disagreement")["items"])

    def read() -> list[str]:
        return [row["model"]["id"] for row in waits()]

    def decide(**said: Any) -> Any:
        body = {"author": "A. Editor", "reason": "read it again", **said}
        return own.post(f"{V1}/decisions", json=body, headers=BEARER)

    both, single = waits()
    assert (both["claim"]["id"], both["model"]["id"]) == (claim_id(rules), claim_id(model))
    assert (both["claim"]["type"], both["model"]["type"], both["fields"]) == ("shelling", "air_strike", ["type"])
    assert (single["claim"], single["model"]["id"], single["fields"]) == (None, claim_id(alone), [])
    assert claim_id(model) not in ids(get(own, "/claims")), "what the model read is no claim of the ledger"
    assert decide(act="discount", ids=[claim_id(alone)]).status_code == 201
    assert read() == [claim_id(model)]
    undone = get(own, "/decisions")["items"][-1]["id"]
    assert decide(act="undo", ids=[undone]).status_code == 201 and read() == [claim_id(model), claim_id(alone)]
    assert decide(act="discount", ids=[both["claim"]["id"]]).status_code == 201 and read() == [claim_id(alone)]
    assert decide(act="discount", ids=["0" * 16]).status_code == 422


def test_a_person_decides_and_undoes(own: TestClient) -> None:
    def act(status: int = 201, **said: Any) -> Any:
        body = {"author": "A. Editor", "reason": "seen on video", **said}
        answer = own.post(f"{V1}/decisions", json=body, headers=BEARER)
        assert answer.status_code == status, answer.text
        return answer.json()

    decided = act(act="accept", ids=["e-shelling"])
    (event,) = [e for e in decided["events"] if e["id"] == "e-shelling"] or [get(own, "/events/e-shelling")]
    assert event["grade"] == "confirmed" and event["version"] == 2
    whole = get(own, "/events/e-shelling")
    assert whole["decisions"][0]["author"] == "A. Editor" and whole["decisions"][0]["in_force"]
    assert get(own, "/queue", kind="contradiction")["items"] == []
    act(act="undo", ids=[decided["decision"]["id"]])
    assert get(own, "/events/e-shelling")["grade"] != "confirmed"
    assert [d["in_force"] for d in get(own, "/decisions")["items"]] == [False, True]
    assert act(422, act="accept", ids=["nobody"])["detail"].startswith("no event has the id")
    assert act(422, act="merge", ids=["e-shelling"])["detail"] == "a merge needs two different events"
    assert act(422, act="conquer", ids=["e-shelling"])["errors"]


def test_a_person_adds_an_alias(own: TestClient) -> None:
    body = {"name": "Black Banner Men", "actor": "HTS", "author": "A. Editor", "reason": "they say so themselves"}
    assert own.post(f"{V1}/aliases", json=body, headers=BEARER).status_code == 201
    assert {"name": "Black Banner Men", "from": None, "to": None} in get(own, "/actors/HTS")["aliases"]
    assert get(own, "/actors/Black Banner Men")["name"] == REBELS
    assert ids(get(own, "/events", actor="black banner men")) == ["e-move", "e-seizure"]
    assert own.post(f"{V1}/aliases", json={**body, "actor": "nobody"}, headers=BEARER).status_code == 422


def test_a_new_name_leaves_the_queue_when_it_is_an_actors_and_comes_back_with_undo(own: TestClient) -> None:
    def waits() -> bool:
        return NOBODY in {i["name"] for i in get(own, "/queue", kind="new_name")["items"]}

    said = {"author": "A. Editor", "reason": "their own letterhead"}
    assert waits()
    kept = own.post(f"{V1}/aliases", json={"name": NOBODY, "actor": "HTS", **said}, headers=BEARER).json()["decision"]
    assert (kept["author"], kept["reason"]) == ("A. Editor", "their own letterhead")
    assert not waits() and get(own, f"/actors/{NOBODY}")["name"] == REBELS
    again = own.post(f"{V1}/decisions", json={"act": "undo", "ids": [kept["id"]], **said}, headers=BEARER)
    assert again.status_code == 201 and waits()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"actor": "Nobody at all"}, "no actor of the table is named 'Nobody at all'"),
        ({"name": "HTS"}, "Hayat Tahrir al-Sham bears the name 'HTS' already"),
        ({"reason": " "}, "reason"),
        ({"name": ""}, "name"),
    ],
)
def test_an_alias_that_cannot_be_is_refused_with_the_reason(own: TestClient, wrong: dict[str, str], why: str) -> None:
    body = {"name": "Men of the Banner", "actor": "HTS", "author": "A. Editor", "reason": "seen", **wrong}
    answer = own.post(f"{V1}/aliases", json=body, headers=BEARER)
    assert answer.status_code == 422 and why in answer.text
    assert get(own, "/decisions")["items"] == []


def test_the_same_question_is_answered_with_304_until_the_ledger_changes(own: TestClient) -> None:
    first = own.get(f"{V1}/events")
    tag = first.headers["etag"]
    again = own.get(f"{V1}/events", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert own.get(f"{V1}/events?limit=1", headers={"If-None-Match": tag}).status_code == 200
    body = {"act": "accept", "ids": ["e-shelling"], "author": "A. Editor", "reason": "seen"}
    assert own.post(f"{V1}/decisions", json=body, headers=BEARER).status_code == 201
    assert own.get(f"{V1}/events", headers={"If-None-Match": tag}).status_code == 200


def test_answers_are_compressed_where_that_is_taken(api: TestClient) -> None:
    with api.stream("GET", f"{V1}/events", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip" and json.loads(gzip.decompress(raw))["items"]
    plain = api.get(f"{V1}/events", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.headers["vary"] == "Accept-Encoding"


def test_head_answers_as_get_without_a_body(api: TestClient) -> None:
    got, head = api.get(f"{V1}/meta"), api.head(f"{V1}/meta")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert api.head(f"{V1}/events/nobody").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/events/nobody", 404),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/events", 405),
        ("POST", "/api/v1/events", 405),
        ("GET", "/api/v1/events?limit=0", 422),
        ("GET", "/api/v1/events?limit=many", 422),
        ("GET", "/api/v1/events?type=tea_party", 422),
        ("GET", "/api/v1/events?on=2024-13-01", 422),
        ("GET", "/api/v1/events?on=2024-12-01&from=2024-12-01", 422),
        ("GET", "/api/v1/events?known_at=yesterday", 422),
        ("GET", "/api/v1/events?bbox=1,2,3", 422),
        ("GET", "/api/v1/events?cursor=AAAA", 422),
        ("GET", "/api/v1/claims?cursor=W1sibm9wZSJdLCBudWxsXQ", 422),
        ("GET", "/api/v1/events?place=Nowhereville", 422),
        ("GET", "/api/v1/roads?on=0001-01-01", 422),
    ],
)
def test_every_error_has_one_shape(api: TestClient, method: str, path: str, status: int) -> None:
    answer = api.request(method, path, headers=BEARER)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status and said["title"] and said["type"] == "about:blank"


def test_a_failure_inside_is_a_problem_that_tells_nothing_of_it(own: TestClient, app: App, tmp_path: Path) -> None:
    app.ledger.close()
    with sqlite3.connect(tmp_path / "w.db") as db:
        db.execute("DROP TABLE report_words")
    answer = own.get(f"{V1}/search", params={"q": "saraqib"})
    assert answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json"
    assert "report_words" not in answer.text and str(tmp_path) not in answer.text


def test_an_empty_ledger_answers_too(tmp_path: Path) -> None:
    with client(app_of(tmp_path / "empty.db"), Rules()) as empty:
        for path in (
            "/meta",
            "/events",
            "/claims",
            "/reports",
            "/timeline",
            "/actors",
            "/sources",
            "/queue",
            "/surges",
        ):
            assert empty.get(f"{V1}{path}").status_code in (200, 422), path
        assert empty.get(f"{V1}/control").status_code == 422
        assert get(empty, "/control", on="2024-12-01")["items"] == []


def test_the_stream_is_described(api: TestClient) -> None:
    said = api.get(f"{V1}/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert "/api/v1/stream" in said["paths"] and "/ogc/collections" in said["paths"]
    assert said["paths"]["/api/v1/decisions"]["post"]["security"] == [{"token": []}]
