"""Settings: frozen, and the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from warledger.domain.coded import CoderName
from warledger.domain.errors import UsageError


@frozen(kw_only=True)
class Endpoint:
    """Where a language model answers.

    Args:
        url: base address of an OpenAI-compatible API (WARLEDGER_LLM_URL), `http://127.0.0.1:8080/v1`.
        model: the model's name there (WARLEDGER_LLM_MODEL).
        key: its key (WARLEDGER_LLM_KEY), or None; never printed.
        timeout_s: seconds that a whole answer may take (WARLEDGER_LLM_TIMEOUT).
        max_tokens: tokens that an answer may have (WARLEDGER_LLM_MAX_TOKENS).
    """

    url: str | None = None
    model: str | None = None
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0
    max_tokens: int = 4096


@frozen(kw_only=True)
class Site:
    """How the API and the page are served.

    Args:
        token: the bearer token that every write and any address but loopback needs (WARLEDGER_TOKEN); never printed.
        delay_hours: a public site tells what was known so many hours ago (WARLEDGER_PUBLIC_DELAY_HOURS).
        grid_degrees: a public site rounds positions to so many degrees (WARLEDGER_PUBLIC_GRID_DEGREES); 0 leaves them.
        hosts: names under which the server is asked for, besides loopback's, parted by commas (WARLEDGER_HOSTS).
        max_body_bytes: of a request.
        slow_seconds: a request whose head or body takes longer is ended.
        answers_bytes: answers kept in memory, at most.
    """

    token: str | None = field(default=None, repr=False)
    delay_hours: float = 24.0
    grid_degrees: float = 0.05
    hosts: tuple[str, ...] = ()
    max_body_bytes: int = 64 * 1024
    slow_seconds: float = 10.0
    answers_bytes: int = 48 * 1024 * 1024


@frozen(kw_only=True)
class Settings:
    """What a run depends on outside its arguments.

    Args:
        db: the ledger (WARLEDGER_DB): a path, `warledger.db` in the current folder by default, or a postgresql:// URL.
        data: folder of the tables.
        max_report_chars: a longer text is cut there and the cut is said aloud.
        coder: who codes; only the command line says so, so that no report leaves the machine unless a person chose it.
        endpoint: the language model that codes where it was chosen.
        site: how the API and the page are served.
    """

    db: Path | str = Path("warledger.db")
    data: Path = Path(__file__).parent / "data"
    max_report_chars: int = 200_000
    coder: CoderName = CoderName.RULES
    endpoint: Endpoint = Endpoint()
    site: Site = Site()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment once.

        Raises:
            UsageError: a number there is none.
        """
        env = os.environ if environment is None else environment
        endpoint = Endpoint(
            url=env.get("WARLEDGER_LLM_URL") or None,
            model=env.get("WARLEDGER_LLM_MODEL") or None,
            key=(env.get("WARLEDGER_LLM_KEY") or "").strip() or None,
            timeout_s=_number(env, "WARLEDGER_LLM_TIMEOUT", Endpoint().timeout_s),
            max_tokens=int(_number(env, "WARLEDGER_LLM_MAX_TOKENS", Endpoint().max_tokens)),
        )
        db = ledger_at(env["WARLEDGER_DB"]) if env.get("WARLEDGER_DB") else cls().db
        site = Site(
            token=(env.get("WARLEDGER_TOKEN") or "").strip() or None,
            delay_hours=_number(env, "WARLEDGER_PUBLIC_DELAY_HOURS", Site().delay_hours, least=0),
            grid_degrees=_number(env, "WARLEDGER_PUBLIC_GRID_DEGREES", Site().grid_degrees, least=0),
            hosts=tuple(h.strip().lower() for h in env.get("WARLEDGER_HOSTS", "").split(",") if h.strip()),
        )
        return cls(db=db, endpoint=endpoint, site=site)


def _number(env: Mapping[str, str], name: str, otherwise: float, *, least: float = 1) -> float:
    said = env.get(name)
    if not said:
        return otherwise
    try:
        number = float(said)
    except ValueError:
        number = -1.0
    if not least <= number < 1e9:
        raise UsageError(f"{name}: {said!r} is no number of {least:g} or more")
    return number


def ledger_at(said: str) -> Path | str:
    """Where a ledger is: a postgresql:// URL as it stands, anything else a path."""
    return said if said.startswith(("postgresql:", "postgres:")) else Path(said)
