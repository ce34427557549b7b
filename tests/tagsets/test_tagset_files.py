"""The shipped tagset files are well formed and agree with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "rules" / "taglint_rules" / "tagsets"
FILES = sorted(FOLDER.glob("*.yaml"))
NAMES = {"hanlp", "pku98", "pku2003", "ctb", "jieba", "upos", "penn", "brown"}

TOP_KEYS = {
    "name",
    "title",
    "source",
    "aliases",
    "extends",
    "case_sensitive",
    "compounds",
    "punctuation",
    "numeral",
    "unknown_word",
    "tags",
    "frequencies",
}
COMPOUND_KEYS = {"prefixes", "suffixes", "marks", "joiner"}
TAG_KEYS = {"zh", "en", "class", "parent", "upos", "maps", "words", "exhaustive", "typical"}
CLASSES = {
    "open",
    "closed",
    "numeral",
    "punctuation",
    "morpheme",
    "affix",
    "idiom",
    "abbreviation",
    "foreign",
    "symbol",
    "other",
}
ROLES = ("punctuation", "numeral", "unknown_word")

Data = dict[str, Any]


class UniqueKeyLoader(yaml.SafeLoader):
    """Refuses keys that occur twice in one mapping, and keys that are not strings."""


def _mapping(loader: UniqueKeyLoader, node: yaml.MappingNode) -> Data:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key, count in Counter(map(repr, keys)).items():
        assert count == 1, f"line {node.start_mark.line + 1}: key {key} occurs {count} times"
    for key in keys:
        assert isinstance(key, str), f"line {node.start_mark.line + 1}: {key!r} wants quotes"
    return {str(key): value for key, value in loader.construct_mapping(node, deep=True).items()}


UniqueKeyLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


@cache
def read(path: Path) -> Data:
    data: Data = yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeyLoader)
    return data


@cache
def all_tags(name: str) -> dict[str, Data]:
    """The tags of a tagset, those it inherits included."""
    data = read(FOLDER / f"{name}.yaml")
    tags: dict[str, Data] = all_tags(data["extends"]) if data["extends"] else {}
    return {**tags, **data["tags"]}


def own_tags(path: Path) -> Iterator[tuple[str, Data]]:
    yield from read(path)["tags"].items()


def ancestors(tags: dict[str, Data], tag: str) -> list[str]:
    """The chain of parents; stops where it would repeat a tag."""
    chain = [tag]
    while (parent := tags[chain[-1]].get("parent")) is not None:
        if parent in chain:
            return [*chain, parent]
        chain.append(parent)
    return chain


each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_every_tagset_is_there() -> None:
    assert {path.stem for path in FILES} == NAMES


def test_names_and_aliases_are_unique() -> None:
    names = [name for path in FILES for name in [read(path)["name"], *read(path)["aliases"]]]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@each_file
def test_safe_load_agrees(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == read(path)


@each_file
def test_header(path: Path) -> None:
    data = read(path)
    assert set(data) <= TOP_KEYS
    assert data["name"] == path.stem
    assert set(data["title"]) == {"en", "zh"}
    assert data["source"]
    assert isinstance(data["case_sensitive"], bool)
    assert data["extends"] is None or data["extends"] in NAMES - {path.stem}


@each_file
def test_compounds(path: Path) -> None:
    compounds = read(path).get("compounds", {})
    assert set(compounds) <= COMPOUND_KEYS
    for key in COMPOUND_KEYS - {"joiner"}:
        for affix in compounds.get(key, []):
            assert isinstance(affix, str)
            assert affix


@each_file
def test_tag_entries(path: Path) -> None:
    upos = all_tags("upos")
    for tag, entry in own_tags(path):
        assert set(entry) <= TAG_KEYS, tag
        assert entry["zh"], tag
        assert entry["en"], tag
        assert entry["class"] in CLASSES, tag
        assert entry.get("upos", "X") in upos, tag


@each_file
def test_parents_exist_and_form_no_circle(path: Path) -> None:
    tags = all_tags(path.stem)
    for tag, entry in own_tags(path):
        assert entry.get("parent", tag) in tags, tag
        chain = ancestors(tags, tag)
        assert len(chain) == len(set(chain)), chain


@each_file
def test_maps_lead_to_tags(path: Path) -> None:
    for tag, entry in own_tags(path):
        for tagset, target in entry.get("maps", {}).items():
            assert target in all_tags(tagset), (tag, tagset, target)


@each_file
def test_words(path: Path) -> None:
    for tag, entry in own_tags(path):
        words = entry.get("words", [])
        assert all(isinstance(word, str) and word.strip() == word != "" for word in words), tag
        assert len(words) == len(set(words)), tag
        assert "words" not in entry or words, tag


@each_file
def test_typical_words(path: Path) -> None:
    for tag, entry in own_tags(path):
        typical = entry.get("typical", [])
        assert all(isinstance(word, str) and word.strip() == word != "" for word in typical), tag
        assert len(typical) == len(set(typical)), tag
        assert not set(typical) & set(entry.get("words", [])), tag
        assert "typical" not in entry or typical, tag
        assert not (typical and entry.get("exhaustive")), tag


@each_file
def test_exhaustive_lists_have_words(path: Path) -> None:
    for tag, entry in own_tags(path):
        if "exhaustive" in entry:
            assert entry["exhaustive"] is True, tag
            assert entry["words"], tag


@each_file
def test_roles_name_tags(path: Path) -> None:
    tags = all_tags(path.stem)
    for role in ROLES:
        value = read(path)[role]
        assert isinstance(value, list), role
        assert value, role
        assert set(value) <= set(tags), role


@each_file
def test_every_punctuation_tag_has_the_role(path: Path) -> None:
    tags = all_tags(path.stem)
    punctuation = {tag for tag, entry in tags.items() if entry["class"] == "punctuation"}
    assert punctuation == set(read(path)["punctuation"])


@each_file
def test_frequencies_are_parts_of_ten_thousand(path: Path) -> None:
    frequencies: dict[str, int] = read(path).get("frequencies", {})
    assert set(frequencies) <= set(all_tags(path.stem))
    assert all(isinstance(count, int) and count > 0 for count in frequencies.values())
    assert not frequencies or abs(sum(frequencies.values()) - 10_000) <= len(frequencies)


@each_file
def test_case_variants_only_where_case_counts(path: Path) -> None:
    if not read(path)["case_sensitive"]:
        tags = Counter(tag.casefold() for tag in all_tags(path.stem))
        assert max(tags.values()) == 1
