"""What installed YAML files hold is kept beside them, and is never out of date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from taglint.parsed import FOLDER, parsed


def refuse(text: str) -> object:
    raise AssertionError(f"parsed again: {text}")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path / "toy.yaml"


def test_parsed_once(path: Path) -> None:
    text = "name: 名\ntags: {n: {words: [甲, 乙], count: 3}, v: null}\n"
    value = parsed(path, text, yaml.safe_load)
    assert value == yaml.safe_load(text)
    assert parsed(path, text, refuse) == value


def test_another_text_is_parsed(path: Path) -> None:
    assert parsed(path, "a: 1", yaml.safe_load) == {"a": 1}
    assert parsed(path, "a: 2", yaml.safe_load) == {"a": 2}


@pytest.mark.parametrize("damage", [b"", b"[1]", b"\xff\xfe", b'{"a": 1}', b"3", b"[" * 9_999])
def test_what_is_kept_may_be_damaged(path: Path, damage: bytes) -> None:
    parsed(path, "a: 1", yaml.safe_load)
    (path.parent / FOLDER / "toy.yaml.json").write_bytes(damage)
    assert parsed(path, "a: 1", yaml.safe_load) == {"a": 1}


@pytest.mark.parametrize("text", ["1: one", "day: 2020-01-01", "a: .nan"])
def test_what_json_cannot_write_is_parsed_each_time(path: Path, text: str) -> None:
    parsed(path, text, yaml.safe_load)
    with pytest.raises(AssertionError, match="parsed again"):
        parsed(path, text, refuse)


def test_nothing_is_written_where_python_writes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert parsed(path, "a: 1", yaml.safe_load) == {"a": 1}
    assert not any(path.parent.iterdir())


def test_a_folder_that_cannot_be_written_to_is_no_error(path: Path) -> None:
    (path.parent / FOLDER).write_text("in the way", "utf-8")
    assert parsed(path, "a: 1", yaml.safe_load) == {"a": 1}


def test_kept_as_plain_text(path: Path) -> None:
    parsed(path, "a: 名", yaml.safe_load)
    _, value = json.loads((path.parent / FOLDER / "toy.yaml.json").read_text("ascii"))
    assert value == {"a": "名"}
