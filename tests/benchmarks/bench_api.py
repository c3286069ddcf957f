"""What the API costs at size: 10,000 places, 100,000 events, a million claims; 20 clients ask a server for a while.

make bench; figures are printed, never asserted. CLAIMS=100000 measures a tenth. The bulk is written past the chain; the
tables, indexes and what is derived are the same. Each sort of question is asked twice: with a pause between questions,
as persons ask who slide a day or type a word, and without one, which shows how much the server can do at most.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import quote

import psutil
from served import serving

from warledger.adapters.stores import chaining, rows
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import Claim, ControlClaim, EventClaim, Figure
from warledger.domain.codes import FAMILY_OF, EventType, Grade, Harm
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision

CLAIMS = int(os.environ.get("CLAIMS", 1_000_000))
PLACES, EVENTS, REPORTS = CLAIMS // 100, CLAIMS // 10, CLAIMS // 25
CLIENTS, SECONDS, PAUSE_SECONDS = 20, 15.0, 1.0
FIRST, DAYS = date(2017, 1, 1), 3_000
TYPES = tuple(EventType)
HOLDERS = ("Military Forces of Syria", "Hayat Tahrir al-Sham", "Syrian Democratic Forces", "Syrian National Army")
Ask = Callable[[Random], str]


def test_the_api_at_size(ledger_at_size: Path) -> None:
    with serving(ledger_at_size) as (url, process):
        asyncio.run(measured(int(url.rpartition(":")[2]), psutil.Process(process)))


async def measured(port: int, server: psutil.Process) -> None:
    """Ask every sort of question."""
    memory("at the start", server)
    questions: dict[str, Ask] = {
        "control of every place, 30 days": lambda r: f"/api/v1/control?on={day(r, 30)}",
        "control of every place, any day": lambda r: f"/api/v1/control?on={day(r, DAYS)}",
        "control of a month, day by day": lambda r: f"/api/v1/control/days?{month(r)}",
        "what changed since the day before": lambda r: f"/api/v1/diff?{two_days(r)}",
        "control on a map of a province": lambda r: f"/api/v1/control?on={day(r, DAYS)}&bbox={box(r)}",
        "events, a page of a day": lambda r: f"/api/v1/events?on={day(r, DAYS)}&limit=50",
        "events, narrowed": lambda r: f"/api/v1/events?actor={quote(r.choice(HOLDERS))}&type=shelling&limit=50",
        "events, one": lambda r: f"/api/v1/events/e{r.randrange(EVENTS)}",
        "search, a common word": lambda r: f"/api/v1/search?q={word(r.randrange(50))}",
        "search, a rare word and a common one": lambda r: f"/api/v1/search?q={word(rare(r))}%20{word(r.randrange(90))}",
        "search, in Arabic": lambda r: f"/api/v1/search?q={quote(arabic(r.randrange(9000)))}",
        "timeline of all days": lambda r: "/api/v1/timeline?from=2017-01-01",
    }
    for name, ask in questions.items():
        await told(port, f"{name}, cold", ask, clients=1, pause=0.0, seconds=3.0)
        await told(port, name, ask, clients=CLIENTS, pause=PAUSE_SECONDS, seconds=SECONDS)
        await told(port, f"{name}, no pause", ask, clients=CLIENTS, pause=0.0, seconds=SECONDS / 3)
    memory("at the end", server)


async def told(port: int, name: str, ask: Ask, *, clients: int, pause: float, seconds: float) -> None:
    """Let clients ask for some seconds and print how long answers took."""
    spent: list[float] = []
    until = perf_counter() + seconds

    async def one(number: int) -> None:
        chance = Random(f"{name}{number}")
        read, write = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(chance.random() * pause)
        while perf_counter() < until:
            path, start = ask(chance), perf_counter()
            status = await answer(read, write, path)
            assert status == 200, (status, path)
            spent.append(perf_counter() - start)
            await asyncio.sleep(pause)
        write.close()

    work: list[Awaitable[None]] = [one(n) for n in range(clients)]
    await asyncio.gather(*work)
    times = sorted(spent)
    middle, late = times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000
    print(f"  {name}: median {middle:.0f} ms, p95 {late:.0f} ms, {len(times)} answers", flush=True)


async def answer(read: asyncio.StreamReader, write: asyncio.StreamWriter, path: str) -> int:
    """Ask once over an open connection and take the whole answer."""
    write.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await read.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length: ")[2].partition("\r")[0])
    await read.readexactly(length)
    return int(head[9:12])


def memory(when: str, server: psutil.Process) -> None:
    """Print what the server holds: all of it, and without pages of the file that the system maps in and can drop."""
    info = server.memory_info()
    own = info.rss - info.shared
    print(f"  memory {when}: {info.rss / 1e6:.0f} MB resident, {own / 1e6:.0f} MB without mapped files", flush=True)


def day(chance: Random, days: int) -> str:
    """One of the last days."""
    return (FIRST + timedelta(days=DAYS - 1 - chance.randrange(days))).isoformat()


def month(chance: Random) -> str:
    """Any thirty days."""
    first = FIRST + timedelta(days=chance.randrange(DAYS - 30))
    return f"from={first}&to={first + timedelta(days=29)}"


def two_days(chance: Random) -> str:
    """Any day and the next."""
    first = FIRST + timedelta(days=chance.randrange(DAYS - 1))
    return f"from={first}&to={first + timedelta(days=1)}"


def rare(chance: Random) -> int:
    """Any word."""
    return chance.randrange(9000)


def box(chance: Random) -> str:
    """A map of two degrees by one."""
    west, south = 30 + chance.random() * 8, 30 + chance.random() * 9
    return f"{west:.2f},{south:.2f},{west + 2:.2f},{south + 1:.2f}"


def word(number: int) -> str:
    """A word of the made-up texts; small numbers are common words."""
    return "".join("bdfgklmnprstvz"[int(d, 14)] + "aeiou"[int(d, 14) % 5] for d in _digits(number))


def arabic(number: int) -> str:
    """The same in Arabic letters."""
    return "".join("بتثجحخدرسشصطعق"[int(d, 14)] for d in _digits(number + 14**3))


def _digits(number: int) -> list[str]:
    found = []
    for _ in range(4):
        found.append("0123456789abcd"[number % 14])
        number //= 14
    return found


def fill(path: Path) -> None:
    """Write the ledger, some reports a transaction."""
    store, chance = SqliteLedger(path), Random(7)
    entries = [entry(n, chance) for n in range(PLACES)]
    batch: list[chaining.Rows] = []
    event_seq = 1
    for number in range(REPORTS):
        said, events = report_of(number, entries, chance)
        batch += said
        batch += rows.event_records(events, first=event_seq)
        event_seq += len(events)
        if number % 400 == 399:
            written(store, batch)
            batch = []
    written(store, batch)
    text = "The last report closes the chain."
    last = Report(id="last", published=FIRST, text=text, sha256="0" * 64)
    store.append(Received(report=last, raw=b""), [], note="coded", recorded_at=datetime(2026, 1, 1, tzinfo=UTC))
    store.close()


def written(store: SqliteLedger, batch: list[chaining.Rows]) -> None:
    """Insert records; places are hung on the claims that first speak of them."""
    claims = [dict(r) for r in batch if "claims" in r]
    rest = [r for r in batch if "claims" not in r]
    with store.database.writing() as db:
        known = {row for (row,) in db.exec_driver_sql("SELECT place FROM control_places")}
        rows.first_spoken_of(claims, known)  # type: ignore[arg-type]
        chaining.insert_rows(
            db, [*(r for r in rest if "reports" in r), *claims, *(r for r in rest if "reports" not in r)]
        )


def entry(number: int, chance: Random) -> GazetteerEntry:
    return GazetteerEntry(
        key=f"gn:{9_000_000 + number}",
        geonames_id=9_000_000 + number,
        name=f"{word(number).title()} {number}",
        latitude=round(30 + chance.random() * 10, 5),
        longitude=round(30 + chance.random() * 10, 5),
        feature_code="PPL",
        country="SY",
        admin1=f"Province {number % 40}",
        population=number,
    )


def report_of(number: int, entries: list[GazetteerEntry], chance: Random) -> tuple[list[chaining.Rows], list[Event]]:
    """One report with 25 claims: a dozen of who holds a place, a dozen of happenings, and the events of these."""
    published = FIRST + timedelta(days=number * DAYS // REPORTS)
    text = " ".join(words(chance))
    report = Report(
        id=f"r{number}",
        published=published,
        text=text,
        sha256="0" * 64,
        publisher=f"Outlet {number % 200}",
        url=f"https://outlet.example/{number}",
        language="ar" if number % 5 == 0 else "en",
        title=text[:60],
    )
    at = rows.stamp(datetime.combine(published, datetime.min.time(), UTC))
    held = [control(report, entries[(number * 13 + n) % len(entries)], chance) for n in range(12)]
    told = [happening(report, entries[chance.randrange(len(entries))], chance) for _ in range(13)]
    claims: list[Claim] = [*held, *told]
    said = rows.claim_records(claims, report, first=number * 25 + 1, report_seq=number + 1, recorded_at=at)
    received = Received(report=report, raw=text.encode())
    values = rows.report_values(received, seq=number + 1, note="coded", recorded_at=at)
    events = list(concluded(told, said[len(held) :], number))
    return [{"reports": [values], "supersessions": []}, *said], events


def words(chance: Random) -> Iterator[str]:
    """Common words often, rare ones seldom; a tenth in Arabic."""
    for n in range(110):
        rank = int(9000 ** chance.random())
        yield arabic(rank) if n % 10 == 0 else word(rank)


def control(report: Report, where: GazetteerEntry, chance: Random) -> ControlClaim:
    start = chance.randrange(400)
    return ControlClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, start, start + 80),),
        holder=(chance.choice(HOLDERS),),
        place=Place(name=where.name, entry=where, precision=PlacePrecision.EXACT),
        when=Interval(start=report.published, end=None, precision=TimePrecision.OPEN),
        confidence=round(chance.random(), 3),
    )


def happening(report: Report, where: GazetteerEntry, chance: Random) -> EventClaim:
    start = chance.randrange(400)
    return EventClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, start, start + 80),),
        type=chance.choice(TYPES),
        initiator=(chance.choice(HOLDERS),),
        target=(chance.choice(HOLDERS),),
        place=Place(name=where.name, entry=where, precision=PlacePrecision.EXACT),
        when=Interval.day(report.published - timedelta(days=chance.randrange(3))),
        figures=(Figure(harm=Harm.KILLED, min=3, max=9),),
        confidence=round(chance.random(), 3),
    )


def concluded(claims: list[EventClaim], records: list[rows.Record], number: int) -> Iterator[Event]:
    """Five claims an event, as far as they go: at most three events a report, as many as are wanted in all."""
    per_report = EVENTS / REPORTS
    for n in range(int((number + 1) * per_report) - int(number * per_report)):
        first = claims[n * 4]
        yield Event(
            id=f"e{int(number * per_report) + n}",
            version=1,
            family=FAMILY_OF[first.type],
            type=first.type,
            place=first.place,
            when=first.when,
            initiator=first.initiator,
            target=first.target,
            fatalities=Fatalities(low=3, best=5, high=9),
            claim_ids=tuple(sorted(r["claims"][0]["id"] for r in records[n * 4 : n * 4 + 4])),
            origins=(f"Outlet {number % 200}",),
            grade=Grade.WEAK,
            reason="one origin",
            geo_precision=1,
            time_precision=1,
            where_prec=1,
            date_prec=1,
            recorded_at=datetime.combine(first.when.end or FIRST, datetime.min.time(), UTC) + timedelta(days=3),
        )
