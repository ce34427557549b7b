"""Inputs that broke a law once, each made small by the fuzzer."""

from __future__ import annotations

import pytest

from tests.laws.laws import Reading, every_law

# What was wrong, the bytes, and how they are read.
CASES = [
    (
        "a separator written behind half a character made a character of it",
        b"\x94/n",
        Reading("underscore", "gb18030", "hanlp"),
    ),
]


@pytest.mark.parametrize(
    ("data", "reading"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_holds_every_law(data: bytes, reading: Reading) -> None:
    every_law(data, reading)
