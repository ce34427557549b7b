"""Diagnostics: pushed and pulled, of a document and of the workspace."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lsprotocol import types

from tests.conftest import Done
from tests.server.connections import ENOUGH, PUSHED, Editor, at, connected

pytestmark = pytest.mark.asyncio
WEATHER = "昨天/t  下／v  了/u  雨/n  ，/w\n今天/t  ,/n  晴/a  。/w\n报道/vvn\n"


async def test_a_diagnostic_says_what_where_and_by_which_rule(editor: Editor) -> None:
    editor.open("weather.txt", WEATHER)
    separator, mark, tag = await editor.pulled("weather.txt")
    assert (separator.code, separator.range) == ("TOK004", at(0, 6, 9))
    assert separator.message == "／ stands for the separator in 下／v"
    assert separator.severity == types.DiagnosticSeverity.Error
    assert separator.source == "taglint"
    assert (mark.code, mark.range) == ("TAG003", at(1, 6, 9))
    assert mark.message.endswith("(confidence 0.95)")
    assert mark.severity == types.DiagnosticSeverity.Warning
    assert (tag.code, tag.range) == ("TAG001", at(2, 3, 6))
    assert tag.code_description is not None
    link = Path(unquote(urlsplit(tag.code_description.href).path))
    assert "Tag that is not in the tagset" in link.read_text("utf-8")


async def test_evidence_is_related_information(editor: Editor) -> None:
    text = "# sent_id = 1\n1\t好\t好\tADJ\ta\t_\t0\troot\t_\t_\n\n"
    editor.open("twice.conllu", text + text)
    found = [item for item in await editor.pulled("twice.conllu") if item.code == "TOK104"]
    related = [place for item in found for place in item.related_information or ()]
    assert related
    assert {place.location.uri for place in related} == {editor.uri("twice.conllu")}
    assert related[0].location.range.start.line == 0


async def test_corpus_rules_judge_by_the_whole_corpus(editor: Editor) -> None:
    editor.open("corpus/b.txt", "ＧＤＰ/n  的/u  增长/vn  。/w\n")
    await editor.counted()
    found = await editor.pulled("corpus/b.txt")
    assert [item.code for item in found] == ["TXT008"]
    assert "9 times in half width" in found[0].message
    editor.close("corpus/b.txt")


async def test_the_workspace_has_the_findings_of_closed_files(editor: Editor) -> None:
    reports = await editor.workspace({})
    assert {name: len(report.items) for name, report in reports.items()} == {
        "a.txt": 0,
        "b.txt": 1,
        "c.txt": 0,
    }
    assert reports["b.txt"].items[0].code == "TXT008"


async def test_a_client_that_knows_the_workspace_is_answered_when_there_is_news(
    editor: Editor,
) -> None:
    reports = await editor.workspace({})
    known = {f"corpus/{name}": report.result_id for name, report in reports.items()}
    waiting = asyncio.ensure_future(editor.workspace(known))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    editor.open("corpus/c.txt", "他/r  ＧＤＰ/n  。/w\n")
    reports = await asyncio.wait_for(waiting, 5)
    assert reports["c.txt"].kind == "full"
    assert [item.code for item in reports["c.txt"].items] == ["TXT008"]
    assert reports["a.txt"].kind == "unchanged"
    editor.close("corpus/c.txt")


async def test_what_is_no_corpus_has_no_diagnostics(editor: Editor) -> None:
    editor.open("prose.txt", "This is a letter, and no corpus.\n")
    assert await editor.pulled("prose.txt") == []


async def test_diagnostics_are_the_command_lines_findings(
    editor: Editor, taglint: Callable[..., Done], folder: Path
) -> None:
    text = WEATHER + "[中央/n  电台/n  说/v\n“好/a\n"
    editor.open("same.txt", text)
    shown = await editor.pulled("same.txt")
    (folder / ".taglint.yaml").write_text("tagset: pku98\n", "utf-8")
    (folder / "same.txt").write_text(text, "utf-8")
    done = taglint("check", "same.txt", "--output-format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert len(found) > 4
    places = [(item.range.start.line + 1, item.range.start.character + 1) for item in shown]
    assert places == [(item["line"], item["column"]) for item in found]
    assert [item.code for item in shown] == [item["code"] for item in found]


async def test_diagnostics_are_pushed_to_a_client_that_cannot_ask(tmp_path: Path) -> None:
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", WEATHER)
        assert [item.code for item in await editor.pushed("a.txt")] == [
            "TOK004",
            "TAG003",
            "TAG001",
        ]
        editor.replace("a.txt", WEATHER.replace("／", "/"))
        assert [item.code for item in await editor.pushed("a.txt")] == ["TAG003", "TAG001"]
        editor.close("a.txt")
        assert await editor.pushed("a.txt") == []


async def test_changes_in_quick_succession_are_checked_once(tmp_path: Path) -> None:
    async with connected(tmp_path, PUSHED, debounce=400) as editor:
        editor.open("a.txt", "好/a\n")
        await editor.pushed("a.txt")
        seen: list[int | None] = []
        listening = asyncio.ensure_future(listen(editor, seen))
        for version in range(2, 12):
            editor.replace("a.txt", "好/a  " * version, version)
            await asyncio.sleep(0.01)
        for _ in range(ENOUGH * 100):
            if seen:
                break
            await asyncio.sleep(0.01)
        # Long enough for another check, were one to follow.
        await asyncio.sleep(0.8)
        listening.cancel()
        assert seen == [11]


async def listen(editor: Editor, seen: list[int | None]) -> None:
    """Note the versions that diagnostics are published of."""
    while True:
        published = await editor.client.wait_for_notification(
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
        )
        seen.append(published.version)


async def test_the_worst_findings_are_sent_with_a_note_of_the_others(tmp_path: Path) -> None:
    async with connected(tmp_path, mostFindings=3) as editor:
        editor.open("a.txt", "好/a  ,/n\n" * 5 + "下／v\n")
        found = await editor.pulled("a.txt")
        assert [item.code for item in found] == ["TAG003", "TAG003", "TOK004", None]
        assert found[-1].message.startswith("3 more findings are not shown")


async def test_a_changed_configuration_takes_effect(tmp_path: Path) -> None:
    configuration = tmp_path / ".taglint.yaml"
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", WEATHER)
        assert len(await editor.pushed("a.txt")) == 3
        configuration.write_text("ignore: [TAG]\n", "utf-8")
        tell(editor, configuration)
        assert [item.code for item in await editor.pushed("a.txt")] == ["TOK004"]


async def test_a_broken_configuration_is_said_and_shown_where_it_is_broken(tmp_path: Path) -> None:
    configuration = tmp_path / ".taglint.yaml"
    configuration.write_text("ignore: [TAG]\nselct: [TOK]\n", "utf-8")
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", WEATHER)
        (mistake,) = await editor.pushed(".taglint.yaml")
        assert mistake.range.start.line == 1
        assert "select" in mistake.message
        assert len(editor.client.messages) == 1
        configuration.write_text("ignore: [TAG]\n", "utf-8")
        tell(editor, configuration)
        assert [item.code for item in await editor.pushed("a.txt")] == ["TOK004"]
        assert list(editor.client.diagnostics[editor.uri(".taglint.yaml")]) == []


async def test_a_changed_tagset_takes_effect(tmp_path: Path) -> None:
    (tmp_path / ".taglint.yaml").write_text("tagset: own.yaml\n", "utf-8")
    tagset = tmp_path / "own.yaml"
    tagset.write_text("name: own\nextends: pku98\n", "utf-8")
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", "报道/vvn\n")
        assert [item.code for item in await editor.pushed("a.txt")] == ["TAG001"]
        tagset.write_text("name: own\nextends: pku98\ntags: {vvn: {zh: 动词}}\n", "utf-8")
        tell(editor, tagset)
        assert await editor.pushed("a.txt") == []


async def test_decisions_are_obeyed_as_they_are_made(tmp_path: Path) -> None:
    (tmp_path / ".taglint.yaml").write_text("tagset: pku98\n", "utf-8")
    decisions = tmp_path / "taglint-decisions.yaml"
    line = (
        '- {"rule": "TAG001", "tokens": ["报道/vvn"], "scope": "everywhere", "verdict": "keep"}\n'
    )
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", "报道/vvn\n")
        assert [item.code for item in await editor.pushed("a.txt")] == ["TAG001"]
        decisions.write_text(line, "utf-8")
        tell(editor, decisions)
        assert await editor.pushed("a.txt") == []
        decisions.write_text(line.replace("报道", "新闻"), "utf-8")
        tell(editor, decisions)
        assert [item.code for item in await editor.pushed("a.txt")] == ["TAG001"]


def tell(editor: Editor, path: Path) -> None:
    event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_a_client_that_cannot_be_told_to_ask_again_waits_for_the_corpus(
    project: Path,
) -> None:
    async with connected(project, refreshes=False) as editor:
        editor.open("corpus/b.txt", "ＧＤＰ/n  的/u  增长/vn  。/w\n")
        assert [item.code for item in await editor.pulled("corpus/b.txt")] == ["TXT008"]
