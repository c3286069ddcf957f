"""The documents: links lead somewhere, and the glossary has one entry a term."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import typer

from warledger.cli.main import command_line

REPO = Path(__file__).parents[2]
PAGES = sorted(
    REPO / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if re.match(r"https?:|mailto:", target):
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name} links to {target}, which is not there"
        assert not anchor or anchor in anchors(there), f"{page.name} links to {target}, which has no such heading"


def test_glossary_has_one_entry_a_term() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", (REPO / "docs" / "glossary.md").read_text(encoding="utf-8"), re.M)
    terms = Counter(term.strip("` ") for row in rows if row not in ("term", "---") for term in row.split(","))
    assert len(terms) > 50
    assert [term for term, times in terms.items() if times > 1] == []


def test_every_decision_is_in_the_list_and_says_why() -> None:
    folder = REPO / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for page in sorted(folder.glob("0*.md")):
        text = page.read_text(encoding="utf-8")
        assert f"[{text.splitlines()[0].removeprefix('# ')}]({page.name})" in listed
        assert all(word in text for word in ("**Decision.**", "**Why.**", "**What was left, and why.**")), page.name


def test_lock_names_no_address() -> None:
    lock = (REPO / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.findall(r"https?://\S+|--(?:extra-)?index-url\S*|--find-links\S*", lock)


def test_table_of_commands_is_the_command_line() -> None:
    told = set(re.findall(r"^\| `warledger (\w+)", (REPO / "README.md").read_text(encoding="utf-8"), re.M))
    commands = {command.name for command in command_line().registered_commands}
    assert told == commands


def test_command_lines_of_the_documents_use_commands_and_options_that_exist() -> None:
    group = typer.main.get_command(command_line())
    for page in PAGES:
        for line in re.findall(r"^ {4}warledger (.+)$", page.read_text(encoding="utf-8"), re.M):
            words = shlex.split(line.split("  #")[0])
            options = {o for p in group.commands[words[0]].params for o in p.opts}
            assert {word for word in words if word.startswith("--")} <= options, f"{page.name}: warledger {line}"


def test_targets_of_the_readme_are_in_the_makefile() -> None:
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"`make ([a-z-]+)`|^ {4}make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M):
            assert re.search(rf"^{''.join(target)}:", makefile, re.M), f"{page.name}: make {''.join(target)}"
