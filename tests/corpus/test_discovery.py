"""Which files a run is about."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from taglint.configuration import Configuration
from taglint.corpus.discovery import Discovered, discover

# More than Python's limit of nested calls.
DEEP = 1200
Finder = Callable[..., Discovered]


@pytest.fixture
def find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Finder:
    """Resolves names in a folder with the given files."""
    monkeypatch.chdir(tmp_path)

    def resolve(files: Iterable[str], *names: str, **options: tuple[str, ...]) -> Discovered:
        for file in files:
            name, _, content = file.partition("=")
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content.replace("|", "\n"), "utf-8")
        return discover(names, Configuration(root=tmp_path, **options))  # type: ignore[arg-type]

    return resolve


def test_folder_gives_its_files_in_order(find: Finder) -> None:
    found = find(["b/2.txt", "b/1.txt", "a.txt", "c/d/e"], ".")
    assert found.files == ["a.txt", "b/1.txt", "b/2.txt", "c/d/e"]
    assert found.explicit == set()


def test_a_file_that_is_called_like_standard_input_is_a_file(find: Finder) -> None:
    assert find(["-", "a.txt"], ".").files == ["./-", "a.txt"]


def test_what_is_no_corpus_by_its_kind_is_left_out_of_folders(find: Finder) -> None:
    files = ["a.txt", "b.py", "c.MD", ".hidden", ".git/x.txt", "node_modules/x.txt", "d.conllu"]
    assert find(files, ".").files == ["a.txt", "d.conllu"]
    assert find(files, "b.py", ".hidden").files == ["b.py", ".hidden"]


def test_named_files_are_explicit_and_globbed_ones_are_not(find: Finder) -> None:
    found = find(["a.txt", "b.txt"], "b.txt", "*.txt")
    assert found.files == ["b.txt", "a.txt"]
    assert found.explicit == {"b.txt"}


def test_globs(find: Finder) -> None:
    files = ["a.txt", "s/b.txt", "s/t/c.txt", "s/t/d.tag", "u/t/e.txt", "[x].txt"]
    assert find(files, "s/*.txt").files == ["s/b.txt"]
    assert find(files, "**/*.txt").files == [
        "[x].txt", "a.txt", "s/b.txt", "s/t/c.txt", "u/t/e.txt",
    ]  # fmt: skip
    assert find(files, "**/t/*").files == ["s/t/c.txt", "s/t/d.tag", "u/t/e.txt"]
    assert find(files, "s/**").files == ["s/b.txt", "s/t/c.txt", "s/t/d.tag"]
    assert find(files, "?/**/**/c.*").files == ["s/t/c.txt"]
    assert find(files, "[x].txt").files == ["[x].txt"]
    assert find(files, "**/*.none").missing == ["**/*.none"]


def test_missing_names_and_names_that_cannot_be(find: Finder) -> None:
    names = ["missing.txt", "a" * 5000, "nul\0byte", ""]
    assert find(["a.txt"], *names, "a.txt") == Discovered(
        files=["a.txt"], explicit={"a.txt"}, missing=names
    )


def test_a_file_counts_once_however_it_is_named(find: Finder, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("a.txt")
    names = ("a.txt", "./a.txt", str(tmp_path / "a.txt"), ".", "link.txt")
    assert find(["a.txt", "b.txt"], *names).files == ["a.txt", "b.txt"]


def test_standard_input(find: Finder) -> None:
    found = find(["a.txt"], "-", "a.txt")
    assert found.files == ["-", "a.txt"]
    assert "-" in found.explicit


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([".gitignore=*.bak|/top.txt", "a.bak", "top.txt", "s/top.txt"], ["s/top.txt"]),
        ([".gitignore=out/", "out/a.txt", "out.txt", "s/out/b.txt"], ["out.txt"]),
        ([".gitignore=*.txt|!keep.txt", "a.txt", "s/a.txt", "s/keep.txt"], ["s/keep.txt"]),
        ([".gitignore=*.txt", "s/.gitignore=!b.txt", "a.txt", "s/b.txt", "s/c.txt"], ["s/b.txt"]),
        (["s/.gitignore=/a.txt", "a.txt", "s/a.txt", "s/t/a.txt"], ["a.txt", "s/t/a.txt"]),
        ([".gitignore=s/|!s/a.txt", "s/a.txt", "b.txt"], ["b.txt"]),
        ([".gitignore=s/**/x|# a|", "s/x", "s/t/x", "x"], ["x"]),
    ],
)  # fmt: skip
def test_gitignore(find: Finder, files: list[str], expected: list[str]) -> None:
    assert find(files, ".").files == expected


def test_gitignore_files_above_hold_within_the_repository(find: Finder) -> None:
    files = [".gitignore=*.bak", ".git/info/exclude=private*", "s/a.bak", "s/private.txt", "s/a"]
    assert find(files, "s").files == ["s/a"]


def test_gitignore_files_above_mean_nothing_without_a_repository(find: Finder) -> None:
    assert find([".gitignore=*.bak", "s/a.bak"], "s").files == ["s/a.bak"]


def test_ignored_files_and_folders_are_checked_when_named(find: Finder) -> None:
    files = [".git/config", ".gitignore=out/", "out/a.txt", "out/t/b.txt"]
    assert find(files, "out/a.txt").files == ["out/a.txt"]
    assert find(files, "out").files == ["out/a.txt", "out/t/b.txt"]
    assert find(files, ".").files == []


def test_excludes_hold_for_named_files_too(find: Finder) -> None:
    files = ["a.txt", "raw/b.txt", "s/raw/c.txt"]
    found = find(files, ".", "raw/b.txt", exclude=("raw/",))
    assert found.files == ["a.txt"]
    assert found.excluded == ["raw/b.txt"]
    assert find(files, ".", exclude=("/raw",)).files == ["a.txt", "s/raw/c.txt"]


def test_include_chooses_and_names_kinds_that_are_left_out_otherwise(find: Finder) -> None:
    files = ["a.txt", "b.tag", "s/c.tag", "d.json"]
    assert find(files, ".", include=("*.tag", "d.json")).files == ["b.tag", "d.json", "s/c.tag"]
    assert find(files, ".", include=("/s/**",)).files == ["s/c.tag"]


def test_links_that_lead_in_circles(find: Finder, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s/up").symlink_to(tmp_path)
    (tmp_path / "s/too").symlink_to("..")
    (tmp_path / "s/self.txt").symlink_to("self.txt")
    (tmp_path / "s/broken.txt").symlink_to("nowhere.txt")
    assert find(["a.txt"], ".").files == ["a.txt"]
    assert find([], "**/*.txt").files == ["a.txt"]
    assert find([], "s/self.txt").missing == ["s/self.txt"]


def test_folders_nested_deeper_than_python_calls(find: Finder, tmp_path: Path) -> None:
    # Relative steps: the path as a whole is too long for some systems' calls.
    for _ in range(DEEP):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").touch()
    os.chdir(tmp_path)
    try:
        assert find([], ".").files == ["d/" * DEEP + "a.txt"]
    finally:
        # What removes the folder of the test later on is recursive.
        Path("d/" * DEEP, "a.txt").unlink()
        for depth in range(DEEP, 0, -1):
            Path("d/" * depth).rmdir()


def test_folder_that_cannot_be_listed_is_told_and_passed_over(
    find: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_folder = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find(["a.txt", "locked/b.txt", "z.txt"], ".")
    assert found.files == ["a.txt", "z.txt"]
    assert found.unreadable == {"locked": "Permission denied"}
    assert found.failures == ["locked: cannot list the folder: Permission denied"]


def test_names_that_are_not_utf8(find: Finder, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.txt")
    (tmp_path / name).touch()
    assert find([], ".").files == [name]
