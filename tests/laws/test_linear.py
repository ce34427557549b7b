"""Time grows with the size of a token and of a document, not with its square.

Each shape once took the square of its length or more. At this length that is minutes or days of
processor time, and what is linear is about a second of it; the clock on the wall does not count.
"""

import pytest

from taglint.configuration.patterns import escaped
from taglint.review.sitting import tokens_of
from tests.laws.clock import at_most
from tests.laws.laws import Reading, checked

TIMES = 30_000
SECONDS = 30


@pytest.mark.parametrize("unit", ["]n", "“", "‘", "好，", "0", "&amp;", "e\u0301"])
def test_a_token_of_many_alike(unit: str) -> None:
    # A sign behind them, so that patterns for all of the form fail at its end.
    with at_most(SECONDS):
        check("slash", f"今天/t {unit * TIMES}\u00b6/n ]{unit * TIMES}/n 好/a\n", "pku98")


@pytest.mark.parametrize("token", ["1./m", "a./n", "(/w", "]/w", "]n", "[a/n", "一/m"])
def test_a_sentence_of_many_alike(token: str) -> None:
    with at_most(SECONDS):
        check("slash", f"{token} " * (TIMES // 4), "pku98")


def test_comments_of_blanks() -> None:
    row = "1\t好\t_\tNOUN\tn\t_\t0\troot\t_\t_\n\n"
    with at_most(SECONDS):
        check("conllu", f"#{' ' * TIMES}\n# text{' ' * TIMES}\n{row}", "upos")


def test_cells_that_are_nearly_tags() -> None:
    with at_most(SECONDS):
        check("auto", "dog\tNN\n" * 60 + f"cat\t{'A*' * 30}\u00b6\n", "penn", "a.vert")


def test_what_is_typed_and_named() -> None:
    with at_most(SECONDS):
        assert tokens_of("好/" * TIMES + "a") == ["好/" * TIMES + "a"]
        assert escaped("a" + " " * TIMES + "b") == "a" + " " * TIMES + "b"


def check(format_name: str, text: str, tagset: str, path: str = "a.txt") -> None:
    data, reading = text.encode(), Reading(format_name, "utf-8", tagset, path)
    assert checked(reading.session(data), reading.path).files
