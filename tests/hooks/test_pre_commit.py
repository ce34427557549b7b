"""The hooks as pre-commit runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hooks.conftest import Repository, Source

GOOD = "今天/t 天气/n 很/d 好/a 。/w\n"
BAD = "昨天/t 下雨/vvn 了/y 。/w\n"
FIXABLE = "昨天/t 下雨／v 了/y 。/w\n"
FULL, HALF = "１９９８/m 年/q 。/w\n", "1998/m 年/q 。/w\n"


def test_a_clean_commit_passes(repository: Repository) -> None:
    repository.hooks("taglint-fix", "taglint", "taglint-corpus")
    repository.write("a.txt", GOOD)
    done = repository.commit()
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 3


def test_a_bad_token_stops_the_commit(repository: Repository) -> None:
    repository.hooks("taglint")
    repository.write("a.txt", GOOD)
    repository.committed()
    repository.write("a.txt", GOOD + BAD)
    done = repository.commit()
    assert done.returncode == 1
    assert "a.txt:2:9: TAG001 tag vvn is not in the tagset pku98" in done.stdout
    assert len(repository.git("log", "--format=%h").split()) == 1
    repository.write("a.txt", GOOD + BAD.replace("vvn", "v"))
    assert repository.commit().returncode == 0


def test_fixes_are_made_and_wait_to_be_added(repository: Repository) -> None:
    repository.hooks("taglint-fix", "taglint")
    repository.write("a.txt", GOOD + FIXABLE)
    done = repository.commit()
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert repository.read("a.txt") == GOOD + FIXABLE.replace("／", "/")
    assert repository.git("diff", "--name-only").strip() == "a.txt"
    done = repository.commit()
    assert done.returncode == 0, done.stdout


def test_only_what_is_staged_is_fixed(repository: Repository) -> None:
    repository.hooks("taglint-fix")
    repository.write("a.txt", GOOD)
    repository.write("b.txt", FIXABLE)
    repository.committed()
    repository.write("a.txt", GOOD + FIXABLE)
    assert repository.commit().returncode == 1
    assert repository.read("b.txt") == FIXABLE


def test_an_inconsistency_with_an_unchanged_file_is_found(repository: Repository) -> None:
    repository.hooks("taglint")
    repository.write("old/many.txt", FULL * 20)
    repository.write("new.txt", GOOD)
    repository.committed()
    repository.write("new.txt", GOOD + HALF)
    done = repository.commit()
    assert done.returncode == 1
    assert "new.txt:2:1: TXT008" in done.stdout
    assert "many.txt" not in done.stdout


def test_long_lists_of_files_are_judged_as_one_corpus(repository: Repository) -> None:
    """pre-commit passes them in several runs, whatever the hook wants."""
    repository.hooks("taglint")
    folder = "/".join(["a-rather-long-name-of-a-folder"] * 6)
    for number in range(800):
        repository.write(f"{folder}/{number:03}.txt", FULL)
    repository.write("zzz.txt", HALF)
    repository.git("add", "-A")
    done = repository.pre_commit("run", "--verbose")
    assert done.returncode == 1
    assert "zzz.txt:1:1: TXT008" in done.stdout
    assert done.stdout.count(": TXT008") == 1


def test_the_corpus_hook_checks_what_did_not_change(repository: Repository) -> None:
    repository.hooks("taglint-corpus")
    repository.write("corpus/a.txt", BAD)
    repository.write("other/b.txt", BAD)
    repository.write(".taglint.yaml", "{corpus: [corpus], tagset: pku98}\n")
    repository.committed()
    repository.write("c.txt", GOOD)
    done = repository.commit()
    assert done.returncode == 1
    assert "corpus/a.txt:1:9: TAG001" in done.stdout
    assert "other" not in done.stdout


def test_what_is_no_corpus_is_passed_over(repository: Repository) -> None:
    repository.hooks("taglint-fix", "taglint")
    repository.write(".taglint.yaml", "{corpus: [corpus], exclude: [draft.txt], tagset: pku98}\n")
    for name in ("corpus/draft.txt", "notes.txt"):
        repository.write(name, BAD)
    repository.write("README.md", "# 今天/t 天气／n\n")
    repository.write("corpus/prose.txt", "A plain text, which has no tags at all.\n")
    done = repository.commit()
    assert done.returncode == 0, done.stdout


def test_without_a_configured_corpus(repository: Repository) -> None:
    repository.hooks("taglint")
    (repository.folder / ".taglint.yaml").unlink()
    repository.write("README.md", "# 今天/t 天气／n\n")
    repository.write("prose.txt", "A plain text, which has no tags at all.\n")
    repository.write("a.txt", GOOD * 3 + FIXABLE)
    done = repository.commit()
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if ".txt:" in line or ".md" in line]
    assert len(lines) == 1 and lines[0].startswith("a.txt:4:6: TOK004")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8-sig"])
def test_other_encodings_are_text_to_pre_commit(repository: Repository, encoding: str) -> None:
    repository.hooks("taglint-fix", "taglint")
    text = (GOOD.replace("气", "氣") if encoding == "big5" else GOOD) * 20
    repository.write("a.txt", text + FIXABLE, encoding)
    assert repository.commit().returncode == 1
    fixed = (text + FIXABLE.replace("／", "/")).encode(encoding)
    assert (repository.folder / "a.txt").read_bytes() == fixed
    assert repository.commit().returncode == 0


def test_utf_16_needs_a_pattern_where_the_suffix_is_not_known(repository: Repository) -> None:
    """pre-commit goes by the suffix, and takes a file of another one with zero bytes for binary."""
    repository.hooks("taglint")
    repository.write("a.seg", GOOD + BAD, "utf-16")
    assert repository.commit().returncode == 0
    repository.hooks("taglint", types="[file]", files=r"\.seg$")
    repository.write("a.seg", BAD, "utf-16")
    done = repository.commit()
    assert done.returncode == 1
    assert "a.seg:1:9: TAG001" in done.stdout
    repository.hooks("taglint")
    repository.write("b.txt", BAD, "utf-16")
    assert "b.txt:1:9: TAG001" in repository.commit().stdout


def test_there_are_colours_only_where_they_are_asked_for(repository: Repository) -> None:
    repository.write("a.txt", BAD)
    repository.git("add", "-A")
    repository.hooks("taglint")
    repository.git("add", "-A")
    shown = repository.pre_commit("run", "--color", "always").stdout
    line = next(line for line in shown.splitlines() if "a.txt" in line)
    assert line.startswith("a.txt:1:9: TAG001 tag vvn")
    assert "\x1b[2K" not in shown  # nor is there a progress bar
    repository.hooks("taglint", args="[--color=always]")
    repository.git("add", "-A")
    assert "\x1b[1ma.txt" in repository.pre_commit("run", "--color", "always").stdout


def test_arguments_of_the_user_are_added(repository: Repository) -> None:
    repository.hooks("taglint", args="[--output-format, full, --select, TOK]")
    repository.write("a.txt", BAD + FIXABLE)
    done = repository.commit()
    assert done.returncode == 1
    assert "TAG001" not in done.stdout
    assert "fix (safe): write the separator" in done.stdout


def test_a_baseline_lets_a_legacy_corpus_in(repository: Repository) -> None:
    from taglint.commands.group import run as taglint

    repository.hooks("taglint")
    repository.write("a.txt", BAD * 3)
    repository.write("b.txt", GOOD)
    repository.committed()
    name = str(repository.folder / "accepted.tsv")
    config = str(repository.folder / ".taglint.yaml")
    assert taglint(["baseline", "--config", config, "--baseline", name]) == 0
    repository.write(
        ".taglint.yaml",
        "{corpus: [.], include: ['*.txt'], tagset: pku98, baseline: accepted.tsv}\n",
    )
    repository.write("a.txt", GOOD + BAD * 3)
    done = repository.commit()
    assert done.returncode == 0, done.stdout
    # Known as it is, in another file it is one too many.
    repository.write("b.txt", GOOD + BAD)
    done = repository.commit()
    assert done.returncode == 1
    assert "b.txt:2:9: TAG001" in done.stdout


def test_mistakes_of_the_configuration_are_told(repository: Repository) -> None:
    repository.hooks("taglint")
    repository.write(".taglint.yaml", "selct: [TOK]\n")
    repository.write("a.txt", GOOD)
    done = repository.commit()
    assert done.returncode == 1
    assert ".taglint.yaml:1:1: unknown key 'selct'" in done.stdout


def size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*"))


def test_the_environment_is_small_and_quickly_made(source: Source) -> None:
    """What docs/ci.md says of it, with room for slow machines; the download does not count."""
    megabytes = size(source.home) / 1e6
    print(f"hook environment: {megabytes:.0f} MB, {source.seconds:.1f} s of processor time")
    assert megabytes < 150
    assert source.seconds < 60


def test_the_manifest_is_valid(source: Source) -> None:
    from pre_commit.clientlib import load_manifest

    hooks = load_manifest(source.path / ".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in hooks] == ["taglint", "taglint-fix", "taglint-corpus"]
