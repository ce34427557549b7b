"""What the rules on tags say of one long article in which no word has two tags."""

from pathlib import Path

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.plugins import installed
from taglint_rules.numbering._numerals import OTHER_NAME, kind

SEED = Path("shared", "data", "000_08f63ad52a8b4f86.txt")
FOUND = next((up / SEED for up in Path(__file__).parents if (up / SEED).exists()), SEED)
pytestmark = pytest.mark.skipif(not FOUND.exists(), reason="the article is not part of the project")

BY_VARIATION = ("TAG010", "TAG011", "TAG013", "TAG019")


@pytest.fixture(scope="module")
def session() -> Session:
    options = FileOptions(select=("TAG", "NUM"), min_confidence=0.0)
    data = FOUND.read_bytes()
    return Session(installed(), Configuration(options=options), lambda path: data)


@pytest.fixture(scope="module")
def findings(session: Session) -> list[Finding]:
    return session.check(["article"]).findings


def test_no_word_has_two_tags_so_nothing_rests_on_that(findings: list[Finding]) -> None:
    assert findings
    assert [item for item in findings if item.code in BY_VARIATION] == []


def test_every_numeral_tagged_as_a_name_is_found(session: Session, findings: list[Finding]) -> None:
    document = session.document("article")
    numerals = {
        document.span(index).start
        for index in range(len(document))
        if document.token(index).tag == OTHER_NAME and kind(document.token(index).form)
    }
    found = {item.start for item in findings if item.code.startswith("NUM")}
    assert len(numerals) > 10
    assert numerals <= found


def test_names_in_letters_are_found_in_lists_of_names_of_another_kind(
    findings: list[Finding],
) -> None:
    series = [item for item in findings if item.code == "TAG015"]
    foreign = [item for item in series if item.tokens[0].partition("/")[0].isascii()]
    assert len(foreign) >= 3
    for item in foreign:
        assert item.fix is not None
        assert item.evidence
        assert item.fix.edits[0].text != OTHER_NAME
