"""The JSON formats against a schema of their contract, with any characters in the corpus."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from taglint.findings import JSON_KEYS, Evidence
from taglint.report import FileError
from tests.reporters.examples import comma, printed, report, separator

TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
ONE_UP: dict[str, Any] = {"type": "integer", "minimum": 1}


def shape(**properties: Any) -> dict[str, Any]:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


FIX = shape(
    applicability={"enum": ["safe", "unsafe", "display"]},
    message=TEXT,
    edits=array(shape(start=COUNT, end=COUNT, text=TEXT)),
)
FINDING = shape(
    path=TEXT,
    code=TEXT,
    name=TEXT,
    severity={"enum": ["error", "warning", "info"]},
    message=TEXT,
    line=ONE_UP,
    column=ONE_UP,
    end_line=ONE_UP,
    end_column=ONE_UP,
    start=COUNT,
    end=COUNT,
    sentence=TEXT,
    tokens=array(TEXT),
    token=COUNT,
    confidence={"type": "number", "minimum": 0, "maximum": 1},
    fingerprint={"type": "string", "pattern": "^[0-9a-f]{16}$"},
    group=TEXT,
    fix={"anyOf": [FIX, {"type": "null"}]},
    evidence=array(shape(path=TEXT, line=ONE_UP, column=ONE_UP, text=TEXT)),
)
FILE = shape(
    path=TEXT,
    format=TEXT,
    tagset={"type": ["string", "null"]},
    encoding=TEXT,
    tokens=COUNT,
    sentences=COUNT,
    reason=TEXT,
)
ERROR = shape(path=TEXT, message=TEXT)
SUMMARY = shape(
    findings=COUNT,
    files=COUNT,
    tokens=COUNT,
    fixable=shape(safe=COUNT, unsafe=COUNT),
    fixed=COUNT,
    covered={"type": "object", "additionalProperties": COUNT},
    rules={"type": "object", "additionalProperties": COUNT},
    severities={"type": "object", "additionalProperties": COUNT},
)
REPORT = shape(
    version={"const": 1},
    taglint=TEXT,
    findings=array(FINDING),
    files=array(FILE),
    errors=array(ERROR),
    skipped=array(ERROR),
    summary=SUMMARY,
)


def test_json_keeps_its_contract() -> None:
    evidence = (Evidence("b.txt", 1, 5, "好/a ,/w"),)
    run = report([separator(), replace(comma(), evidence=evidence), replace(comma(), fix=None)])
    run.errors.append(FileError("c.txt", "Permission denied"))
    run.skipped.append(FileError("d.txt", "not a tagged corpus"))
    data = json.loads(printed("json", run))
    Draft202012Validator(REPORT).validate(data)
    assert list(data["findings"][0]) == list(JSON_KEYS)
    assert data["summary"] == {
        "findings": 3,
        "files": 1,
        "tokens": 6,
        "fixable": {"safe": 1, "unsafe": 1},
        "fixed": 0,
        "covered": {},
        "rules": {"TAG003": 2, "TOK004": 1},
        "severities": {"error": 1, "warning": 2},
    }
    assert data["errors"] == [{"path": "c.txt", "message": "Permission denied"}]


def test_json_of_nothing() -> None:
    data = json.loads(printed("json", report([])))
    Draft202012Validator(REPORT).validate(data)
    assert data["findings"] == []


@given(st.text(st.characters(), max_size=12))
def test_any_characters_come_back(text: str) -> None:
    """Through a stream that escapes lone surrogates, as standard output does."""
    item = replace(separator(), message=text, tokens=(text,))
    for name in ("json", "jsonl"):
        stream = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace", newline="")
        stream.write(printed(name, report([item])))
        stream.seek(0)
        data = json.loads(stream.read())
        found = data["findings"][0] if name == "json" else data
        assert (found["message"], found["tokens"]) == (text, [text])
