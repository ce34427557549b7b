"""The reports as the programs read them that they are for, each with the worst findings."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from taglint.findings import Severity
from taglint.reporters.display import escaped
from taglint.reporters.exchange import relative, uri
from tests.clients.conftest import Node
from tests.reporters.examples import printed, report
from tests.reporters.hostile import PATH, hostile
from tests.reporters.test_for_programs import QUIET, many

ISSUE_COMMANDS = """
import * as core from '@actions/core';
import { readFileSync } from 'node:fs';
for (const [level, message, place] of JSON.parse(readFileSync(0, 'utf8'))) {
  core[level](message, place);
}
"""


def test_github_commands_are_those_of_the_toolkit(node: Node) -> None:
    """The toolkit's own escapes, property by property."""
    made = hostile()
    made.errors = []
    wanted = [
        [
            "error" if item.severity is Severity.ERROR else "warning",
            escaped(item.message),
            {
                "title": f"{item.code} {item.name}",
                "file": relative(item.path),
                "startLine": item.line,
                "endLine": item.end_line,
                **(
                    {"startColumn": item.column, "endColumn": item.end_column}
                    if item.line == item.end_line
                    else {}
                ),
            },
        ]
        for item in made.findings
    ]
    theirs = node(ISSUE_COMMANDS, stdin=json.dumps(wanted)).splitlines()
    ours = printed("github", made, QUIET).splitlines()
    assert sorted(map(split_up, ours)) == sorted(map(split_up, theirs))


def split_up(command: str) -> tuple[str, tuple[str, ...], str]:
    """Name, properties in any order, and message of a command, escaped as they are."""
    head, _, message = command[2:].partition("::")
    name, _, properties = head.partition(" ")
    return name, tuple(sorted(properties.split(","))), message


@pytest.mark.parametrize("made", [hostile(), report(many(1500), "天气／n\n" * 1500), report([])])
def test_sarif_holds_its_schema(npm: Path, made: object) -> None:
    schema = npm / "@microsoft" / "sarif-multitool-linux" / "sarif-2.1.0.json"
    if not schema.exists():
        pytest.skip("the SARIF tool is not for this system")
    validator = Draft7Validator(json.loads(schema.read_text("utf-8-sig")))
    data = json.loads(printed("sarif", made))  # type: ignore[arg-type]
    assert [error.message for error in validator.iter_errors(data)] == []


def test_sarif_passes_the_rules_of_github(npm: Path, tmp_path: Path) -> None:
    tool = npm / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    if not tool.exists():
        pytest.skip("the SARIF tool is not for this system")
    (tmp_path / "report.sarif").write_text(printed("sarif", hostile()), "utf-8")
    command = [tool, "validate", "report.sarif", "--rule-kind", "Sarif;Ghas",
               "--level", "Error;Warning", "--output", "out.sarif"]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    results = json.loads((tmp_path / "out.sarif").read_text("utf-8-sig"))["runs"][0]["results"]
    # It exits with 0 whatever it finds. The project has no address that it could give.
    found = {(item["ruleId"], item.get("level", "warning")) for item in results}
    assert found <= {("SARIF2005", "warning")}, done.stdout


def test_sarif_is_read_by_sarif_tools(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader", reason="needs sarif-tools")
    path = tmp_path / "report.sarif"
    path.write_text(printed("sarif", hostile()), "utf-8")
    records = loader.load_sarif_file(str(path)).get_records()
    place = uri(PATH)
    assert [(item["Code"], item["Location"], item["Line"]) for item in records] == [
        ("TAG003", place, 1), ("TAG003", place, 1), ("TOK004", place, 3), ("TOK004", "a.txt", 1)
    ]  # fmt: skip


def test_rdjson_passes_its_validator(npm: Path, tmp_path: Path) -> None:
    tool = npm / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js"
    path = tmp_path / "report.json"
    path.write_text(printed("rdjson", hostile()), "utf-8")
    command = ["node", tool, "--strict", "--no-extra-fields", "--format", "json", path]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    outcome = json.loads(done.stdout)
    assert (outcome["validFiles"], outcome["totalErrors"], outcome["totalWarnings"]) == (1, 0, 0)


PARSE_CHECKSTYLE = """
const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser');
const { xml2js } = require('xml-js');
const text = require('node:fs').readFileSync(0, 'utf8');
console.log(JSON.stringify(parseCheckstyle(xml2js(text), '/root')));
"""


def test_checkstyle_is_read_by_danger(node: Node) -> None:
    violations = json.loads(
        node(PARSE_CHECKSTYLE, stdin=printed("checkstyle", hostile()), suffix=".cjs")
    )
    assert [(item["file"], item["line"], item["severity"]) for item in violations] == [
        (PATH, 1, "warning"), (PATH, 1, "warning"), (PATH, 3, "error"),
        ("a.txt", 1, "error"), ("缺/c.txt", 1, "error"),
    ]  # fmt: skip
    assert "&\"'%0A:,]]>\\x00\\x0b\\x1b[31m" in violations[0]["message"]
