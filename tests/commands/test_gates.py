"""`max-rate`: findings that are tolerated up to a number per 1,000 tokens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
GOOD = "今天/t 天气/n 很/d 好/a 。/w\n"
BAD = "今天/t 天气／n 很/d 好/a ,/n\n"  # an error and a warning


@pytest.fixture
def corpus(folder: Path) -> Callable[[str], None]:
    """A corpus of 100 tokens with a finding of TOK004 and one of TAG003; sets the rates."""
    (folder / "a.txt").write_text(GOOD * 9 + BAD, "utf-8")
    (folder / "b.txt").write_text(GOOD * 10, "utf-8")

    def configure(rates: str) -> None:
        text = f"{{corpus: [.], tagset: pku98, max-rate: {rates}}}\n"
        (folder / ".taglint.yaml").write_text(text)

    return configure


@pytest.mark.parametrize(
    ("rates", "status", "exceeded"),
    [
        ("{}", 1, ()),
        ("{ALL: 20}", 0, ()),
        ("{ALL: 19.9}", 1, ("ALL: 20.000",)),
        ("{TOK: 10, punctuation-as-word: 10}", 0, ()),
        ("{TOK: 10}", 1, ()),  # TAG003 is not tolerated at all
        ("{TOK: 5, TAG: 0, ALL: 100}", 1, ("TOK: 10.000", "TAG: 10.000")),
        ("{SEG: 0, ALL: 20}", 0, ()),
    ],
)
def test_gates(
    corpus: Callable[[str], None],
    taglint: Run,
    rates: str,
    status: int,
    exceeded: tuple[str, ...],
) -> None:
    corpus(rates)
    done = taglint("check", "-q")
    assert done.status == status
    assert len(done.out.splitlines()) == 2
    wanted = [f"taglint: {name} findings per 1,000 tokens" for name in exceeded]
    lines = done.err.splitlines()
    assert [line.partition(", of ")[0] for line in lines] == wanted


def test_a_run_on_some_files_is_measured_by_the_whole_corpus(
    corpus: Callable[[str], None], taglint: Run
) -> None:
    corpus("{ALL: 20}")
    assert taglint("check", "a.txt").status == 0
    corpus("{ALL: 19}")
    assert taglint("check", "a.txt").status == 1
    assert taglint("check", "b.txt").status == 0


def test_what_is_accepted_does_not_count(corpus: Callable[[str], None], taglint: Run) -> None:
    corpus("{ALL: 1}")
    taglint("baseline")
    assert taglint("check", "--baseline", ".taglint-baseline.tsv").status == 0


def test_a_mistaken_rate(corpus: Callable[[str], None], taglint: Run) -> None:
    corpus("{TAG03: 1}")
    assert "unknown rule or family 'TAG03'" in taglint("check").err
    corpus("{TAG003: -1}")
    assert taglint("check").status == 2
