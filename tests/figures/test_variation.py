"""What varies is counted between the same neighbours, and never across sentences or tagsets."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.encoding import Source
from taglint.engine.loading import Loader
from taglint.figures.variation import Gathered, Variation
from taglint.plugins import installed

TAGS = ("n", "v", "a")
FORMS = ("发", "展", "发展", "快")
SENTENCES = st.lists(
    st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(TAGS)), min_size=1, max_size=6),
    min_size=1,
    max_size=8,
)


def variation(*texts: str) -> Variation:
    options = FileOptions(format="slash", tagset="pku98")
    loader = Loader(installed(), Configuration(options=options))
    gathered = Gathered()
    for number, text in enumerate(texts):
        gathered.add(loader.decode(f"{number}.txt", text, Source("utf-8")))
    return gathered.variation()


def test_a_word_varies_between_its_neighbours() -> None:
    found = variation("快/a 发展/v 了/u\n快/a 发展/v 了/u\n快/a 发展/n 了/u\n要/v 发展/n\n")
    (word,) = found.words
    assert (word.form, word.places, word.contexts, word.tags) == ("发展", 1, 1, {"n": 2, "v": 2})
    (pair,) = found.pairs
    assert (pair.common, pair.rare, pair.places, pair.forms) == ("v", "n", 1, 1)


def test_sentence_edges_are_no_context_by_themselves() -> None:
    assert variation("发展/v\n发展/n\n").words == []


def test_a_split_stays_within_its_sentence() -> None:
    (split,) = variation("发展/v\n发/v 展/v\n发/v\n展/v\n").splits
    assert (split.parts, split.whole, split.split) == (("发", "展"), 1, 1)


@given(SENTENCES)
def test_counts_are_those_of_a_plain_count(sentences: list[list[tuple[str, str]]]) -> None:
    text = "".join(" ".join(f"{w}/{t}" for w, t in sentence) + "\n" for sentence in sentences)
    seen: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        forms = ["", *(form for form, _ in sentence), ""]
        for place, (form, tag) in enumerate(sentence):
            if forms[place] or forms[place + 2]:
                seen[forms[place], form, forms[place + 2]][tag] += 1
    expected = Counter[str]()
    for (_, form, _), tags in seen.items():
        expected[form] += tags.total() - max(tags.values())
    found = {word.form: word.places for word in variation(text).words}
    assert found == +expected


@given(SENTENCES, st.randoms())
def test_neither_order_nor_files_matter(sentences: list[list[tuple[str, str]]], random) -> None:
    lines = [" ".join(f"{w}/{t}" for w, t in sentence) + "\n" for sentence in sentences]
    whole = variation("".join(lines))
    random.shuffle(lines)
    assert variation(*lines).as_json(100) == whole.as_json(100)
