"""`taglint lexicon build`, and how `taglint check` enforces what it wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

from taglint.lexicon import load_lexicon

Run = Callable[..., Done]
NEWS = "今天/t 学习/v 学习/vn 。/w\n今天/t 学习/v #/w a\\b/nx 。/w\n"
BUILT = (
    "# form\ttag\tcount\n\\#\tw\t1\na\\\\b\tnx\t1\n。\tw\t2\n今天\tt\t2\n学习\tv\t2\n学习\tvn\t1\n"
)


@pytest.fixture
def corpus(folder: Path) -> Path:
    (folder / ".taglint.yaml").write_text("{corpus: [data], tagset: pku98}\n")
    (folder / "data").mkdir()
    (folder / "data" / "a.txt").write_text(NEWS, "utf-8")
    load_lexicon.cache_clear()
    return folder


def test_writes_forms_in_order_with_the_most_frequent_tag_first(corpus: Path, taglint: Run) -> None:
    done = taglint("lexicon", "build", "-o", "words.tsv")
    assert (done.status, done.out) == (0, "")
    assert done.err == "words.tsv: 5 forms with 6 tags\n"
    assert (corpus / "words.tsv").read_text("utf-8") == BUILT
    assert taglint("lexicon", "build").out == BUILT
    assert taglint("lexicon", "build", "-o", "-").out == BUILT
    assert not (corpus / "-").exists()


def test_a_lexicon_is_not_learnt_from_itself(folder: Path, taglint: Run) -> None:
    (folder / ".taglint.yaml").write_text("{tagset: pku98, lexicon: words.tsv}\n")
    (folder / "a.txt").write_text(NEWS, "utf-8")
    command = ("lexicon", "build", "--force", "-o", "words.tsv")
    assert taglint("lexicon", "build", "--isolated", "-o", "words.tsv").status == 0
    first = (folder / "words.tsv").read_text("utf-8")
    load_lexicon.cache_clear()
    assert taglint(*command).status == 0
    assert (folder / "words.tsv").read_text("utf-8") == first == BUILT


def test_order_of_files_does_not_matter(corpus: Path, taglint: Run) -> None:
    (corpus / "data" / "b.txt").write_text("学习/vn 学习/vn 云/n\n", "utf-8")
    there = taglint("lexicon", "build", "data/a.txt", "data/b.txt").out
    assert taglint("lexicon", "build", "data/b.txt", "data/a.txt").out == there
    assert "学习\tvn\t3\n学习\tv\t2\n" in there


def test_rare_tags_are_left_out(corpus: Path, taglint: Run) -> None:
    out = taglint("lexicon", "build", "--min-count", "2").out
    assert out == "# form\ttag\tcount\n。\tw\t2\n今天\tt\t2\n学习\tv\t2\n"
    assert "学习\tvn" not in taglint("lexicon", "build", "--min-share", "0.4").out


def test_a_file_that_is_there_stays(corpus: Path, taglint: Run) -> None:
    (corpus / "words.tsv").write_text("学习\tv\n", "utf-8")
    done = taglint("lexicon", "build", "-o", "words.tsv")
    assert (done.status, "--force replaces it" in done.err) == (2, True)
    assert (corpus / "words.tsv").read_text("utf-8") == "学习\tv\n"
    assert taglint("lexicon", "build", "-o", "words.tsv", "--force").status == 0


def test_bad_tokens_teach_nothing(corpus: Path, taglint: Run) -> None:
    (corpus / "data" / "a.txt").write_bytes("云/n 云 云/qqq ".encode() + b"\xff/n\n")
    done = taglint("lexicon", "build", "--format", "slash", "--encoding", "utf-8")
    assert done.out == "# form\ttag\tcount\n云\tn\t1\n"
    assert "left out 2 tokens malformed" in done.err
    assert "left out 1 token with a tag that the tagset does not have" in done.err


def test_tagsets_are_not_mixed(corpus: Path, taglint: Run) -> None:
    config = (
        "{corpus: [data], files: [{paths: [a.txt], tagset: pku98}, {paths: [b.txt], tagset: ctb}]}"
    )
    (corpus / ".taglint.yaml").write_text(config)
    (corpus / "data" / "b.txt").write_text("云/NN\n", "utf-8")
    done = taglint("lexicon", "build", "-o", "words.tsv")
    assert (done.status, (corpus / "words.tsv").exists()) == (2, False)
    assert "files in the tagsets ctb and pku98" in done.err


def test_unreadable_input_writes_nothing(corpus: Path, taglint: Run) -> None:
    done = taglint("lexicon", "build", "none.txt", "-o", "words.tsv")
    assert (done.status, (corpus / "words.tsv").exists()) == (2, False)
    assert done.err.endswith("no lexicon was written\n")


@pytest.mark.parametrize("configured", [True, False])
def test_check_enforces_it(corpus: Path, taglint: Run, configured: bool) -> None:
    (corpus / "words.tsv").write_text(BUILT.replace("学习\tvn\t1\n", ""), "utf-8")
    given = ["--lexicon", "words.tsv"]
    if configured:
        (corpus / ".taglint.yaml").write_text(
            "{corpus: [data], tagset: pku98, lexicon: words.tsv}\n"
        )
        given = []
    done = taglint("check", "--select", "TAG017", *given)
    line = "data/a.txt:1:14: TAG017 [unsafe] 学习 is tagged vn; the lexicon has v\n"
    assert (done.status, done.out.startswith(line)) == (1, True)
    assert taglint("check", "--select", "TAG017", "--fix", "--unsafe-fixes", *given).status == 0
    assert (corpus / "data" / "a.txt").read_text("utf-8") == NEWS.replace("/vn", "/v")


def test_wrong_command_is_named(taglint: Run) -> None:
    done = taglint("lexicon", "biuld")
    assert (done.status, "No such command 'biuld'" in done.err) == (2, True)
