"""Findings whose text is as bad as a corpus can make it, for the formats that programs read."""

from __future__ import annotations

from hypothesis import strategies as st

from taglint.findings import Applicability, Edit, Evidence, Finding, Fix, Severity
from taglint.report import FileError, FileSummary, Report
from tests.reporters.examples import finding, separator

EVIL = (
    "<好>&\"'%0A:,]]>\x00\x0b\x1b[31m\x85\u202e\ufffe\uffff𠮷\U000e0041\udcff::error::##[error]|`\\"
)
# A control character that ends no line, an astral one, and a byte that is no text, before a token.
TEXT = f"今天/t \x0b𠮷\udcff/n 很/d {EVIL}/n\n好/a ，/w\r\n{EVIL}/x"
PATH = "语 料/a&b%c,d:e<f>'g.txt"


def hostile() -> Report:
    """A finding on the evil token with all that findings may have, twice the same, and an error."""
    start = TEXT.index(EVIL)
    end = start + len(EVIL) + 2
    fix = Fix(
        Applicability.UNSAFE,
        f"write {EVIL}",
        (Edit(end - 1, end, "nz"), Edit(start, start + 1, f"{EVIL}\t")),
    )
    evidence = (Evidence("别处/b.txt", 3, 7, EVIL), Evidence("b.txt", 1, 1, ""))
    item = finding(
        TEXT,
        start,
        end,
        path=PATH,
        code="TAG003",
        name="punctuation-as-word",
        severity=Severity.WARNING,
        message=f"{EVIL}\r\nsecond line",
        fix=fix,
        evidence=evidence,
        confidence=0.5,
    )
    tail = finding(TEXT, TEXT.rindex("\n") + 1, len(TEXT), path=PATH, message=EVIL)
    report = Report([item, item, tail, plain()])
    report.files = [
        FileSummary(path, "slash", "pku98", "utf-8", 5, 3) for path in (PATH, "a.txt", "clean.txt")
    ]
    report.errors = [FileError("缺/c.txt", f"cannot read {EVIL}")]
    texts = {PATH: TEXT, "a.txt": "今天/t 天气／n 很/d 好/a ,/n\n完/v\n"}
    report.text = lambda path: texts.get(path, "")
    return report


def plain() -> Finding:
    return separator()


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Findings anywhere in any text."""
    characters = st.characters() | st.sampled_from("\r\n\t%:,<&\"'\udcff\ufffe𠮷\x0b")
    text = draw(st.text(characters, max_size=60))
    items = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        edit = Edit(start, end, draw(st.text(characters, max_size=5)))
        fix = draw(st.none() | st.just(Fix(Applicability.SAFE, text[:5], (edit,))))
        severity = draw(st.sampled_from(list(Severity)))
        message = draw(st.text(characters, max_size=20))
        items.append(positioned(text, start, end, severity, message, fix))
    files = [FileSummary("a.txt", "slash", None, "utf-8", 5, 1)]
    return Report(sorted(items, key=Finding.sort_key), files, text=lambda path: text)


def positioned(
    text: str, start: int, end: int, severity: Severity, message: str, fix: Fix | None
) -> Finding:
    from taglint.corpus.lines import LineIndex

    lines = LineIndex(text)
    line, column = lines.position(start)
    end_line, end_column = lines.position(end)
    places = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
    return finding(text, start, end, severity=severity, message=message, fix=fix, **places)
