"""Patterns that tell paths apart do so for the matcher that is used on them."""

from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration.model import path_spec
from taglint.configuration.patterns import cover

PARTS = st.text(alphabet="ab.*?[]!#\\ \t\u3000语-^", min_size=1, max_size=4).filter(
    lambda part: part not in (".", "..")
)
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@given(st.lists(PATHS, unique=True, max_size=8), st.integers(0, 8))
def test_patterns_match_the_wanted_paths_only(paths: list[str], count: int) -> None:
    # A file cannot be a folder as well.
    paths = [path for path in paths if not any(other.startswith(f"{path}/") for other in paths)]
    wanted, others = paths[:count], paths[count:]
    spec = path_spec(tuple(cover(wanted, others)))
    assert [path for path in paths if spec.match_file(path)] == wanted


def test_suffixes_and_folders_come_before_single_paths() -> None:
    assert cover(["a.conllu", "x/b.conllu"], ["c.txt"]) == ["*.conllu"]
    assert cover(["x/a.txt", "x/b.txt", "x/y/c"], ["c.txt"]) == ["/x/"]
    assert cover(["x/a.txt", "y/b.txt"], ["c.txt"]) == ["/x/a.txt", "/y/b.txt"]
    assert cover(["a.md"], ["c.txt"], least_suffix=2) == ["/a.md"]
