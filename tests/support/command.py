"""The command line run in this process: what the program does, without the seconds that a process takes to start."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from warledger.cli.main import run


def run_here(
    *arguments: object, cwd: Path, said: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command.

    Args:
        arguments: what follows the program's name.
        cwd: where it runs.
        said: what stands on standard input.
        environment: variables to add; none of the project's own is taken over from the tests' process.
    """
    words = [str(a) for a in arguments]
    out, err, given = (io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8") for raw in (b"", b"", said.encode()))
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WARLEDGER_")}
    with (
        chdir(cwd),
        patch.dict(os.environ, {**kept, **(environment or {})}, clear=True),
        patch("sys.stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = run(words)
    return subprocess.CompletedProcess(words, code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return bytes(stream.buffer.getvalue()).decode("utf-8")  # type: ignore[attr-defined]
