"""What is wrong with a project's own tagset is said in one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from taglint.findings import TaglintError
from taglint.plugins import Plugins
from taglint.tagsets import UPOS

SOUND = "name: x\ntags: {r: {en: R}, v: {en: V}}\n"
MISTAKES = [
    ("aliases: 5", "`aliases` must be a list of texts"),
    ("extends: [pku98]", "`extends` must be a text"),
    ("frequencies: {r: x}", "`frequencies` must be a mapping to whole numbers"),
    ("punctuation: [q]", "`punctuation` names 'q', which is no tag of it"),
    ("numeral: [{}]", "`numeral` must be a text or a list of texts"),
    ("case_sensitive: maybe", "`case_sensitive` must be true or false"),
    ("compounds: 5", "`compounds` must be a mapping"),
    ("compounds: {joiner: [1]}", "compounds: `joiner` must be a text"),
    ("tags: {r: {parent: q}}", "tag r: parent 'q' is no tag of the tagset"),
    ("tags: {r: {parent: r}}", "tag r: parents go in a circle: r → r"),
    (
        "tags: {r: {parent: v}, v: {parent: r}}",
        "tag v: parents go in a circle: r → v → r",
    ),
    ("tags: {r: {upos: NOUNS}}", "tag r: upos 'NOUNS' is not one of " + ", ".join(UPOS)),
    ("remove: [r]", "`remove` needs `extends`"),
    ("extends: pku98\nremove: [w, ww]", "`remove` names 'ww', which is no tag of pku98"),
    ("tags: [r, v]", "`tags` must be a mapping"),
    ("tags: {r: {en: 5}}", "tag r: `en` must be a text"),
    ("tags: {r: {words: yes}}", "tag r: `words` must be a list of texts"),
    ("title: 2001-99-99", "put it in quotes"),
    ("source: !!int ''", "put it in quotes"),
    ("source: !!timestamp ''", "put it in quotes"),
    # The library's parsers say it in different words.
    ("source: " + "[" * 3_000, ""),
]


@pytest.mark.parametrize(("line", "expected"), MISTAKES)
def test_mistakes_are_said(tmp_path: Path, line: str, expected: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"{SOUND}{line}\n", "utf-8")
    with pytest.raises(TaglintError) as caught:
        Plugins().tagset(str(path))
    message = str(caught.value)
    assert message.startswith(f"{path}:") and message.endswith(expected), message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name: x\ntags:\n  r:\n    zh: 代词\n    parent: q\n", "5:5"),
        ("name: x\ntags:\n  r: {}\n  v: {en: V, upos: VRB}\n", "4:14"),
        ("name: x\nextends: pku98\nremove:\n  - w\n  - ww\n", "5:5"),
        ("name: x\ntags: {r: }\ncompounds: {marks: [a],\n  jonier: b}\n", "4:3"),
        ("name: x\ntags: {r: }\nnumeral: m\n", "3:1"),
        ("{}", ""),
    ],
)
def test_mistakes_are_said_with_their_line(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(TaglintError) as caught:
        Plugins().tagset(str(path))
    assert str(caught.value).startswith(f"{path}:{place}: " if place else f"{path}: ")


def test_a_tag_that_is_removed_has_no_role(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("name: x\nextends: pku98\nremove: [w]\n", "utf-8")
    assert Plugins().tagset(str(path)).punctuation == ()


def test_a_tag_that_is_removed_is_no_parent(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("name: x\nextends: pku98\nremove: [v]\n", "utf-8")
    assert Plugins().tagset("pku98").tags["vd"].parent == "v"
    assert Plugins().tagset(str(path)).tags["vd"].parent is None
    path.write_text("name: x\nextends: pku98\nremove: [v]\ntags: {v: {en: V}}\n", "utf-8")
    assert Plugins().tagset(str(path)).tags["vd"].parent == "v"


@pytest.mark.parametrize("tag", ["FW-" * 5_000 + "NN", "*+" * 50_000 + "NN", "FW-" * 30 + "NN"])
def test_tags_built_of_many_others_are_looked_up_at_once(tag: str) -> None:
    known = Plugins().tagset("brown").find(tag)
    assert (known is not None) == (len(tag) < 200)


def test_marks_say_something_else_than_what_a_word_is() -> None:
    brown = Plugins().tagset("brown")
    tags = {"nn-tl": "nn", "NN-TL-HL": "NN", "fw-in+at-tl": "fw-in+at", ".-hl": ".", "---hl": "--"}
    assert {tag: brown.unmarked(tag) for tag in tags} == tags
    assert all(brown.find(tag) == brown.find(base) for tag, base in tags.items())
    # No tag is left.
    for tag in ("nn", "-tl", "zz-tl", "fw-nn"):
        assert brown.unmarked(tag) == tag
    assert Plugins().tagset("penn").unmarked("NN-TL") == "NN-TL"
