"""Forms that differ in case alone are found at once as one by one."""

from hypothesis import given
from hypothesis import strategies as st

from taglint_rules._characters import code_points
from taglint_rules.tags._consistency.case import first_of_case

LETTERS = st.text(st.sampled_from("aAbBßſKkİ中\0０Ａａ\ud800\U00010400\U00010428"), max_size=3)


@given(st.lists(LETTERS, unique=True))
def test_the_first_of_each_case_is_found(some: list[str]) -> None:
    # The first form is the edge of a sentence.
    forms = ["", *(form for form in some if form)]
    small = [form.casefold() for form in forms]
    assert first_of_case(forms, *code_points(forms)).tolist() == [
        small.index(each) for each in small
    ]


def test_long_vocabularies_too() -> None:
    forms = ["", *(f"词{number}" for number in range(1000)), "The", "the", "THE", "a"]
    assert first_of_case(forms, *code_points(forms)).tolist() == [*range(1002), 1001, 1001, 1004]
