"""Collecting reports of every format: what is kept, what is refused, and that every refusal names file and record."""

from __future__ import annotations

import hashlib
import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from warledger.adapters.parsers.pdf import PdfParser
from warledger.app import build
from warledger.domain.errors import Problem
from warledger.domain.report import Received
from warledger.ports import Defaults
from warledger.settings import Settings

DAY = date(2024, 12, 1)
TEXT = "Rebel fighters entered the town of Saraqib on Saturday, residents said.\n\nShelling went on overnight."


def collected(*paths: Path, **said: object) -> tuple[list[Received], list[Problem]]:
    defaults = Defaults(**({"published": DAY} | said))  # type: ignore[arg-type]
    items = list(build(Settings()).collect([str(p) for p in paths], defaults))
    return [i for i in items if isinstance(i, Received)], [i for i in items if isinstance(i, Problem)]


def file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows: object) -> str:
    return "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in rows)


def pdf(text: str) -> bytes:
    """A PDF of one page with one line of text, or with none, as a scanner makes it."""
    drawn = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode() if text else b"0 0 100 100 re f"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


PARAGRAPH = (
    "Government troops withdrew from the airport in the early hours, leaving vehicles behind, while opposition "
    "factions moved along the motorway towards the next town. Families who had fled came back to look for relatives. "
)
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Troops leave the airport | Levant Daily</title>
<meta property="og:title" content="Troops leave the airport"><meta property="og:site_name" content="Levant Daily">
<meta property="article:published_time" content="2024-11-30T23:30:00-05:00">
<link rel="canonical" href="https://levant.example/airport"></head>
<body><nav><a href="/">Home</a><a href="/war">War</a></nav>
<article><h1>Troops leave the airport</h1><p>{PARAGRAPH * 2}</p><p>{PARAGRAPH}</p></article>
<footer>Copyright 2019</footer></body></html>"""


def test_text_file_is_one_report_named_after_it(tmp_path: Path) -> None:
    path = file(tmp_path, "saraqib.txt", TEXT)
    [kept], problems = collected(path, publisher="Idlib Post")
    assert problems == []
    assert (kept.report.id, kept.report.text, kept.report.published) == ("saraqib", TEXT, DAY)
    assert (kept.report.publisher, kept.report.language) == ("Idlib Post", "en")
    assert kept.report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert kept.raw == path.read_bytes()


def test_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    [kept], _ = collected(file(tmp_path, "a.txt", b"\xef\xbb\xbfShells fell on Kharkiv.\r\nTwo died."))
    assert kept.report.text == "Shells fell on Kharkiv.\nTwo died."


def test_report_without_publication_date_is_refused_with_the_way_to_give_one(tmp_path: Path) -> None:
    kept, [problem] = collected(file(tmp_path, "undated.txt", TEXT), published=None)
    assert kept == []
    assert "undated.txt" in str(problem) and "--published YYYY-MM-DD" in str(problem)
    assert problem.raw == TEXT.encode()


def test_json_lines_keep_each_lines_own_bytes_and_fields(tmp_path: Path) -> None:
    row = {"id": "r7", "url": "https://x.example/7", "publisher": "Post", "published": "2024-11-30", "language": "fr",
           "title": "Une ville tombe", "text": "Les rebelles ont pris la ville samedi."}  # fmt: skip
    [kept], problems = collected(file(tmp_path, "all.jsonl", "\n" + lines(row)))
    assert problems == []
    report = kept.report
    assert (report.id, report.url, report.publisher, report.language) == ("r7", row["url"], "Post", "fr")
    assert (report.published, report.title, report.text) == (date(2024, 11, 30), row["title"], row["text"])
    assert kept.raw == json.dumps(row, ensure_ascii=False).encode()
    assert report.sha256 == hashlib.sha256(kept.raw).hexdigest()


def test_broken_line_is_named_by_its_number_and_the_others_go_on(tmp_path: Path) -> None:
    good = [{"id": str(n), "text": TEXT} for n in range(2)]
    kept, [problem] = collected(file(tmp_path, "mixed.jsonl", lines(good[0], '{"id": "x", "text": ', good[1])))
    assert [k.report.id for k in kept] == ["0", "1"]
    assert "mixed.jsonl: line 2: broken JSON" in str(problem)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"text": 5}, "text"),
        ({"text": "   "}, "text"),
        ({"title": "no text at all"}, "text"),
        ({"text": TEXT, "published": "30/11/2024"}, "published"),
        ({"text": TEXT, "published": "2024-13-01"}, "published"),
        ({"text": TEXT, "published": "0001-01-01"}, "published"),
        ({"text": TEXT, "publisher": ["a"]}, "publisher"),
        ({"text": "half \ud83d of an emoji"}, "text"),
    ],
)
def test_bad_field_is_named(tmp_path: Path, row: dict[str, object], field: str) -> None:
    kept, [problem] = collected(file(tmp_path, "r.jsonl", json.dumps(row)))
    assert kept == []
    assert problem.field == field and "line 1" in str(problem)


@pytest.mark.parametrize("content", ["[1, 2", "[" * 100_000, '{"text": 1' + "0" * 5000 + "}", "7", '["a"]'])
def test_json_that_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    kept, problems = collected(file(tmp_path, "r.json", content))
    assert kept == []
    assert problems and all("r.json" in str(p) for p in problems)


def test_json_list_gives_the_reports_before_its_break(tmp_path: Path) -> None:
    kept, [problem] = collected(file(tmp_path, "list.json", '[{"text": "A shell hit Sumy."}, {"text": "Two'))
    assert [k.report.id for k in kept] == ["list-1"]
    assert kept[0].raw == b'{"text": "A shell hit Sumy."}'
    assert "item 2" in str(problem)


def test_page_gives_its_article_and_its_own_metadata(tmp_path: Path) -> None:
    [kept], problems = collected(file(tmp_path, "page.html", PAGE), published=None)
    assert problems == []
    report = kept.report
    assert report.published == date(2024, 12, 1), "half past eleven in New York is the next day in UTC"
    assert (report.publisher, report.title, report.language) == ("Levant Daily", "Troops leave the airport", "en")
    assert report.url == "https://levant.example/airport"
    assert "withdrew from the airport" in report.text
    assert "Copyright" not in report.text and "Home" not in report.text


def test_page_without_a_date_of_its_own_is_refused_whatever_its_text_says(tmp_path: Path) -> None:
    undated = PAGE.replace("article:published_time", "article:section").replace("Copyright 2019", "12 March 2019")
    kept, [problem] = collected(file(tmp_path, "page.html", undated), published=None)
    assert kept == []
    assert "--published" in str(problem)


def test_metadata_of_another_shape_is_passed_over(tmp_path: Path) -> None:
    odd = '{"@type": "NewsArticle", "headline": ["a"], "datePublished": {"a": 1}, "publisher": [{"name": "Z"}]}'
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{odd}</script></head>')
    [kept], problems = collected(file(tmp_path, "page.html", page), published=None)
    assert problems == []
    assert (kept.report.title, kept.report.publisher) == ("Troops leave the airport", "Levant Daily")


def test_date_in_words_is_no_date_of_a_page_but_the_callers_counts(tmp_path: Path) -> None:
    page = PAGE.replace("2024-11-30T23:30:00-05:00", "30 November 2024")
    [kept], problems = collected(file(tmp_path, "page.html", page))
    assert problems == [] and kept.report.published == DAY


def test_language_of_the_article_is_told_from_its_words_not_from_the_pages_tag(tmp_path: Path) -> None:
    page = PAGE.replace(PARAGRAPH, "Les troupes ont quitté l'aéroport à l'aube, ont dit des habitants. " * 4)
    [kept], _ = collected(file(tmp_path, "page.html", page))
    assert kept.report.language == "fr"


def test_language_that_is_no_tag_is_told_from_the_text(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "language": said} for said in ("english", "", "en-GB", "EN")]
    kept, problems = collected(file(tmp_path, "l.jsonl", lines(*rows)))
    assert problems == [] and [k.report.language for k in kept] == ["en"] * 4


def test_page_in_a_declared_encoding_is_read_in_it(tmp_path: Path) -> None:
    words = "Войска оставили аэропорт рано утром и ушли по шоссе в сторону соседнего города, сообщили жители. " * 4
    page = f'<html><head><meta charset="windows-1251"></head><body><article><p>{words}</p></article></body></html>'
    [kept], problems = collected(file(tmp_path, "ru.html", page.encode("cp1251")))
    assert problems == []
    assert "Войска оставили аэропорт" in kept.report.text
    assert kept.report.language == "ru"


def test_page_without_an_article_has_no_text(tmp_path: Path) -> None:
    page = "<html><body><nav><a href='/'>Home</a> <a href='/a'>About</a></nav><script>var a = 1;</script></body></html>"
    kept, [problem] = collected(file(tmp_path, "menu.html", page))
    assert kept == []
    assert "no text found" in str(problem) and problem.refused and problem.raw == page.encode()


def test_pdf_gives_its_text_and_a_scanned_one_none(tmp_path: Path) -> None:
    file(tmp_path, "a.pdf", pdf("Shells hit the port of Hodeidah on Monday."))
    file(tmp_path, "b.pdf", pdf(""))
    [kept], [problem] = collected(tmp_path)
    assert kept.report.text == "Shells hit the port of Hodeidah on Monday."
    assert "b.pdf" in str(problem) and "no text found" in str(problem) and problem.raw == pdf("")


def test_pdf_that_takes_too_long_is_refused_with_its_limit() -> None:
    endless = pdf("Shells hit the port.) Tj (" * 500_000)
    [problem] = PdfParser(most_seconds=1).parse(endless, file="endless.pdf")
    assert str(problem) == "endless.pdf: takes more than 1 s to read as PDF; split it or save its text"
    assert isinstance(problem, Problem) and problem.refused and problem.raw == endless


def test_pdf_that_is_none_is_refused(tmp_path: Path) -> None:
    kept, problems = collected(file(tmp_path, "a.pdf", b"%PDF-1.4 rubbish"), file(tmp_path, "b.pdf", os.urandom(3000)))
    assert kept == []
    assert len(problems) == 2 and all("no readable PDF" in str(p) for p in problems)


def test_missing_file_empty_file_and_folder_without_reports_are_named(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    good = file(tmp_path, "good.txt", TEXT)
    kept, problems = collected(tmp_path / "gone.txt", file(tmp_path, "empty.txt", ""), tmp_path / "nothing", good)
    assert [k.report.id for k in kept] == ["good"]
    assert [str(p).removeprefix(f"{tmp_path}/") for p in problems][:2] == [
        "gone.txt: cannot be read (no such file or directory)",
        "empty.txt: is empty",
    ]
    assert "nothing: holds no reports" in str(problems[2])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\x02\x03" * 50, "not text"),
        (b"Shells fell on \xff\xfe Kharkiv", "not UTF-8 (byte 15 is 0xff)"),
    ],
)
@pytest.mark.parametrize("name", ["rubbish.txt", "rubbish.jsonl", "rubbish.json", "rubbish.html"])
def test_rubbish_and_broken_utf8_are_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    kept, [problem] = collected(file(tmp_path, name, content))
    assert kept == []
    assert name in str(problem) and said in str(problem)


def test_broken_utf8_in_one_line_spares_the_others(tmp_path: Path) -> None:
    kept, [problem] = collected(
        file(tmp_path, "a.jsonl", b'{"id": "1", "text": "Goma."}\n{"text": "\xff"}\n{"id": "3", "text": "Calm."}')
    )
    assert [k.report.id for k in kept] == ["1", "3"]
    assert "line 2: is not UTF-8" in str(problem)


def test_format_that_is_not_read_is_refused_by_name(tmp_path: Path) -> None:
    _, [problem] = collected(file(tmp_path, "report.docx", "x"))
    assert "report.docx" in str(problem) and ".pdf" in str(problem)


def test_folder_is_read_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "c.txt", ".hidden/x.txt", ".y.txt", "notes.md"):
        file(tmp_path, name, f"{TEXT} {name}")
    kept, problems = collected(tmp_path)
    assert [k.report.id for k in kept] == ["c", "1", "2"]
    assert problems == []


def test_two_files_of_one_name_make_two_reports(tmp_path: Path) -> None:
    file(tmp_path, "a/report.txt", "A shell hit Sumy.")
    file(tmp_path, "b/report.txt", "A mine killed two in Marib.")
    kept, _ = collected(tmp_path)
    ids = [k.report.id for k in kept]
    assert ids[0] == "report" and ids[1].startswith("report-") and len(set(ids)) == 2


def test_long_report_is_cut_at_a_sentence_and_the_cut_is_told(tmp_path: Path) -> None:
    path = file(tmp_path, "long.txt", "The convoy reached the bridge. " * 170_000)
    started = time.monotonic()
    [kept], [problem] = collected(path)
    assert time.monotonic() - started < 5
    assert len(kept.report.text) <= 200_000 and kept.report.text.rstrip().endswith("bridge.")
    assert not problem.refused
    assert "5,270,000 characters are too many: cut at 199," in str(problem)
    assert len(kept.raw) == 5_270_000, "the bytes are kept whole"


def test_sentence_without_an_end_is_cut_too(tmp_path: Path) -> None:
    [kept], [problem] = collected(file(tmp_path, "endless.txt", "x" * 250_000))
    assert len(kept.report.text) == 200_000 and not problem.refused


def test_page_of_five_megabytes_is_read_in_bounded_time(tmp_path: Path) -> None:
    page = PAGE.replace("</article>", f"<p>{PARAGRAPH}</p>" * 20_000 + "</article>")
    started = time.monotonic()
    kept, _ = collected(file(tmp_path, "big.html", page))
    assert time.monotonic() - started < 60
    assert len(kept) == 1


@pytest.mark.parametrize("text", ["Idlib, Saraqib, Khan Shaykhun", "12 34 56", "«“‘Nested “quotes” in ‘quotes’’”»"])
def test_text_of_names_figures_or_quotes_alone_is_kept(tmp_path: Path, text: str) -> None:
    [kept], problems = collected(file(tmp_path, "odd.txt", text))
    assert kept.report.text == text and problems == []


def test_mixed_scripts_are_kept_as_they_are(tmp_path: Path) -> None:
    text = "The army (الجيش السوري) shelled Saraqib, сообщили источники; 叙利亚 \u202eright to left\u202c."
    [kept], _ = collected(file(tmp_path, "mixed.txt", text))
    assert kept.report.text == text


def test_a_null_character_is_a_space_of_the_text_and_stays_in_the_bytes(tmp_path: Path) -> None:
    [item], problems = collected(file(tmp_path, "a.jsonl", lines({"id": "a", "text": "Shells fell\x00on Hama."})))
    assert item.report.text == "Shells fell on Hama." and b"\\u0000" in item.raw and problems == []
