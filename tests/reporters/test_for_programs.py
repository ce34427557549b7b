"""What the formats for other programs hold, read by plain parsers; the real readers of each format
are in tests/clients."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from taglint.corpus.lines import LineIndex
from taglint.findings import Edit, Finding, Severity
from taglint.report import Report
from taglint.reporters.base import Look
from taglint.reporters.display import escaped
from taglint.reporters.exchange import single_edit
from tests.reporters.examples import TEXT, comma, finding, printed, report, separator
from tests.reporters.hostile import PATH, hostile, reports
from tests.reporters.hostile import TEXT as EVIL_TEXT

bounded = settings(max_examples=100, deadline=None)
QUIET = Look(summary=False)


def edited_by(text: str, edit: Edit) -> str:
    return text[: edit.start] + edit.text + text[edit.end :]


# JUnit and checkstyle: XML


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
@bounded
@given(made=reports())
def test_xml_holds_any_text(name: str, made: Report) -> None:
    printed_bytes = printed(name, made).encode("utf-8")
    root = ElementTree.fromstring(printed_bytes)
    nodes = [*root.iter("failure"), *root.iter("error")]
    assert len(nodes) == len(made.findings)
    for node, item in zip(nodes, made.findings, strict=True):
        shown = re.sub("[\ufffe\uffff]", lambda f: f"\\u{ord(f[0]):04x}", escaped(item.message))
        assert node.attrib["message"] == f"{item.code} {item.name}: {shown}"


def test_junit_is_read_by_junitparser() -> None:
    parser = pytest.importorskip("junitparser", reason="needs pip install -e '.[dev]'")
    read = parser.JUnitXml.fromstring(printed("junit", hostile()).encode("utf-8"))
    suites = list(read)
    assert [suite.name for suite in suites] == [PATH, "a.txt", "clean.txt", "缺/c.txt"]
    assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [
        (3, 3, 0), (1, 1, 0), (1, 0, 0), (1, 0, 1)
    ]  # fmt: skip
    results = [
        [type(found).__name__ for case in suite for found in case.result] for suite in suites
    ]
    assert results == [["Failure"] * 3, ["Failure"], [], ["Error"]]
    counts = Counter[str]()
    for suite in suites:
        counts.update({"tests": suite.tests, "failures": suite.failures, "errors": suite.errors})
    assert counts == {"tests": read.tests, "failures": read.failures, "errors": read.errors}


def test_checkstyle_places() -> None:
    root = ElementTree.fromstring(printed("checkstyle", report([separator(), comma()])))
    (file,) = root
    assert (root.tag, file.attrib) == ("checkstyle", {"name": "a.txt"})
    assert [error.attrib for error in file] == [
        {"line": "1", "column": "6", "severity": "error", "source": "taglint.TOK004",
         "message": "TOK004 wrong-separator: ／ stands for the separator"},
        {"line": "1", "column": "19", "severity": "warning", "source": "taglint.TAG003",
         "message": "TAG003 punctuation-as-word: punctuation mark , is tagged n (noun)"},
    ]  # fmt: skip


# GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands, unescaped; lines in which the runner looks for none are passed over."""
    found: list[tuple[str, dict[str, str], str]] = []
    stopped = ""
    for line in text.split("\n"):
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
        elif line.startswith("::"):
            head, _, message = line[2:].partition("::")
            name, _, given = head.partition(" ")
            properties = dict(each.split("=", 1) for each in given.split(","))
            found.append((name, {k: decoded(v) for k, v in properties.items()}, decoded(message)))
    return found


def decoded(text: str) -> str:
    pairs = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
    for code, character in pairs:
        text = text.replace(code, character)
    return text


def test_github_commands() -> None:
    found = commands(printed("github", hostile(), QUIET))
    assert [name for name, _, _ in found] == ["error", "error", "error", "warning", "warning"]
    assert found[0][1] == {"file": "缺/c.txt", "title": "taglint"}
    evil = found[3]
    assert evil[1]["file"] == PATH
    assert evil[1]["title"] == "TAG003 punctuation-as-word"
    assert evil[2] == escaped(hostile().findings[0].message)


@bounded
@given(made=reports())
def test_github_says_everything_on_lines_of_its_own(made: Report) -> None:
    found = commands(printed("github", made, QUIET))
    messages = Counter(escaped(item.message) for item in made.findings)
    assert Counter(message for _, _, message in found) == messages


def many(number: int) -> list[Finding]:
    text = "天气／n\n" * number
    return [
        finding(
            text, 5 * index, 5 * index + 4, message=f"::error::{index}", confidence=index / number
        )
        for index in range(number)
    ]


def test_github_annotations_are_capped_and_the_rest_is_inert() -> None:
    text = printed("github", report([*many(30), comma()]), QUIET)
    found = commands(text)
    assert Counter(name for name, _, _ in found) == {"error": 10, "warning": 1}
    # The surest ones are shown at their lines.
    assert {message for name, _, message in found if name == "error"} == {
        f"::error::{index}" for index in range(20, 30)
    }
    assert text.count("TOK004 ::error::") == 20
    token = re.search(r"^::stop-commands::(.+)$", text, re.MULTILINE)
    assert token and text.endswith(f"::{token[1]}::\n")


def test_markdown_has_no_marks_of_the_corpus() -> None:
    text = printed("markdown", hostile())
    assert "<好>" not in text and "`" not in re.sub(r"\\`", "", text)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) in (4, 5) for row in rows)
    assert "\n| 2 | TAG003 | punctuation\\-as\\-word | warning |\n" in text


# GitLab, rdjson, SARIF: JSON


@pytest.mark.parametrize("name", ["gitlab", "rdjson", "sarif"])
@bounded
@given(made=reports())
def test_json_holds_any_text(name: str, made: Report) -> None:
    data = json.loads(printed(name, made).encode("utf-8"))
    if name == "gitlab":
        listed = data
    else:
        listed = data["diagnostics"] if name == "rdjson" else data["runs"][0]["results"]
    assert len(listed) == len(made.findings)


def test_gitlab_issues() -> None:
    issues = json.loads(printed("gitlab", hostile()))
    # All that GitLab's own schema for the report requires.
    for issue in issues:
        assert {"description", "fingerprint", "severity", "location", "check_name"} <= issue.keys()
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert isinstance(issue["location"]["lines"]["begin"], int)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints) == 5
    assert issues[1]["location"]["path"] == PATH


def test_gitlab_of_nothing_is_an_empty_array() -> None:
    assert json.loads(printed("gitlab", Report())) == []


def byte_offset(lines: list[bytes], place: dict[str, int]) -> int:
    return sum(map(len, lines[: place["line"] - 1])) + place["column"] - 1


@bounded
@given(made=reports())
def test_rdjson_ranges_are_those_of_the_bytes(made: Report) -> None:
    """Applied to the file's bytes, a suggestion does what the fix does to the text."""
    text = made.text("a.txt")
    data = text.encode("utf-8", "replace")
    lines = re.findall(b"[^\r\n]*(?:\r\n|\n|\r|$)", data)
    for item, shown in zip(
        made.findings, json.loads(printed("rdjson", made))["diagnostics"], strict=True
    ):
        place = shown["location"]["range"]
        start, end = byte_offset(lines, place["start"]), byte_offset(lines, place["end"])
        assert data[start:end] == text[item.start : item.end].encode("utf-8", "replace")
        edit = single_edit(text, item.fix) if item.fix else None
        assert ("suggestions" in shown) == (edit is not None)
        if edit:
            (suggestion,) = shown["suggestions"]
            place = suggestion["range"]
            start, end = byte_offset(lines, place["start"]), byte_offset(lines, place["end"])
            made_of = data[:start] + suggestion["text"].encode() + data[end:]
            assert made_of == edited_by(text, edit).encode("utf-8", "replace")


def offset(lines: LineIndex, region: dict[str, int], end: bool) -> int:
    names = ("endLine", "endColumn") if end else ("startLine", "startColumn")
    line, column = (region[name] for name in names)
    return lines.starts[line - 1] + column - 1


@bounded
@given(made=reports())
def test_sarif_regions_are_those_of_the_text(made: Report) -> None:
    text = made.text("a.txt")
    lines = LineIndex(text)
    for item, shown in zip(made.findings, sarif(made)["results"], strict=True):
        place = shown["locations"][0]["physicalLocation"]
        region = place["region"]
        assert (offset(lines, region, False), offset(lines, region, True)) == (item.start, item.end)
        around = place.get("contextRegion", region)
        assert offset(lines, around, False) <= item.start
        assert offset(lines, around, True) >= item.end
        edit = single_edit(text, item.fix) if item.fix else None
        assert ("fixes" in shown) == (edit is not None)
        if edit:
            (replacement,) = shown["fixes"][0]["artifactChanges"][0]["replacements"]
            deleted = replacement["deletedRegion"]
            start, end = offset(lines, deleted, False), offset(lines, deleted, True)
            assert Edit(start, end, replacement["insertedContent"]["text"]) == edit


def sarif(made: Report) -> dict[str, Any]:
    (run,) = json.loads(printed("sarif", made))["runs"]
    return run  # type: ignore[no-any-return]


def test_sarif_tells_all_that_a_finding_has() -> None:
    run = sarif(hostile())
    assert run["columnKind"] == "unicodeCodePoints"
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == ("%E8%AF%AD%20%E6%96%99/a&b%25c,d%3Ae%3Cf%3E'g.txt")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "TAG003"
    assert result["partialFingerprints"] == {"taglint/v1": "0123456789abcdef"}
    assert result["relatedLocations"][0]["physicalLocation"]["region"] == {
        "startLine": 3, "startColumn": 7
    }  # fmt: skip
    failed = run["invocations"][0]
    assert failed["executionSuccessful"] is False
    assert failed["toolExecutionNotifications"][0]["level"] == "error"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "What it finds" in rules["TAG003"]["help"]["text"]


def test_sarif_is_capped_by_rule_and_says_so() -> None:
    run = sarif(report([*many(1200), comma()], "天气／n\n" * 1200))
    assert Counter(result["ruleId"] for result in run["results"]) == {"TOK004": 1000, "TAG003": 1}
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        "TOK004: 200 more findings are not listed"
    ]


def test_severities() -> None:
    items = [
        finding(TEXT, 5, 9, severity=severity, message=severity.value) for severity in Severity
    ]
    made = report(items)
    assert [result["level"] for result in sarif(made)["results"]] == ["error", "warning", "note"]
    issues = json.loads(printed("gitlab", made))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]
    names = [name for name, _, _ in commands(printed("github", made, QUIET))]
    assert names == ["error", "warning", "notice"]


def test_the_evil_text_has_what_it_should() -> None:
    kinds = (any(ord(c) > 0xFFFF for c in EVIL_TEXT), "\udcff" in EVIL_TEXT, "\x0b" in EVIL_TEXT)
    assert kinds == (True, True, True)
