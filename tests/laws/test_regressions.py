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
    (
        "a sentence id without a blank before it was sought before the text's beginning",
        b"#sent_id=s-1\n1\n\n#sent_id=s-2\n_\n\n#sent_id=s-3\n_\n\n#sent_id=s-9\n_\n\n",
        Reading("conllu", "auto", "upos"),
    ),
    (
        "a fix was refused as it would have changed what is guessed, and a second run was told",
        b"\xa4\xb5\xa4\xd1/ag0/ag\xa4\xb5\xa4\xd1/Mg\n",
        Reading("auto", "big5"),
    ),
]


@pytest.mark.parametrize(
    ("data", "reading"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_holds_every_law(data: bytes, reading: Reading) -> None:
    every_law(data, reading)
