"""The rules of time expressions: for each its pattern over the classes of words, and the function that reads it.

The words of each language stand in the tables `data/cues/dates.<language>.yaml`; the rules are the same for all.
"""

from __future__ import annotations

from warledger.read import time_articles as articles
from warledger.read import time_meanings as read
from warledger.read import time_shifts as shifts
from warledger.read.time_feasts import feast

TAGS = {
    "month": "M",
    "weak_month": "J",
    "eve": "w",
    "began": "s",
    "so_far": "g",
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
    "preposition": "Z",
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
    "earliest": "+",
    "ended": "=",
    "one": "i",
    "decade_suffix": "E",
    "later": "k",
    "within": "I",
    "dual": "j",
    "day_number": "d",
    "since_behind": "c",
    "until_behind": "h",
    "present": "a",
    "saying": "y",
    "already": "u",
    "feast": "@",
    "century": "&",
    "year": "Y",
}
"""Each class of the tables and its letter. In digits: d up to 31, Y a year, N any other number."""

COUNT = "[dNiQ]"
SPAN = f"(?:{COUNT}U|j)"
"""A number of units, or the dual of one (Arabic "two days")."""


_DAY_MONTH = "(?:dO?|qO)[MJ](?:,?[OIZ]?(?:Y|[LTX]U|tU[LTX]))?"
_MONTH_DAY = "[MJ](?:t?d|q(?!-?U))(?:,?[OIZ]?Y(?!U))?"
_ABS = f"(?:[LTX]?W,?[OIZ]?t?)?L?(?:{_DAY_MONTH}|{_MONTH_DAY})"
_DAYISH = f"(?:{_ABS}|[LTX]?WL?|D)"

RULES: tuple[tuple[str, str, read.Resolver], ...] = (
    ("days", "(?:P[OIZCf]?t?)?f?t?d[OIZ]?[-onH]t?dO?[MJ](?:,?[OIZ]?Y)?", read.days_of_month),
    ("days of month", "(?:P[OIZCf]?t?)?[MJ]d[-onH]d(?:,?[OIZ]?Y)?", read.days_of_month),
    ("iso", "Y-d-d(?!-)|d[./-]d[./-][YN]|d[./]d[./]d", read.numeric),
    ("clock", f"(?:[dN]:?[dN]?:?p|[dN]:[dN])z?,?[OIZ]?(?:{_DAYISH})?", read.clock),
    ("night between", "[Pv][OICZft]*W[oO]t?W|Pot?W", read.night_between),
    ("overnight", f"v[OIZ]?t?(?:o?{_DAYISH})?", read.overnight),
    ("week of", f"tU[OIZ]t?{_ABS}", read.week_of),
    ("date", f"(?:P[OICZf]?t?)?{_ABS}P?", read.absolute),
    ("month", "[eml]?[OIZ]?t?[LTXK]?(?:M(?:,?[OIZ]?t?(?:Y|[LTX]U|U[LTX]))?|JY)L?", read.month),
    (
        "weekday",
        "(?:[eml][OIZ]?)?t?[LTXK]?W[OIZ]?t?[LTX]U|[LTXK]?W[OIZ]?t?U[LTX]|(?:P[OIZf]?t?)?[LTX]?W[LX]?P?",
        read.weekday,
    ),
    ("feast", "[LX]?@(?:,?[OIZ]?Y)?", feast),
    ("day of month", "(?<=[CHIZf]t)d(?![-OUMJYd:p])", read.day_of_month),
    ("day word", "(?:[eml])?DP?|P[OIZ]?D", read.day_word),
    ("quarter", "(?:U-[AB]|[LT])?[OIZ]?q-?U(?:[OIZ]?Y)?|YqU", articles.quarter),
    ("ago", f"{SPAN}A|A{SPAN}|AU|UA", shifts.ago),
    ("year-ago", "[ti]?U-[AB]U?", articles.unit_back),
    ("before", f"(?:{SPAN}|(?<=t)U|U)B", shifts.before),
    ("after", f"(?:{SPAN}|(?<=t)U)F", shifts.after),
    ("later", f"{SPAN}k|k{SPAN}|tXU|tUX", shifts.later),
    ("past units", f"[OIZ]?t?[LRTX]{SPAN}|t?{COUNT}[LRX]U|t?{SPAN}[LRX](?!t?[UWMSP])|U{COUNT}[LRX]", shifts.past_units),
    ("unit", "[Bkel]?[OIZ]?t?[LTX]+U|[Bkel]?[OIZ]?t?U[LTX]", read.unit),
    ("the unit", "tU(?!Y)", articles.the_unit),
    ("season", "[eml]?[OIZ]?t?(?:[LTX]S|SL|S[OIZ]?t?(?:Y|U[LTX]|[LTX]U)|(?<=[OIZ])S|(?<=[OIZ]t)[eml]?S)", read.season),
    ("so far", "g", shifts.so_far),
    ("eve", "w", shifts.eve),
    ("part alone", "(?<=[OIZt])P(?![OIZ]?t?[WDMd])", read.part_alone),
    ("24 hours", "(?<=[IOZ])U", shifts.full_day),
    ("part of day", "[TLKX]P|P[LTX]", read.part_of_day),
    ("same", "t?K[UP]", shifts.same),
    ("century", "[eml]?[OIZ]?t?&", read.century),
    ("decade", "[eml]?t?'?[YNd]'?E", read.decade),
    ("year", "[eml]?[OIZ]?Y", read.year),
    ("set", f"V{COUNT}?U|VW|VP|V", shifts.duration),
    ("lasting", f"(?:(?<=[IC])|(?<=[IC]Z)){SPAN}(?!-?[GBkF])", shifts.lasting),
    ("duration", f"(?:{COUNT}-?U|j)-?G?", shifts.duration),
    ("recent", "RU?", shifts.recent),
    ("reference", "r", shifts.reference),
    ("current", "T", shifts.current),
)
"""Name, pattern over the letters, what it means; of two that match at one place the first counts."""
