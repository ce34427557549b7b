"""`--since`: findings on what changed since a revision, in real git repositories."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
GOOD = "今天/t 天气/n 很/d 好/a 。/w"
# Each has one finding, and no two are alike.
BAD = [
    "昨天/t 下雨／v 了/y 。/w",
    "我们/r 去／v 公园/n 玩/v 。/w",
    "小王/nr 说／v 他/r 病/v 了/y 。/w",
    "北京/ns 很／d 大/a ！/w",
    "这/r 本／q 书/n 好看/a 吗/y ？/w",
]


class Repository:
    """A corpus under git with everything committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q")
        self.write(".taglint.yaml", "{corpus: [.], tagset: pku98}")

    def git(self, *arguments: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        command = ["git", *who, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout

    def write(self, name: str, *lines: str, encoding: str = "utf-8", end: str = "\n") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(line + end for line in lines).encode(encoding))

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")


@pytest.fixture
def repository(folder: Path) -> Repository:
    made = Repository(folder)
    made.write("a.txt", GOOD, BAD[0], GOOD, BAD[1])
    made.write("b.txt", GOOD, BAD[2])
    made.commit()
    return made


def found(taglint: Run, *arguments: str) -> list[tuple[str, int]]:
    done = taglint("check", "--output-format", "jsonl", *arguments)
    assert done.err == ""
    listed = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == bool(listed)
    return [(item["path"], item["line"]) for item in listed]


def test_nothing_changed(repository: Repository, taglint: Run) -> None:
    assert len(found(taglint)) == 3
    assert found(taglint, "--since", "HEAD") == []


def test_an_edit_shows_what_it_brought(repository: Repository, taglint: Run) -> None:
    repository.write("a.txt", GOOD, BAD[0], BAD[3], GOOD, BAD[1])
    assert found(taglint, "--since", "HEAD") == [("a.txt", 3)]
    repository.commit()
    assert found(taglint, "--since", "HEAD") == []
    assert found(taglint, "--since", "HEAD~1", "a.txt", "b.txt") == [("a.txt", 3)]


def test_the_sentence_may_have_another_finding(repository: Repository, taglint: Run) -> None:
    """Tokens count, not lines."""
    repository.write("a.txt", GOOD, BAD[0].replace("了/y", "了／y"), GOOD, BAD[1])
    lines = taglint("check", "--since", "HEAD", "--output-format", "jsonl").out.splitlines()
    assert [json.loads(line)["tokens"] for line in lines] == [["了／y"]]


def test_renamed_moved_split_and_shuffled_text_is_not_new(
    repository: Repository, taglint: Run
) -> None:
    lines = [GOOD, BAD[0], GOOD, BAD[1], BAD[2]]
    repository.git("mv", "a.txt", "c.txt")
    repository.git("rm", "-q", "b.txt")
    random.Random(1).shuffle(lines)
    repository.write("c.txt", *lines[:3])
    repository.write("x/d.txt", *lines[3:], BAD[4])
    assert found(taglint, "--since", "HEAD") == [("x/d.txt", 3)]
    repository.commit()
    assert found(taglint, "--since", "HEAD~1") == [("x/d.txt", 3)]


def test_new_files_are_new_whether_git_knows_them_or_not(
    repository: Repository, taglint: Run
) -> None:
    repository.write("c.txt", BAD[3])
    assert found(taglint, "--since", "HEAD") == [("c.txt", 1)]
    repository.git("add", "c.txt")
    assert found(taglint, "--since", "HEAD") == [("c.txt", 1)]


def test_what_stands_beside_a_deletion_has_changed(repository: Repository, taglint: Run) -> None:
    sound = "他/r 说/v （/w 好/a ）/w 。/w"
    repository.write("a.txt", sound, BAD[0])
    repository.commit()
    repository.write("a.txt", sound.replace(" ）/w", ""), BAD[0])
    assert found(taglint, "--since", "HEAD") == []
    repository.write("a.txt", sound, BAD[0].replace(" 了/y", ""))
    assert found(taglint, "--since", "HEAD") == [("a.txt", 2)]


def test_a_change_of_blanks_is_one(repository: Repository, taglint: Run) -> None:
    repository.write("a.txt", GOOD, BAD[0], GOOD + " ", BAD[1])
    assert found(taglint, "--since", "HEAD", "--extend-select", "TXT013") == [("a.txt", 3)]


def test_other_encodings_and_newlines_compare_as_text(repository: Repository, taglint: Run) -> None:
    repository.write("a.txt", *[GOOD] * 5, BAD[0], BAD[1])
    repository.commit()
    repository.write("a.txt", *[GOOD] * 5, BAD[0], BAD[3], encoding="gb18030")
    assert found(taglint, "--since", "HEAD", "--encoding", "auto") == [("a.txt", 7)]


def test_a_file_of_one_line(folder: Path, taglint: Run) -> None:
    made = Repository(folder)
    made.write(".taglint.yaml", "{corpus: [.], tagset: hanlp, format: unspaced}")
    text = "今天/t天气/n很/d好/a,/n我们/rr去/v公园/n。/w" * 30
    made.write("a.txt", text, end="")
    made.commit()
    cut = len(text) // 2
    where = text.index("公园/n", cut)
    made.write("a.txt", text[:where] + "公园/qqq" + text[where + 4 :], end="")
    done = taglint("check", "--since", "HEAD", "--output-format", "jsonl", "--select", "TAG001")
    assert [json.loads(line)["tokens"] for line in done.out.splitlines()] == [["公园/qqq"]]


def test_comments_of_conllu_go_with_their_sentence(folder: Path, taglint: Run) -> None:
    made = Repository(folder)
    made.write(".taglint.yaml", "{corpus: [.], tagset: upos}")

    def sentence(number: int) -> str:
        head = f"# sent_id = {number}\n# text = 天"
        return f"{head}\n1\t天\t天\tQQ\t_\t_\t0\troot\t_\t_\n"

    made.write("a.conllu", sentence(1), sentence(3))
    made.commit()
    made.write("a.conllu", sentence(1), sentence(2), sentence(3))
    assert found(taglint, "--since", "HEAD", "--select", "TAG001") == [("a.conllu", 7)]


def test_the_whole_corpus_judges(repository: Repository, taglint: Run) -> None:
    """A width is in the minority because of files that did not change."""
    repository.write("b.txt", *["１９９８/m 年/q 。/w"] * 20)
    repository.commit()
    repository.write("a.txt", GOOD, BAD[0], "1998/m 年/q 。/w")
    assert found(taglint, "--since", "HEAD", "--select", "TXT008") == [("a.txt", 3)]


def test_where_head_left_a_branch(repository: Repository, taglint: Run) -> None:
    repository.git("branch", "base")
    repository.write("b.txt", GOOD, BAD[2], BAD[3])
    repository.commit()
    repository.git("checkout", "-q", "base")
    repository.write("a.txt", GOOD)
    repository.commit()
    repository.git("checkout", "-q", "-")
    # `base` itself lacks what a.txt still has.
    assert found(taglint, "--since", "base") == [("a.txt", 2), ("a.txt", 4), ("b.txt", 3)]
    assert found(taglint, "--since", "base...") == [("b.txt", 3)]


def test_standard_input_is_compared(repository: Repository, taglint: Run) -> None:
    text = "\n".join((GOOD, BAD[0], BAD[3], "")).encode()
    done = taglint("check", "-", "--stdin-filename", "a.txt", "--since", "HEAD", stdin=text)
    assert [line.partition(" ")[0] for line in done.out.splitlines()] == ["a.txt:3:7:", "Found"]


def test_from_a_folder_below(
    repository: Repository, taglint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("x/d.txt", GOOD)
    repository.commit()
    repository.write("x/d.txt", GOOD, BAD[4])
    repository.write("a.txt", BAD[3])
    monkeypatch.chdir(repository.folder / "x")
    assert found(taglint, "--since", "HEAD", "d.txt") == [("d.txt", 2)]


@pytest.mark.parametrize("name", ["nothing", "--help", "HEAD~99"])
def test_an_unknown_revision(repository: Repository, taglint: Run, name: str) -> None:
    done = taglint("check", f"--since={name}")
    assert (done.status, done.out) == (2, "")
    assert f"--since {name}: git has no such revision here" in done.err


def test_no_repository(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(BAD[0], "utf-8")
    done = taglint("check", "a.txt", "--since", "HEAD")
    assert done.status == 2
    assert "--since needs git: not a git repository" in done.err


def test_with_a_baseline_and_suppressions(repository: Repository, taglint: Run) -> None:
    assert taglint("baseline", "--baseline", ".b.tsv").status == 0
    repository.write("a.txt", GOOD, BAD[0], GOOD, BAD[1], BAD[3], BAD[4])
    entry = {"rules": ["TOK004"], "paths": ["b.txt"], "reason": "x"}
    repository.write(".taglint-ignore.yaml", json.dumps([entry]))
    asked = ("--baseline", ".b.tsv", "--since", "HEAD")
    assert found(taglint, *asked) == [("a.txt", 5), ("a.txt", 6)]
