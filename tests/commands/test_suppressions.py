"""Suppressions in CoNLL-U comments and in the file beside a corpus."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
FILE = ".taglint-ignore.yaml"
BAD = "今天/t 天气／n 很/d 好/a ,/n\n昨天/t 下雨/vvn\n"


def sentence(name: str, *comments: str, tag: str = "QQ") -> str:
    head = (f"# sent_id = {name}", "# text = 天", *comments)
    return "\n".join((*head, f"1\t天\t天\t{tag}\t_\t_\t0\troot\t_\t_", "", ""))


def upos(folder: Path) -> None:
    (folder / ".taglint.yaml").write_text("tagset: upos\n")


def codes(done: Done) -> list[tuple[str, int, str]]:
    found = [json.loads(line) for line in done.out.splitlines()]
    return [(item["path"], item["line"], item["code"]) for item in found]


def check(taglint: Run, *arguments: str) -> list[tuple[str, int, str]]:
    return codes(taglint("check", "--output-format", "jsonl", *arguments))


@pytest.fixture
def corpus(folder: Path) -> Path:
    (folder / ".taglint.yaml").write_text("{corpus: [.], tagset: pku98}\n")
    (folder / "a.txt").write_text(BAD, "utf-8")
    return folder


def beside(folder: Path, *entries: Any) -> None:
    (folder / FILE).write_text(json.dumps(entries, ensure_ascii=False), "utf-8")


# In the text


def test_a_comment_is_about_its_sentence(folder: Path, taglint: Run) -> None:
    quiet = sentence("s1", "# taglint: ignore unknown-tag: tags of our own")
    upos(folder)
    (folder / "a.conllu").write_text(quiet + sentence("s2"), "utf-8")
    found = check(taglint, "a.conllu")
    assert {line for _, line, _ in found} == {8}
    assert taglint("check", "a.conllu", "--no-suppressions").out.count("a.conllu:4:") == len(found)


def test_a_comment_may_be_about_the_file(folder: Path, taglint: Run) -> None:
    text = sentence("s1") + sentence("s2", "# taglint: ignore-file TAG: our own")
    upos(folder)
    (folder / "a.conllu").write_text(text, "utf-8")
    done = taglint("check", "a.conllu")
    assert (done.status, done.out) == (0, "")


def test_comments_are_judged_themselves(folder: Path, taglint: Run) -> None:
    text = (
        sentence("s1", "# taglint: ignore TOK112", tag="NOUN")
        + sentence("s2", "# taglint: ignore TOK113 was fixed", tag="NOUN")
        + sentence("s3", "# taglint: ignore TOK11: what?", tag="NOUN")
    )
    (folder / "a.conllu").write_text(text, "utf-8")
    found = check(taglint, "a.conllu")
    assert found == [
        ("a.conllu", 3, "SUP001"), ("a.conllu", 3, "SUP002"),
        ("a.conllu", 8, "SUP001"), ("a.conllu", 13, "SUP003"),
    ]  # fmt: skip
    shown = taglint("check", "a.conllu", "--output-format", "full").out
    assert "3 | # taglint: ignore TOK112" in shown
    assert "unknown rule or family 'TOK11'; did you mean 'TOK1" in shown


def test_what_a_narrower_run_does_not_check_is_not_called_unused(
    folder: Path, taglint: Run
) -> None:
    text = sentence("s1", "# taglint: ignore TOK112: our own", tag="NOUN")
    (folder / "a.conllu").write_text(text, "utf-8")
    assert check(taglint, "a.conllu", "--select", "SUP,TXT") == []
    assert check(taglint, "a.conllu") == [("a.conllu", 3, "SUP001")]
    (folder / ".taglint.yaml").write_text("ignore: [TOK112]\n")
    assert check(taglint, "a.conllu") == []


def test_what_is_suppressed_is_not_fixed(folder: Path, taglint: Run) -> None:
    text = sentence("s1", "# taglint: ignore TOK: as printed", tag="NOUN").replace(
        "\t_\t_\t0", "\t_\tB=1|A=1\t0"
    )
    (folder / "a.conllu").write_text(text, "utf-8")
    done = taglint("check", "--fix", "a.conllu")
    assert (done.status, (folder / "a.conllu").read_text("utf-8")) == (0, text)
    assert taglint("check", "--fix", "a.conllu", "--no-suppressions").status == 0
    assert "A=1|B=1" in (folder / "a.conllu").read_text("utf-8")


# Beside the corpus


def fingerprints(taglint: Run) -> dict[str, str]:
    lines = taglint("check", "--output-format", "jsonl").out.splitlines()
    return {item["code"]: item["fingerprint"] for item in map(json.loads, lines)}


def test_entries_by_rule_path_form_and_fingerprint(corpus: Path, taglint: Run) -> None:
    prints = fingerprints(taglint)
    assert sorted(prints) == ["TAG001", "TAG003", "TOK004"]
    (corpus / "b.txt").write_text("昨天/t 下雪/vvn\n", "utf-8")
    beside(
        corpus,
        {"rules": ["TAG003"], "forms": [","], "reason": "x"},
        {"fingerprints": [prints["TAG001"]], "reason": "x"},
        {"rules": ["TOK"], "paths": ["a.*"], "reason": "x"},
    )
    assert check(taglint) == [("b.txt", 1, "TAG001")]
    done = taglint("check")
    assert "Found 1 finding (3 suppressed)" in done.out


def test_entries_are_judged_themselves(corpus: Path, taglint: Run) -> None:
    beside(corpus)
    (corpus / FILE).write_text(
        "- {rules: [TAG003], reason: they are nouns here}\n"
        "- {rules: [TOK004]}\n"
        "- rules: [TAG001, TXT]\n  reason: half of it\n"
        "- {paths: [gone/*], reason: moved}\n"
    )
    assert check(taglint) == [(FILE, 2, "SUP002"), (FILE, 3, "SUP001"), (FILE, 5, "SUP001")]
    shown = taglint("check", "--output-format", "full").out
    assert "suppresses nothing of TXT" in shown and "suppresses nothing of anything" in shown
    assert "    2 | - {rules: [TOK004]}" in shown
    # A run on some files does not know what is used elsewhere.
    (corpus / "b.txt").write_text("雨/n 停/v 了/y 。/w\n", "utf-8")
    assert check(taglint, "b.txt") == [(FILE, 2, "SUP002")]
    # Nor does any run without a configured corpus.
    (corpus / ".taglint.yaml").write_text("tagset: pku98\n")
    assert check(taglint) == [(FILE, 2, "SUP002")]


def test_another_file_and_none(corpus: Path, taglint: Run) -> None:
    (corpus / "s.yaml").write_text("- {rules: [TAG, TOK], reason: all of them}\n")
    (corpus / ".taglint.yaml").write_text("{corpus: [.], tagset: pku98, suppressions: s.yaml}\n")
    assert check(taglint) == []
    (corpus / "s.yaml").write_text("")
    assert len(check(taglint)) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {reason: x}\n", f"{FILE}:1:3: an entry needs one of rules, paths, forms, fingerprints"),
        ("- {rules: [TAG03]}\n", f"{FILE}:1:12: unknown rule or family 'TAG03'; did you mean"),
        ("- {rule: [TAG003]}\n", f"{FILE}:1:4: unknown key 'rule'; did you mean 'rules'?"),
        ("rules: [TAG003]\n", f"{FILE}:1:1: a configuration must be a list"),
        ("- {rules: [", f"{FILE}:2:1: not valid YAML"),
        ("- {fingerprints: [1234567890123456]}\n", "put it in quotes"),
    ],
)
def test_mistakes_stop_the_run(corpus: Path, taglint: Run, text: str, message: str) -> None:
    (corpus / FILE).write_text(text)
    done = taglint("check")
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_suppressions_come_before_the_baseline(corpus: Path, taglint: Run) -> None:
    beside(corpus, {"rules": ["TAG003"], "reason": "x"})
    assert "accepts 2 findings" in taglint("baseline", "--baseline", "b.tsv").out
    assert taglint("check", "--baseline", "b.tsv").status == 0
    (corpus / FILE).unlink()
    assert check(taglint, "--baseline", "b.tsv") == [("a.txt", 1, "TAG003")]
