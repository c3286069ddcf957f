"""`--min-confidence` on the commands that tell: what the coder was not sure of is passed over, nothing is changed."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from sample_ledger import DAY, claims_of, event_of, moment, received

from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.cli.main import run


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A ledger of a control claim held likely (0.8) and a shelling held unlikely (0.2); commands give their rows."""
    ledger, item = SqliteLedger(tmp_path / "w.db"), received()
    held, shelled = claims_of(item.report)
    claims = [attrs.evolve(held, confidence=0.8), attrs.evolve(shelled, confidence=0.2)]
    ledger.append(item, claims, note="coded", recorded_at=moment(11))
    ledger.append_events([event_of([shelled])])
    ledger.close()

    def asked(*arguments: str) -> list[dict]:
        assert run([*arguments, "--format", "jsonl", "--db", str(tmp_path / "w.db")]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return asked


def test_events_and_history_drop_what_rests_on_unlikely_claims_alone(ask):
    for command in (("events",), ("history", "Hama")):
        assert ask(*command) and ask(*command, "--min-confidence", "0.2")
        assert not ask(*command, "--min-confidence", "0.3")


def test_control_and_diff_stay_while_their_claims_are_sure_enough(ask):
    for command in (("control", "--on", str(DAY)), ("diff", "--from", "2024-11-01", "--to", str(DAY))):
        assert len(ask(*command, "--min-confidence", "0.8")) == 1
        assert not ask(*command, "--min-confidence", "0.81")


def test_a_brief_tells_only_what_is_sure_enough(tmp_path, ask, capsys):
    def sentences(*arguments: str) -> str:
        assert run(["brief", "--on", str(DAY), *arguments, "--db", str(tmp_path / "w.db")]) == 0
        return capsys.readouterr().out

    assert "Hama" in sentences()
    assert "Hama" not in sentences("--min-confidence", "0.5")


def test_a_confidence_that_is_no_probability_is_bad_usage(tmp_path, ask, capsys):
    assert run(["events", "--min-confidence", "7", "--db", str(tmp_path / "w.db")]) == 2
    assert "--min-confidence" in capsys.readouterr().err
