"""Take actor names and aliases out of the training corpus: corpus/train in, a table of names and aliases out.

Only aliases that are names are taken: what could mean another actor in another report ("the army", "its fighters",
"he") is a description, which the reader resolves itself. An alias of two actors goes to the one that bears it oftener.

    harvest_actors.py OUT
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus" / "train"
COUNTRIES = Path(__file__).parent.parent / "src" / "warledger" / "data" / "gazetteer" / "countries.tsv"
LONGEST_CODE = 3
"""A country's codes are no longer than this; AU is also the African Union."""
STATE = re.compile(r"^(Government|Military Forces|Police Forces) of (?:the )?(.+)$")
DESCRIBED = re.compile(r"^(Civilians|Rebels|Unidentified armed group|Protesters|Prisoners|Journalists|Aid workers)\b")
GENERIC = frozenset(
    word
    for line in (
        "army forces military police government soldiers troops navy general colonel captain lieutenant commander",
        "president minister ministry rebels militants fighters insurgents terrorists coalition islamists jihadists",
        "militia militias group officials authorities regime junta security command council alliance front movement",
        "party brigade artillery drones aviation armée ejército soldats militaires policía army's the an a their its",
        "his her our el la los las le les un une una der die das",
        "الجيش القوات الحكومة النظام الشرطة المسلحون الميليشيا المراسل",
    )
    for word in line.split()
)
NO_NAMES = frozenset(
    word
    for line in (
        "Abdulkarim Emad Hawa Qais Sama Samri White Zahra Zuhair Gaza Kingdom Tar Darwish Europa Ajans Padilla Rojas",
        "Dlamini Haidar Hadi Druze NGO Mujahideen Örgüt Chapo",
    )
    for word in line.split()
) | {"Ombudsman's Office", "Four policemen", "Civil defence"}
"""Words by which one report means somebody: elsewhere a town, a common surname or half of another name."""
ROLES = ("initiator", "target", "holder", "subject", "object", "speaker", "about", "attribution")


def country_names() -> set[str]:
    """Names of countries and their peoples in every language of the gazetteer: no group's, whatever a report means."""
    with COUNTRIES.open(encoding="utf-8") as lines:
        table = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {name.casefold() for row in table for name in row.values() if len(name) > LONGEST_CODE}


def main(out: Path) -> int:
    table = json.loads((CORPUS / "actors.json").read_text(encoding="utf-8"))
    said, countries = counts(), country_names()
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    for canonical, aliases in table.items():
        if DESCRIBED.match(canonical) or not is_name(canonical):
            continue
        for alias in {canonical, *aliases}:
            bare = re.sub(r"^(the|The|An?|les?|la|el|los|las|une?) ", "", alias.strip())
            for name in acronyms(bare):
                if (
                    name not in NO_NAMES
                    and is_name(name)
                    and (STATE.match(canonical) or name.casefold() not in countries)
                ):
                    owners[name][merged(canonical)] += 1 + said[canonical]
    rows: dict[str, list[str]] = defaultdict(list)
    for alias, who in sorted(owners.items()):
        best = who.most_common(1)[0][0]
        if alias != best:
            rows[best].append(alias)
        else:
            rows.setdefault(best, [])
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Actors of the training corpus. Licence: CC BY 4.0, warledger contributors."
            " Made by tools/harvest_actors.py\n"
        )
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["name", "aliases"])
        writer.writerows([name, "|".join(aliases)] for name, aliases in sorted(rows.items()))
    print(f"{len(rows)} actors, {sum(map(len, rows.values()))} aliases")
    return 0


def counts() -> Counter[str]:
    said: Counter[str] = Counter()
    for line in (CORPUS / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        for claim in json.loads(line)["claims"]:
            for role in ROLES:
                value = claim.get(role) or []
                said.update(value if isinstance(value, list) else [value])
    return said


MERGED = {
    "M23": "March 23 Movement",
    "AFP": "Agence France-Presse",
    "Houthi movement": "Houthis",
    "Houthi Movement": "Houthis",
}


def merged(canonical: str) -> str:
    return MERGED.get(canonical, canonical)


def acronyms(name: str) -> list[str]:
    """ "Rapid Support Forces (RSF)" gives both names."""
    inside = re.match(r"^(.*?) \(([A-Z][\w\-]{1,9})\)$", name)
    return [inside.group(1), inside.group(2)] if inside else [name]


def is_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > 7 or any(c in name for c in ',;:"«»“”'):
        return False
    plain = [w for w in words if w.casefold() not in GENERIC and len(w) > 1]
    if not plain:
        return False
    arabic = any("\u0600" <= c <= "\u06ff" for c in name)
    return (arabic and len(words) >= 2) or (
        any(w[0].isupper() for w in plain) and not re.match(r"^(He|She|They|It|We|I)\b", name)
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
