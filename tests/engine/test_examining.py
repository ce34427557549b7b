"""Documents that are kept without their text have it again when it is asked for."""

from pathlib import Path

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.engine import examining
from taglint.engine.concordance import Place
from taglint.engine.examining import Examiner, FileState, Unusable
from taglint.plugins import installed

OPTIONS = FileOptions(format="slash", tagset="pku98")


@pytest.fixture
def examiner(monkeypatch: pytest.MonkeyPatch) -> Examiner:
    monkeypatch.setattr(examining, "KEPT_CHARACTERS", 0)
    return Examiner(installed(), Configuration(options=OPTIONS))


def examined(examiner: Examiner, path: Path, text: str) -> FileState:
    path.write_text(text, "utf-8")
    state = examiner.examine(str(path), True)
    assert isinstance(state, FileState)
    return state


def shown(examiner: Examiner, path: Path, state: FileState) -> str | None:
    """The line of the first token, None where the file is not what it was."""
    place = Place(str(path), 0, "", "")
    answer = examiner.lines(str(path), state.known, [place])
    return None if isinstance(answer, Unusable) else answer[place].text


def test_a_file_that_is_gone_takes_no_other_ones_text(examiner: Examiner, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    first = examined(examiner, one, "今天/t 好/a\n")
    second = examined(examiner, other, "明天/t 好/a\n")
    assert shown(examiner, one, first) == "今天/t 好/a"
    other.unlink()
    assert shown(examiner, other, second) is None
    assert shown(examiner, one, first) == "今天/t 好/a"


def test_a_file_that_has_changed_is_told(examiner: Examiner, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    before = examined(examiner, path, "今天/t 好/a\n")
    path.write_text("明天/t 好/a\n", "utf-8")
    assert shown(examiner, path, before) is None
    # What is there now is another document.
    after = examiner.examine(str(path), True)
    assert isinstance(after, FileState)
    assert shown(examiner, path, after) == "明天/t 好/a"
