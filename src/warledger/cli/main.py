"""The command line's door: arguments in, an exit code out; what goes wrong is one plain line on standard error.

Exit codes: 0 done, 1 some records refused or the ledger failed, 2 bad usage, 130 stopped by Ctrl-C. A reader that
closes the pipe early is no error.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated

import typer

from warledger import __version__
from warledger.domain.errors import UsageError, WarledgerError

DONE, REFUSED, USAGE, STOPPED = 0, 1, 2, 130

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "code": ("code",),
    "ingest": ("ingest",),
    "recode": ("recode",),
    "importing": ("import",),
    "events": ("events",),
    "control": ("control",),
    "diff": ("diff",),
    "history": ("history",),
    "show": ("show",),
    "brief": ("brief",),
    "precedents": ("precedents",),
    "surges": ("surges",),
    "roads": ("roads",),
    "agreements": ("agreements",),
    "deciding": ("merge", "split", "accept", "discount", "correct", "alias", "undo"),
    "serve": ("serve",),
    "export": ("export",),
    "languages": ("languages",),
    "verify": ("verify",),
    "redact": ("redact",),
    "moving": ("copy", "backup", "restore"),
    "evaluate": ("eval",),
    "demo": ("demo",),
}
"""The modules of `warledger.cli` with the commands of each, in the order in which help lists them."""


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"warledger {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def command_line(arguments: Sequence[str] = ()) -> typer.Typer:
    """The commands; where the first argument names one, its module alone, as each is slow to load for what it needs."""
    cli = typer.Typer(
        name="warledger",
        help="An open war monitor: reports become claims, claims become graded events, every word leads to its source.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    cli.callback(invoke_without_command=True)(_root)
    named = [module for module, commands in COMMANDS.items() if arguments and arguments[0] in commands]
    for module in named or COMMANDS:
        import_module(f"warledger.cli.{module}").register(cli)
    return cli


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: what follows the program's name.

    Returns:
        The exit code.
    """
    try:
        ended = command_line(arguments)(args=list(arguments), prog_name="warledger", standalone_mode=False)
        sys.stdout.flush()
    except UsageError as error:
        return _say(str(error), USAGE)
    except WarledgerError as error:
        return _say(str(error), REFUSED)
    except typer.TyperException as error:
        return _say(_usage_line(error), USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _say("stopped", STOPPED)
    except BrokenPipeError:
        return _leave_pipe()
    except OSError as error:
        return _say(f"{error.filename or 'output'}: {error.strerror or error}", REFUSED)
    return ended if isinstance(ended, int) else DONE


def main() -> None:
    """Entry point of the `warledger` command."""
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        ended = run(sys.argv[1:])
    except SystemExit:  # how typer leaves a pipe that its reader closed
        ended = _leave_pipe()
    sys.exit(ended)


def _say(line: str, ended: int) -> int:
    print(f"warledger: {' '.join(line.split())}", file=sys.stderr)
    return ended


def _usage_line(error: typer.TyperException) -> str:
    said = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    said = said if said.endswith((".", "?")) else f"{said}."
    return f"{said} Try `{context.command_path} --help`." if context is not None else said


def _leave_pipe() -> int:
    """Point standard output nowhere, so that the interpreter's last flush fails on nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
