"""The characters of forms are those that Python counts, whatever is in them."""

from hypothesis import example, given
from hypothesis import strategies as st

from taglint_rules._characters import code_points


@given(st.lists(st.text(st.characters(), max_size=4), max_size=6))
@example([])
@example([""])
@example(["", ""])
@example(["\0", "甲\0乙", "\ud800"])
def test_the_characters_of_forms(forms: list[str]) -> None:
    codes, lengths = code_points(forms)
    assert codes.tolist() == [ord(character) for form in forms for character in form]
    assert lengths.tolist() == [len(form) for form in forms]
