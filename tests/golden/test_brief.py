from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from warledger.tell.as_text import brief_text
from warledger.tell.brief import write_brief


def test_x(matter_of, phrases, known):
    for a in [(date(2024, 11, 30),), (date(2024, 11, 27), date(2024,11,29))]:
        brief = write_brief(matter_of(*a), phrases, known)
        out = io.StringIO()
        Console(file=out, width=100).print(brief_text(brief, phrases))
        print(out.getvalue())
