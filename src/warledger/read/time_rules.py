"""The rules of time expressions: for each its pattern over the classes of words, and the function that reads it.

The words of each language stand in the tables `data/cues/dates.<language>.yaml`; the rules are the same for all.
"""

from __future__ import annotations

from warledger.read import time_meanings as read
from warledger.read import time_shifts as shifts

TAGS = {
    "month": "M",
    "weekday": "W",
    "unit": "U",
    "day_part": "P",
    "season": "S",
    "day_word": "D",
    "last": "L",
    "next": "X",
    "this": "T",
    "ago": "A",
    "before": "B",
    "after": "F",
    "since": "C",
    "until": "H",
    "early": "e",
    "middle": "m",
    "late": "l",
    "recent": "R",
    "of": "O",
    "article": "t",
    "number": "N",
    "vague": "Q",
    "between": "b",
    "and": "n",
    "to": "o",
    "from": "f",
    "same": "K",
    "every": "V",
    "old": "G",
    "reference": "r",
    "clock": "p",
    "zone": "z",
    "overnight": "v",
    "ordinal": "q",
    "will": "x",
    "one": "i",
    "decade_suffix": "E",
    "later": "k",
    "within": "I",
    "dual": "j",
    "day_number": "d",
    "since_behind": "c",
    "until_behind": "h",
}
"""Each class of the tables and its letter. In digits: d up to 31, Y a year, N any other number."""

COUNT = "[dNiQ]"
SPAN = f"(?:{COUNT}U|j)"
"""A number of units, or the dual of one (Arabic "two days")."""


_ABS = "(?:W,?[OI]?t?)?(?:d[OI]?M(?:,?[OI]?(?:Y|[LTX]U|tU[LTX]))?|Mt?d(?:,?[OI]?Y(?!U))?)"
_DAYISH = f"(?:{_ABS}|[LTX]?WL?|D)"

RULES: tuple[tuple[str, str, read.Resolver], ...] = (
    ("days", "f?t?d[OI]?[-onH]t?d[OI]?M(?:,?[OI]?Y)?|Md[-onH]d(?:,?[OI]?Y)?", read.days_of_month),
    ("iso", "Y-d-d(?!-)|d[./-]d[./-][YN]|d[./]d[./]d", read.numeric),
    ("clock", f"(?:[dN]:?[dN]?:?p|[dN]:[dN])z?,?[OI]?(?:{_DAYISH})?", read.clock),
    ("night between", "P[OICft]*W[oO]t?W", read.night_between),
    ("overnight", f"v[OI]?t?(?:o?{_DAYISH})?", read.overnight),
    ("date", f"(?:P[OICf]?t?)?{_ABS}P?", read.absolute),
    ("month", "[eml]?[OI]?t?[LTX]?M(?:,?[OI]?t?(?:Y|[LTX]U|U[LTX]))?L?", read.month),
    (
        "weekday",
        "(?:[eml][OI]?)?t?[LTXK]?W[OI]?t?[LTX]U|[LTXK]?W[OI]?t?U[LTX]|(?:P[OIf]?t?)?[LTX]?W[LX]?P?",
        read.weekday,
    ),
    ("day word", "(?:[eml])?DP?|P[OI]?D", read.day_word),
    ("quarter", "[LT]?[OI]?qU(?:[OI]?Y)?|YqU", read.quarter),
    ("ago", f"{SPAN}A|A{SPAN}|AU|UA", shifts.ago),
    ("before", f"t?(?:{SPAN}|U)B", shifts.before),
    ("after", f"{SPAN}F", shifts.after),
    ("later", f"{SPAN}k|k{SPAN}|tXU|tUX", shifts.later),
    ("past units", f"[OI]?t?[LRTX]{SPAN}|t?{COUNT}[LRX]U|t?{SPAN}[LRX]", shifts.past_units),
    ("unit", "[Bkel]?[OI]?t?[LTX]+U|[Bkel]?[OI]?t?U[LTX]", read.unit),
    ("weekend", "tU", read.weekend),
    ("season", "[eml]?[OI]?t?(?:[LTX]S|SL|S[OI]?t?(?:Y|U[LTX]|[LTX]U)|(?<=[OI])S|(?<=[OI]t)S)", read.season),
    ("part of day", "[TLKX]P|P[LTX]", read.part_of_day),
    ("same", "t?K[UP]", shifts.same),
    ("years", "(?:f|b)?Y[-onH]Y", read.years),
    ("decade", "[eml]?t?'?[YNd]'?E", read.decade),
    ("year", "[eml]?[OI]?Y", read.year),
    ("set", f"V{COUNT}?U|VW|VP|V", shifts.duration),
    ("lasting", f"(?<=[IC]){SPAN}(?!-?[GBkF])", shifts.lasting),
    ("duration", f"(?:{COUNT}-?U|j)-?G?", shifts.duration),
    ("recent", "RU", shifts.recent),
    ("reference", "r", shifts.reference),
)
"""Name, pattern over the letters, what it means; of two that match at one place the first counts."""
