"""Hover, completion, colours, hints, symbols, definitions, references."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.connections import PULLS, WHOLE, Editor, at, connected

pytestmark = pytest.mark.asyncio
TEXT = "他/r  增长/v  了/u  😀/w  。/w\n增长/vn  的/u  增长/vn  。/w\n"


async def hovered(editor: Editor, name: str, line: int, character: int) -> str:
    position = types.Position(line, character)
    found = await editor.client.text_document_hover_async(
        types.HoverParams(editor.document(name), position)
    )
    assert found is not None and isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def test_hover_tells_the_tag_the_words_tags_and_where_they_are(editor: Editor) -> None:
    editor.open("a.txt", TEXT)
    await editor.counted()
    text = await hovered(editor, "a.txt", 0, 6)
    title, counts, *lines = text.splitlines()[::2][:2] + text.splitlines()[4:]
    assert title == "**增长** / **v**: 动词 · verb (open)"
    assert counts == "增长 here: vn 11, v 2"
    assert len(lines) == 3
    assert lines[0].startswith("-  **增长/vn** 的增长。 [2:1](")
    assert any("**增长/v**" in line for line in lines)


async def test_hover_shows_what_is_malformed(editor: Editor) -> None:
    editor.open("flaw.txt", "今天/t  天气  好/a\n")
    assert await hovered(editor, "flaw.txt", 0, 7) == "**天气**: missing separator"


async def test_hover_shows_text_and_no_markup(editor: Editor) -> None:
    editor.open("markup.txt", "[x](y)/nx  <b>*/nx  好/a\n")
    assert "\\<b\\>\\*" in await hovered(editor, "markup.txt", 0, 13)


async def completed(
    editor: Editor, name: str, line: int, character: int
) -> list[types.CompletionItem]:
    params = types.CompletionParams(editor.document(name), types.Position(line, character))
    found = await editor.client.text_document_completion_async(params)
    items = found.items if isinstance(found, types.CompletionList) else found or ()
    return sorted(items, key=lambda item: item.sort_text or "")


async def test_completion_has_the_words_own_tags_first(editor: Editor) -> None:
    editor.open("b.txt", TEXT + "增长/")
    items = await completed(editor, "b.txt", 2, 3)
    assert [item.label for item in items[:2]] == ["vn", "v"]
    assert items[0].detail == "名动词 · verb with nominal function"
    assert items[0].text_edit == types.TextEdit(at(2, 3), "vn")
    assert len(items) > 30


async def test_completion_replaces_what_is_typed_of_the_tag(editor: Editor) -> None:
    editor.open("c.txt", TEXT + "增长/v\n")
    first, *_ = await completed(editor, "c.txt", 2, 4)
    assert first.text_edit == types.TextEdit(at(2, 3, 4), "vn")


async def test_completion_in_unspaced_text_tells_words_from_tags(tmp_path: Path) -> None:
    text = "他/r增长/v了/u。/w增长/vn的/u增长/vn。/w"
    async with connected(tmp_path) as editor:
        editor.open("a.txt", text + "增长/")
        items = await completed(editor, "a.txt", 0, len(text) + 3)
        assert [item.label for item in items[:2]] == ["vn", "v"]


async def test_completion_knows_the_tag_column(tmp_path: Path) -> None:
    row = "{}\t{}\t{}\t{}\t_\t_\t{}\t{}\t_\t_\n"
    text = row.format(1, "dog", "dog", "NOUN", 0, "root") + row.format(
        2, "dog", "dog", "N", 1, "dep"
    )
    async with connected(tmp_path) as editor:
        editor.open("a.conllu", f"# sent_id = 1\n# text = dog dog\n{text}\n")
        first, *_ = await completed(editor, "a.conllu", 3, 11)
        assert (first.label, first.text_edit) == ("NOUN", types.TextEdit(at(3, 10, 11), "NOUN"))
        assert await completed(editor, "a.conllu", 3, 1) == []


async def test_words_are_coloured_by_the_class_of_their_tag(editor: Editor) -> None:
    editor.open("d.txt", TEXT)
    assert editor.server is not None
    provider = editor.server.semantic_tokens_provider
    assert provider is not None
    names = provider.legend.token_types
    found = await editor.client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(editor.document("d.txt"))
    )
    assert found is not None
    groups = [tuple(found.data[start : start + 5]) for start in range(0, len(found.data), 5)]
    assert [(*group[:3], names[group[3]]) for group in groups[:8]] == [
        (0, 0, 1, "parameter"), (0, 2, 1, "comment"), (0, 3, 2, "function"), (0, 3, 1, "comment"),
        (0, 3, 1, "keyword"), (0, 2, 1, "comment"), (0, 3, 2, "operator"), (0, 3, 1, "comment"),
    ]  # fmt: skip
    second = types.Range(types.Position(1, 0), types.Position(1, 4))
    part = await editor.client.text_document_semantic_tokens_range_async(
        types.SemanticTokensRangeParams(editor.document("d.txt"), second)
    )
    assert part is not None
    assert part.data[:5] == (1, 0, 2, names.index("variable"), 0) or part.data[0] == 1


async def hints(editor: Editor, name: str) -> list[tuple[int, str]]:
    params = types.InlayHintParams(editor.document(name), WHOLE)
    found = await editor.client.text_document_inlay_hint_async(params)
    return [(item.position.character, str(item.label)) for item in found or ()]


async def test_hints_show_what_fixes_propose(editor: Editor) -> None:
    editor.open("e.txt", "今天/t  ,/n  好/a\n")
    assert await hints(editor, "e.txt") == [(9, "→ ,/w")]


async def test_hints_show_glosses_or_nothing_as_set(editor: Editor) -> None:
    editor.open("e2.txt", "今天/t  好/a\n")
    for name, expected in (("glosses", [(4, "时间词"), (9, "形容词")]), ("off", [])):
        set_(editor, {"inlayHints": name})
        assert await hints(editor, "e2.txt") == expected
    set_(editor, {"inlayHints": "fixes"})


async def test_wrong_settings_are_said(editor: Editor) -> None:
    before = len(editor.client.messages)
    set_(editor, {"inlayHint": "off", "debounce": -1})
    await hints(editor, "e.txt")
    assert [item.message for item in editor.client.messages[before:]] == [
        "unknown setting taglint.inlayHint; did you mean inlayHints?",
        "taglint.debounce is a number from 0 on",
    ]


def set_(editor: Editor, settings: dict[str, object]) -> None:
    params = types.DidChangeConfigurationParams({"taglint": settings})
    editor.client.workspace_did_change_configuration(params)


async def test_sentences_are_symbols(editor: Editor) -> None:
    editor.open("f.txt", "19980101-01-001-001/m  " + TEXT)
    found = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(editor.document("f.txt"))
    )
    names = [item.name for item in found or ()]
    assert names == ["19980101-01-001-001 他增长了😀。", "2 增长的增长。"]


async def test_the_definition_of_a_tag_is_its_line_in_the_tagset(editor: Editor) -> None:
    editor.open("g.txt", TEXT)
    found = await editor.client.text_document_definition_async(
        types.DefinitionParams(editor.document("g.txt"), types.Position(0, 9))
    )
    assert isinstance(found, types.Location)
    assert found.uri.endswith("/pku98.yaml")
    path = Path(found.uri.removeprefix("file://"))
    line = path.read_text("utf-8").splitlines()[found.range.start.line]
    assert line.strip().startswith("v:")


async def test_a_tag_that_a_project_inherits_is_defined_where_it_is(tmp_path: Path) -> None:
    (tmp_path / ".taglint.yaml").write_text("tagset: own.yaml\n", "utf-8")
    own = "name: own\nextends: pku98\ntags:\n  zz: {zh: 好}\n"
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    async with connected(tmp_path) as editor:
        editor.open("a.txt", "好/zz  好/a\n")
        for character, name, line in ((2, "own.yaml", 3), (8, "pku98.yaml", None)):
            found = await editor.client.text_document_definition_async(
                types.DefinitionParams(editor.document("a.txt"), types.Position(0, character))
            )
            assert isinstance(found, types.Location) and found.uri.endswith(name)
            assert line is None or found.range.start.line == line


async def places(editor: Editor, character: int, declared: bool) -> list[tuple[str, int, int]]:
    found = await editor.client.text_document_references_async(
        types.ReferenceParams(
            types.ReferenceContext(declared), editor.document("h.txt"), types.Position(1, character)
        )
    )
    return [
        (Path(item.uri).name, item.range.start.line, item.range.start.character)
        for item in found or ()
    ]


async def test_references_are_a_words_other_places(editor: Editor) -> None:
    editor.open("h.txt", TEXT)
    await editor.counted()
    tagged = await places(editor, 4, declared=False)
    assert tagged[0] == ("h.txt", 1, 12)
    assert ("b.txt", 0, 12) in tagged
    every = await places(editor, 1, declared=True)
    assert every[:3] == [("h.txt", 0, 5), ("h.txt", 1, 0), ("h.txt", 1, 12)]
    assert ("a.txt", 0, 13) in every
    lights = await editor.client.text_document_document_highlight_async(
        types.DocumentHighlightParams(editor.document("h.txt"), types.Position(1, 1))
    )
    assert [item.range.start.character for item in lights or ()] == [5, 0, 12]


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 21), ("utf-16", 13), ("utf-32", 11)])
async def test_positions_are_those_of_the_clients_encoding(
    tmp_path: Path, encoding: str, start: int
) -> None:
    async with connected(tmp_path, PULLS, [encoding]) as editor:
        assert editor.server is not None and editor.server.position_encoding == encoding
        editor.open("a.txt", "😀😀/x  好人/n ,/n\n")
        (found,) = [item for item in await editor.pulled("a.txt") if item.code == "TAG003"]
        assert found.range.start == types.Position(0, start)
