"""Code actions: what is offered, and what it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from lsprotocol import types

from tests.server.connections import PUSHED, WHOLE, Editor, at, by_name, connected
from tests.server.test_text import Client

pytestmark = pytest.mark.asyncio
TEXT = "天气/n  下／v  雨/n  ,/n\n今天/t  ,/n  好/a  。/w\n"


def applied(text: str, edits: list[types.TextEdit], encoding: str = "utf-16") -> str:
    """A text after edits, as a client does them."""
    client = Client(text, encoding)
    places = {(at.line, at.character): offset for offset, at in client.positions()}
    for edit in sorted(edits, key=lambda edit: edit.range.start, reverse=True):
        start, end = edit.range.start, edit.range.end
        client.replace(
            places[start.line, start.character], places[end.line, end.character], edit.new_text
        )
    return client.text


async def test_a_fix_is_offered_with_how_sure_it_is(editor: Editor) -> None:
    editor.open("a.txt", TEXT)
    actions = await editor.actions("a.txt", at(0, 7), ["quickfix"])
    (title,) = actions
    assert title == "Write the separator: 下／v → 下/v (safe)"
    assert actions[title].is_preferred
    diagnostics = actions[title].diagnostics
    assert diagnostics and diagnostics[0].code == "TOK004"
    edits = await editor.edits(actions[title])
    assert applied(TEXT, edits["a.txt"]) == TEXT.replace("／", "/")


async def test_a_fix_can_be_applied_at_all_places_with_its_cause(editor: Editor) -> None:
    editor.open("b.txt", TEXT)
    actions = await editor.actions("b.txt", at(0, 17), ["quickfix"])
    assert list(actions) == [
        "Tag it w: ,/n → ,/w (confidence 0.95)",
        "Tag it w at all 2 such places here",
    ]
    edits = await editor.edits(actions["Tag it w at all 2 such places here"])
    assert applied(TEXT, edits["b.txt"]) == TEXT.replace(",/n", ",/w")


async def test_a_fix_can_be_applied_in_the_whole_corpus(editor: Editor) -> None:
    text = "ＧＤＰ/n  的/u  增长/vn  。/w\n"
    other = "他/r  ＧＤＰ/n  。/w\n"
    editor.open("corpus/b.txt", text)
    editor.open("corpus/c.txt", other)
    await editor.counted()
    actions = await editor.actions("corpus/b.txt", at(0, 1), ["quickfix"])
    (title,) = [title for title in actions if title.endswith("in the corpus")]
    edits = await editor.edits(actions[title])
    assert applied(text, edits["b.txt"]) == text.replace("ＧＤＰ", "GDP")
    assert applied(other, edits["c.txt"]) == other.replace("ＧＤＰ", "GDP")
    editor.close("corpus/b.txt")
    editor.close("corpus/c.txt")


async def test_all_that_is_safe_is_fixed_at_once(editor: Editor) -> None:
    editor.open("c.txt", TEXT)
    actions = await editor.actions("c.txt", WHOLE, ["source.fixAll.taglint"])
    edits = await editor.edits(actions["Fix all that is safe to fix"])
    assert applied(TEXT, edits["c.txt"]) == TEXT.replace("／", "/")
    assert (await editor.pulled("c.txt"))[0].code == "TOK004", "nothing is changed by the server"


async def test_changes_of_annotation_are_an_action_of_their_own(editor: Editor) -> None:
    editor.open("d.txt", TEXT)
    actions = await editor.actions("d.txt", WHOLE, ["source.taglint"])
    (action,) = actions.values()
    edits = await editor.edits(action)
    assert applied(TEXT, edits["d.txt"]) == TEXT.replace("／", "/").replace(",/n", ",/w")


@pytest.mark.parametrize("kind", ["source.fixAll", "source.fixAll.taglint"])
async def test_all_fixes_bear_the_kind_that_was_asked_for(editor: Editor, kind: str) -> None:
    editor.open("e.txt", TEXT)
    (action,) = (await editor.actions("e.txt", WHOLE, [kind])).values()
    assert action.kind == kind


async def test_nothing_is_offered_where_nothing_is_found(editor: Editor) -> None:
    editor.open("f.txt", "今天/t  好/a\n")
    assert await editor.actions("f.txt", WHOLE) == {}


async def test_a_fix_that_fails_its_proof_is_refused(tmp_path: Path) -> None:
    # Without the invisible character the text would fall into other tokens.
    text = "é/w天气/Na\u200bb/N"
    configuration = "format: unspaced\ntagset: hanlp\nselect: [TXT004]\n"
    (tmp_path / ".taglint.yaml").write_text(configuration, "utf-8")
    async with connected(tmp_path) as editor:
        editor.open("a.txt", text)
        (action,) = (await editor.actions("a.txt", WHOLE, ["quickfix"])).values()
        resolved = await editor.client.code_action_resolve_async(action)
        assert resolved.edit is None
        assert "not applied" in editor.client.messages[0].message


async def test_an_action_finds_its_place_again_after_an_edit(editor: Editor) -> None:
    editor.open("h.txt", TEXT)
    (action,) = (await editor.actions("h.txt", at(0, 7), ["quickfix"])).values()
    moved = "早上/t\n" + TEXT
    editor.replace("h.txt", moved)
    edits = await editor.edits(action)
    assert applied(moved, edits["h.txt"]) == moved.replace("／", "/")


async def test_a_client_that_does_not_resolve_gets_edits_or_a_command(tmp_path: Path) -> None:
    async with connected(tmp_path, PUSHED, resolves=False) as editor:
        editor.open("a.txt", TEXT)
        found = (await editor.pushed("a.txt"))[0]
        (action,) = (await editor.actions("a.txt", at(0, 7), ["quickfix"])).values()
        assert action.edit is not None
        assert applied(TEXT, by_name(action.edit)["a.txt"]) == TEXT.replace("／", "/")
        await editor.run("taglint.apply", {**editor.about("a.txt", found), "do": "all"})
        (edit,) = editor.applied
        assert applied(TEXT, by_name(edit)["a.txt"]) == TEXT.replace("／", "/")


async def test_formatting_mends_layout_and_nothing_else(editor: Editor) -> None:
    text = "今天/t  天气/n 好/a  \n下／v  ,/n  。/w"
    editor.open("i.txt", text)
    edits = await editor.client.text_document_formatting_async(
        types.DocumentFormattingParams(editor.document("i.txt"), types.FormattingOptions(4, True))
    )
    assert applied(text, list(edits or ())) == "今天/t  天气/n  好/a\n下/v  ,/n  。/w\n"


async def test_formatting_heeds_the_configuration(tmp_path: Path) -> None:
    (tmp_path / ".taglint.yaml").write_text("ignore: [TXT, irregular-blank]\n", "utf-8")
    text = "今天/t  天气/n 好/a  \n下／v  ,/n  。/w"
    async with connected(tmp_path) as editor:
        editor.open("a.txt", text)
        edits = await editor.client.text_document_formatting_async(
            types.DocumentFormattingParams(
                editor.document("a.txt"), types.FormattingOptions(4, True)
            )
        )
        assert applied(text, list(edits or ())) == text.replace("／", "/")


async def test_a_finding_is_ignored_with_a_reason_beside_the_corpus(tmp_path: Path) -> None:
    ignored = tmp_path / ".taglint-ignore.yaml"
    ignored.write_text("- rules: [TOK001]\n  paths: [old/]", "utf-8")
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", TEXT)
        found = await editor.pushed("a.txt")
        mark = next(item for item in found if item.code == "TAG003")
        await editor.run("taglint.ignore", editor.about("a.txt", mark), "as it is 'printed': so")
        left = await editor.shown("a.txt", len(found) - 1)
        assert mark.data not in [item.data for item in left]
        assert ".taglint-ignore.yaml, line 3" in editor.client.messages[-1].message
    entries = yaml.safe_load(ignored.read_text("utf-8"))
    assert entries == [
        {"rules": ["TOK001"], "paths": ["old/"]},
        {"rules": ["TAG003"], "fingerprints": [mark.data], "reason": "as it is 'printed': so"},
    ]


async def test_a_file_that_cannot_take_an_entry_stays_as_it_is(tmp_path: Path) -> None:
    ignored = tmp_path / ".taglint-ignore.yaml"
    ignored.write_text("[{rules: [TOK001]}]\n", "utf-8")
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", TEXT)
        found = await editor.pushed("a.txt")
        await editor.run("taglint.ignore", editor.about("a.txt", found[0]))
        assert "write it by hand" in editor.client.messages[-1].message
    assert ignored.read_text("utf-8") == "[{rules: [TOK001]}]\n"


async def test_a_finding_is_ignored_in_a_comment_where_the_format_has_comments(
    tmp_path: Path,
) -> None:
    row = "1\t好\t好\tADJ\t_\t_\t0\troot\t_\tSpaceAfter=no\n"
    text = f"# sent_id = 1\n# text = 好\n{row}\n"
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.conllu", text)
        (found,) = await editor.pushed("a.conllu")
        await editor.run("taglint.ignore", editor.about("a.conllu", found), "from the source")
        (edit,) = editor.applied
        after = applied(text, by_name(edit)["a.conllu"])
        comment = f"# taglint: ignore {found.code}: from the source\n"
        assert after == text.replace(row, comment + row)
        editor.replace("a.conllu", after)
        await editor.shown("a.conllu", 0)


@pytest.mark.parametrize(("scope", "left"), [("place", 2), ("everywhere", 1)])
async def test_what_is_right_is_recorded_as_a_decision(
    tmp_path: Path, scope: str, left: int
) -> None:
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", TEXT)
        found = await editor.pushed("a.txt")
        mark = next(item for item in found if item.code == "TAG003")
        await editor.run("taglint.decide", {**editor.about("a.txt", mark), "scope": scope})
        await editor.shown("a.txt", left)
        assert "is decided in taglint-decisions.yaml" in editor.client.messages[-1].message
    (decision,) = yaml.safe_load((tmp_path / "taglint-decisions.yaml").read_text("utf-8"))
    assert decision["rule"] == "TAG003"
    assert (decision["verdict"], decision["scope"]) == ("keep", scope)
