"""`taglint check` as a user meets it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
SPARED = "a.txt: is part of the corpus, and would be overwritten; if it is none, exclude it\n"
CLEAN = "今天/t 天气/n 很/d 好/a 。/w\n"
BAD = "今天/t 天气／n 很/d 好/a ,/n\n"
FIXED_SAFE = "今天/t 天气/n 很/d 好/a ,/n\n"
FIXED_ALL = "今天/t 天气/n 很/d 好/a ,/w\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_clean_corpus_says_nothing_and_exits_0(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", CLEAN)
    done = taglint("check", "a.txt")
    assert (done.status, done.out, done.err) == (0, "", "")


def test_findings_are_printed_and_exit_1(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", BAD)
    done = taglint("check", "a.txt", "--output-format", "jsonl")
    codes = [json.loads(line)["code"] for line in done.out.splitlines()]
    assert (done.status, codes) == (1, ["TOK004", "TAG003"])


def test_exit_zero(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", BAD)
    assert taglint("check", "a.txt", "--exit-zero").status == 0


def test_select_ignore_and_extend(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", BAD)
    assert "TAG003" not in taglint("check", "a.txt", "--select", "TOK").out
    assert "TOK004" not in taglint("check", "a.txt", "--ignore", "wrong-separator").out
    assert taglint("check", "a.txt", "--select", "TOK", "--extend-select", "TAG003").out.count(
        "TAG003"
    )


def test_min_confidence(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", BAD)
    assert "TAG003" not in taglint("check", "a.txt", "--min-confidence", "0.99").out


def test_min_confidence_of_0_reports_what_the_configuration_leaves_out(
    folder: Path, taglint: Run
) -> None:
    write(folder / "a.txt", BAD)
    write(folder / ".taglint.yaml", "min-confidence: 0.99\n")
    assert "TAG003" not in taglint("check", "a.txt").out
    assert "TAG003" in taglint("check", "a.txt", "--min-confidence", "0").out


def test_fix_applies_safe_fixes_only(folder: Path, taglint: Run) -> None:
    path = write(folder / "a.txt", BAD)
    done = taglint("check", "a.txt", "--fix")
    assert path.read_text("utf-8") == FIXED_SAFE
    assert done.status == 1
    assert "fixed 1 finding in 1 file\n" in done.err


def test_unsafe_fixes_too(folder: Path, taglint: Run) -> None:
    path = write(folder / "a.txt", BAD)
    assert taglint("check", "a.txt", "--fix", "--unsafe-fixes").status == 0
    assert path.read_text("utf-8") == FIXED_ALL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_fix_keeps_encoding_and_newlines(
    folder: Path, taglint: Run, encoding: str, newline: str
) -> None:
    text = "今天/t  天气/n  很/d  好/a  的/u  。/w" + newline
    path = write(folder / "a.txt", text * 5 + text.replace("天气/n", "天气 /n"), encoding)
    assert taglint("check", "a.txt", "--fix", "--select", "TOK").status == 0
    assert path.read_bytes() == (text * 6).encode(encoding)


def test_diff_changes_nothing(folder: Path, taglint: Run) -> None:
    path = write(folder / "a.txt", BAD)
    done = taglint("check", "a.txt", "--diff")
    assert done.status == 1
    assert "-" + BAD in done.out and "+" + FIXED_SAFE in done.out
    assert path.read_text("utf-8") == BAD


def test_stdin(taglint: Run) -> None:
    done = taglint("check", "-", "--stdin-filename", "corpus/b.txt", stdin=BAD.encode())
    assert done.status == 1
    assert done.out.startswith("corpus/b.txt:1:6: TOK004 ")


def test_a_name_for_standard_input_that_is_not_read_is_a_mistake(taglint: Run) -> None:
    done = taglint("check", "--stdin-filename", "b.txt", stdin=BAD.encode())
    assert (done.status, done.out) == (2, "")
    assert done.err == "taglint: --stdin-filename is for standard input; name - to read that\n"


def test_stdin_fixed_goes_to_stdout(taglint: Run) -> None:
    done = taglint("check", "-", "--fix", stdin=BAD.encode("gb18030"))
    assert done.raw == FIXED_SAFE.encode("gb18030")
    assert "TAG003" in done.err


def test_output_file(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", BAD)
    done = taglint("check", "a.txt", "--output-format", "jsonl", "--output-file", "report.jsonl")
    assert done.out == ""
    assert len((folder / "report.jsonl").read_text("utf-8").splitlines()) == 2


def test_statistics(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", BAD)
    assert "TOK004" in taglint("check", "a.txt", "--statistics").out


def test_folder_respects_gitignore_and_excludes(folder: Path, taglint: Run) -> None:
    write(folder / ".git" / "HEAD", "")
    write(folder / ".gitignore", "old/\n")
    write(folder / ".taglint.yaml", "exclude: [draft.txt]\n")
    for name in ("a.txt", "old/b.txt", "draft.txt"):
        write(folder / name, BAD)
    done = taglint("check", "--output-format", "concise")
    assert {line.split(":")[0] for line in done.out.splitlines() if ": " in line} == {"a.txt"}
    excluded = taglint("check", "draft.txt")
    assert (excluded.status, excluded.out) == (0, "")
    assert "draft.txt: excluded by the configuration" in excluded.err


def test_configured_options_by_path(folder: Path, taglint: Run) -> None:
    write(folder / ".taglint.yaml", "files:\n  - paths: ['x/*']\n    ignore: [TAG, TOK]\n")
    write(folder / "x" / "a.txt", BAD)
    write(folder / "b.txt", BAD)
    done = taglint("check", ".", "--output-format", "jsonl")
    assert {json.loads(line)["path"] for line in done.out.splitlines()} == {"b.txt"}


def test_configured_corpus_judges_files_that_are_not_checked(folder: Path, taglint: Run) -> None:
    """The rule on widths needs the other file's counts."""
    write(folder / ".taglint.yaml", "corpus: [.]\n")
    write(folder / "many.txt", "１９９８/m 年/q 。/w\n" * 50)
    write(folder / "one.txt", "1998/m 年/q 。/w\n")
    alone = taglint("check", "one.txt", "--isolated", "--select", "TXT008")
    judged = taglint("check", "one.txt", "--select", "TXT008")
    assert (alone.status, judged.status) == (0, 1)


def one_line_error(done: Done) -> str:
    assert done.status == 2
    assert "Traceback" not in done.err
    lines = [line for line in done.err.splitlines() if line.startswith("taglint: ")]
    assert len(lines) == 1, done.err
    return lines[0]


def test_empty_file_is_a_finding(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", "")
    done = taglint("check", "a.txt")
    assert (done.status, "TXT014" in done.out) == (1, True)


def test_folder_without_corpora(folder: Path, taglint: Run) -> None:
    write(folder / "README.md", "nothing here")
    assert "no tagged corpus found" in one_line_error(taglint("check"))


def test_missing_path(taglint: Run) -> None:
    assert "gone.txt: no such file or folder" in one_line_error(taglint("check", "gone.txt"))


def test_binary_file(folder: Path, taglint: Run) -> None:
    (folder / "a.bin").write_bytes(bytes(range(256)) * 64)
    assert "a.bin: " in one_line_error(taglint("check", "a.bin"))


def test_prose_is_no_corpus(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", "Dear reader, this is a letter and not a corpus.\n")
    assert "not a tagged corpus" in one_line_error(taglint("check", "a.txt"))


@pytest.mark.parametrize("command", [("check",), ("stats",), ("tokens",)])
def test_a_format_that_would_help_is_named(
    folder: Path, taglint: Run, command: tuple[str, ...]
) -> None:
    write(folder / "a.txt", "天气\tn\n今天\tt\n好\ta\n")
    advice = "; if it is one, name its format, as by --format vertical\n"
    assert taglint(*command, "a.txt").err.endswith(advice)
    assert taglint(*command, "a.txt", "--format", "vertical").status == 0
    write(folder / "b.txt", "Dear reader, this is a letter and not a corpus.\n")
    assert taglint(*command, "b.txt").err == (
        "taglint: b.txt: not a tagged corpus (no tagged tokens)\n"
    )


def test_discovered_prose_is_skipped_and_said(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", CLEAN)
    write(folder / "letter.txt", "Dear reader, this is a letter and not a corpus.\n")
    assert "skipped 1 file " in taglint("check").err
    assert "letter.txt: skipped: " in taglint("check", "--verbose").err


def test_invalid_utf8_is_a_finding(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_bytes(CLEAN.encode() * 5 + b"\xff\xfe/n " + CLEAN.encode() * 5)
    done = taglint("check", "a.txt")
    assert (done.status, done.out.count("TXT001")) == (1, 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", CLEAN).chmod(0)
    assert "a.txt: Permission denied" in one_line_error(taglint("check", "a.txt"))


def test_file_that_vanishes_during_the_run(
    folder: Path, taglint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt", CLEAN)
    gone = write(folder / "b.txt", CLEAN)
    discovered = "taglint.commands.inputs.discover"
    from taglint.corpus.discovery import discover

    def discover_and_lose(*arguments: object) -> object:
        found = discover(*arguments)  # type: ignore[arg-type]
        gone.unlink()
        return found

    monkeypatch.setattr(discovered, discover_and_lose)
    assert "b.txt: No such file or directory" in one_line_error(taglint("check", "."))


def test_broken_configuration(folder: Path, taglint: Run) -> None:
    write(folder / "a.txt", CLEAN)
    write(folder / ".taglint.yaml", "selct: [TAG]\n")
    message = one_line_error(taglint("check", "a.txt"))
    assert ".taglint.yaml:1:1: unknown key 'selct'; did you mean 'select'?" in message


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--output-format", "concis"], "did you mean concise?"),
        (["--select", "unknwn-tag"], "unknown-tag"),
        (["--format", "slsh"], "slash"),
        (["--tagset", "pku89"], "pku98"),
        (["--encoding", "utf8000"], "utf"),
    ],
)
def test_misspelled_names_are_errors_with_a_hint(
    folder: Path, taglint: Run, arguments: list[str], hint: str
) -> None:
    write(folder / "a.txt", CLEAN)
    assert hint in one_line_error(taglint("check", "a.txt", *arguments))


def test_unsafe_fixes_need_fix(taglint: Run) -> None:
    done = taglint("check", "--unsafe-fixes")
    assert done.status == 2
    assert "--unsafe-fixes needs --fix or --diff" in done.err


def test_unknown_command_names_the_nearest(taglint: Run) -> None:
    done = taglint("chek")
    assert done.status == 2
    assert "Did you mean 'check'?" in done.err


@pytest.mark.parametrize(
    "text", ["我/r 爱／v\n他/r 来／v\n", "我/r 爱／v\r\n他/r 来／v", "\ufeff我/r 爱／v\n"]
)
def test_a_diff_can_be_applied(folder: Path, taglint: Run, text: str) -> None:
    path = folder / 'odd "name\n.txt'
    path.write_bytes(text.encode("utf-8"))
    shown = taglint("check", "--isolated", "--format", "slash", "--diff", path.name)
    subprocess.run(["git", "apply", "-p0"], cwd=folder, input=shown.raw, check=True)
    assert path.read_bytes() == text.replace("／", "/").encode("utf-8")


def test_devices_and_folders_are_refused_in_one_line(folder: Path, taglint: Run) -> None:
    for arguments in (("check", "/dev/zero"), ("tokens", "."), ("check", "--output-file", "no/x")):
        done = taglint(*arguments)
        assert done.status == 2
        assert done.err.startswith("taglint: ") and done.err.count("\n") == 1


def test_a_rule_that_raises_is_named(folder: Path, taglint: Run, monkeypatch: Any) -> None:
    from taglint.plugins import installed

    def fails(*_: object) -> None:
        raise ValueError("no\nway")

    rules = installed().rules
    known = rules["TAG001"]
    (folder / "c.txt").write_text("我/r 爱/v 你/r\n", "utf-8")
    for changes, where in (
        ({"among": None, "check_type": fails}, "on 我/r"),
        ({"among": fails}, "among types"),
    ):
        monkeypatch.setitem(rules, "TAG001", replace(known, **changes))
        done = taglint("check", "c.txt")
        assert done.status == 2
        assert done.err == f"taglint: rule TAG001 unknown-tag failed {where}: ValueError: no way\n"


def test_a_fix_that_makes_other_tokens_is_refused(folder: Path, taglint: Run) -> None:
    """Without its blank, `b int` would lend its first letter to the tag before."""
    path = write(folder / "a.txt", "主键/n是/v(/wid int/nz,/wa int/nz,/w b int/nz,/w c int/nz)/w\n")
    arguments = ("check", "a.txt", "--fix", "--unsafe-fixes", "--format", "unspaced")
    done = taglint(*arguments, "--tagset", "hanlp", "--select", "TOK011")
    assert ",/w b int/nz,/wc int/nz" in path.read_text("utf-8")
    assert "fix of TOK011 refused: it changes other tokens" in done.err
    # What was refused is not offered again.
    left = next(line for line in done.out.splitlines() if ": TOK011 " in line)
    assert "[unsafe]" not in left and "fixable" not in done.out


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    write(folder / "a.txt", CLEAN * 20_000)
    pipe = f"{sys.executable} -m taglint tokens a.txt | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "start\tend\tform\ttag\n", "")


@pytest.mark.parametrize(
    "command", [("check",), ("check", "--fix", "a.txt"), ("check", "link.txt"), ("report", "a.txt")]
)
def test_no_report_is_written_over_the_corpus(
    folder: Path, taglint: Run, command: tuple[str, ...]
) -> None:
    path = write(folder / "a.txt", "昨天/t  下雨/vvn  了/y  。/w\n")
    (folder / "link.txt").symlink_to(path)
    before = path.read_bytes()
    done = taglint(*command, "--output-file", "a.txt")
    assert done.status == 2
    assert done.err == f"taglint: {SPARED}"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("configured", "command"),
    [
        ("corpus: [keep]", ("a.txt", "--only-corpora")),
        ("exclude: [a.txt]", ("a.txt", "keep")),
        ("format: slash", (".", "--since", "HEAD")),
    ],
)
def test_nor_over_a_part_of_it_that_is_not_checked(
    folder: Path, taglint: Run, configured: str, command: tuple[str, ...]
) -> None:
    path = write(folder / "a.txt", BAD)
    write(folder / "keep" / "b.txt", CLEAN)
    (folder / ".taglint.yaml").write_text(configured, "utf-8")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "all")):
        name = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *name, *arguments], check=True, capture_output=True)
    done = taglint("check", *command, "--output-file", "a.txt")
    assert (done.status, done.out) == (2, "")
    assert "a.txt: is part of the corpus" in done.err
    assert path.read_text("utf-8") == BAD


@pytest.mark.parametrize(
    "command",
    [
        ("baseline", "--update", "--baseline", "a.txt"),
        ("lexicon", "build", "--force", "-o", "./a.txt"),
    ],
)
def test_nor_is_what_is_learnt_of_it(folder: Path, taglint: Run, command: tuple[str, ...]) -> None:
    path = write(folder / "a.txt", BAD)
    done = taglint(*command)
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith(SPARED)
    assert path.read_text("utf-8") == BAD


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--exit-zero", "--output-file", "out.txt"),
        ("report", "-o", "out.txt"),
        ("baseline", "--update", "--baseline", "out.txt"),
    ],
)
def test_what_an_earlier_run_wrote_is_no_part_of_the_corpus(
    folder: Path, taglint: Run, command: tuple[str, ...]
) -> None:
    write(folder / "a.txt", BAD)
    for _ in range(2):
        assert taglint(*command).status == 0
    done = taglint(*command, "a.txt", "out.txt")
    assert done.status == 2


def test_what_was_not_checked_counts_although_the_reader_left(folder: Path) -> None:
    write(folder / "a.txt", "昨天/t  下雨/vvn  了/y  。/w\n" * 5_000)
    pipe = f"{sys.executable} -m taglint check a.txt nope.txt | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "taglint: nope.txt: no such file or folder\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--min-confidence", "nan"), "'nan' is not a number"),
        (("--diff", "--output-file", "r.json"), "--diff shows what --fix would change, and no"),
        (("--diff", "--statistics"), "--diff shows what --fix would change, and no report"),
        (("--select", ","), "Invalid value for '--select': names no rule or family"),
        (("--select", "TAG", "--select", ""), "Invalid value for '--select': names no rule or"),
        (("--ignore", " , "), "Invalid value for '--ignore': names no rule or family"),
        (("--extend-select", ","), "Invalid value for '--extend-select': names no rule or"),
    ],
)
def test_options_that_would_do_nothing_are_mistakes(
    folder: Path, taglint: Run, options: tuple[str, ...], message: str
) -> None:
    write(folder / "a.txt", CLEAN)
    done = taglint("check", "a.txt", *options)
    assert done.status == 2 and message in done.err
    assert not (folder / "r.json").exists()


def test_a_corpus_that_is_not_there_is_missed_where_files_are_named(
    folder: Path, taglint: Run
) -> None:
    write(folder / "a.txt", CLEAN)
    write(folder / ".taglint.yaml", "corpus: [none, a.txt]\n")
    done = taglint("check", "a.txt")
    assert (done.status, done.err) == (2, "taglint: none: no such file or folder\n")


def test_a_folder_that_is_excluded_is_no_folder_without_a_corpus(
    folder: Path, taglint: Run
) -> None:
    (folder / "sub").mkdir()
    write(folder / "sub" / "a.txt", CLEAN)
    write(folder / ".taglint.yaml", "exclude: [sub]\n")
    done = taglint("check", "sub")
    assert (done.status, done.err) == (0, "sub: excluded by the configuration\n")


def test_what_a_tagset_extends_is_missed_where_it_is_named(folder: Path, taglint: Run) -> None:
    write(folder / "ts.yaml", "name: ts\nextends: pku9\ntags: {x: {class: open}}\n")
    done = taglint("tagset", "ts.yaml")
    assert done.status == 2
    assert done.err == "taglint: ts.yaml:2:1: extends: unknown tagset 'pku9'; did you mean pku98?\n"
