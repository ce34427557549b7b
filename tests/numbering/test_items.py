"""A token is told to begin an item as all markers of its document are told."""

from hypothesis import given, settings
from hypothesis import strategies as st

from taglint_rules.numbering._markers import begins_item, markers
from tests.engine.corpora import session

FORMS = (*"12一a首①()）、.．:\u3000书。", "12", "首先", "1.", "(1)", "第一")
lines = st.lists(st.lists(st.sampled_from(FORMS), max_size=7), max_size=5)


@settings(max_examples=40)
@given(lines)
def test_begins_item(forms: list[list[str]]) -> None:
    text = "\n".join(" ".join(f"{form}/n" for form in line) for line in forms)
    one = session({"a": text.encode()})
    one.check(["a"])
    document = one.document("a")
    expected = {marker.first for marker in markers(document) if marker.clear}
    # Markers in several tokens may begin with a bracket, which has no value.
    values = {place for place in range(len(document)) if begins_item(document, place)}
    brackets = {place for place in expected if document.token(place).form == "("}
    assert values == expected - brackets
