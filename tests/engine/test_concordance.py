"""Evidence of findings: lines of other places, those with the same neighbours first."""

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import installed

USUAL = "他/r 爱/v 国家/n 。/w\n大/a 国家/n ，/w\n"


def test_lines_are_those_of_both_tags_elsewhere() -> None:
    files = {"b.txt": USUAL * 30, "a.txt": USUAL + "他/r 爱/v 国家/d 。/w\n"}
    options = FileOptions(
        format="slash", tagset="pku98", select=("TAG010", "TAG011"), min_confidence=0.0
    )
    session = Session(
        installed(), Configuration(options=options), lambda path: files[path].encode()
    )
    report = session.check(["a.txt"], background=["b.txt", "a.txt"])
    (finding,) = [item for item in report.findings if item.tokens == ("国家/d",)]
    assert finding.code == "TAG010"
    shown = [(item.path, item.line, item.text) for item in finding.evidence]
    assert shown == [
        ("a.txt", 1, "他/r 爱/v 国家/n 。/w"),
        ("b.txt", 1, "他/r 爱/v 国家/n 。/w"),
        ("b.txt", 3, "他/r 爱/v 国家/n 。/w"),
    ]
    assert "31 times n" in finding.message
