"""Corpora of every format for hypothesis: tokens, sentences and documents, sound and damaged."""

from __future__ import annotations

from hypothesis import strategies as st

from taglint.corpus.encoding import CODECS
from tests.engine.corpora import DAMAGE, FORMS
from tests.laws.laws import FORMATS, PLUGINS, Reading

MORE_FORMS = (
    "三",
    "个",
    "1",
    "２",
    "1.",
    "（二）",
    "％",
    "了",
    "的",
    "New York",
    "gpu",
    "ﬁ",
    "𠮷",
    "—",
)
TAGSETS = {"slash": "pku98", "unspaced": "hanlp", "underscore": "ctb", "vertical": "penn",
           "conllu": "upos"}  # fmt: skip
NEWLINES = ("\n", "\r\n", "\r")
# The codecs by which a configuration may have a file read; text that they lack becomes `?`.
ENCODINGS = tuple(sorted(CODECS))
NAMES = st.sampled_from(("a", "b", "c", "d"))
forms = st.sampled_from((*FORMS, *MORE_FORMS)) | st.text(
    st.characters(codec="utf-8", exclude_categories=("Zs", "Cc", "Zl", "Zp")),
    min_size=1,
    max_size=3,
)


def tags(format_name: str) -> st.SearchStrategy[str]:
    known = sorted(PLUGINS.tagset(TAGSETS[format_name]).tags)
    return st.sampled_from(known) | st.sampled_from(("qqq", "N", "v1", "_"))


def tokens(format_name: str) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(forms, tags(format_name))


def sentences(format_name: str) -> st.SearchStrategy[str]:
    """A sentence as its format writes it, mostly sound, without its last line end."""
    items = st.lists(tokens(format_name), min_size=1, max_size=8)
    if format_name == "conllu":
        return items.map(_conllu)
    return items.map(lambda pairs: _joined(format_name, pairs))


def _joined(format_name: str, pairs: list[tuple[str, str]]) -> str:
    format_ = PLUGINS.formats[format_name]
    return format_.separator.join(format_.token(form, tag) for form, tag in pairs)


def _conllu(pairs: list[tuple[str, str]]) -> str:
    rows = [
        f"{number}\t{form}\t_\t{tag}\t_\t_\t{number - 1}\t{'dep' if number > 1 else 'root'}\t_\t_"
        for number, (form, tag) in enumerate(pairs, 1)
    ]
    return "\n".join((f"# text = {' '.join(form for form, _ in pairs)}", *rows))


@st.composite
def texts(draw: st.DrawFn, format_name: str, most: int = 6) -> str:
    """A document; now and then damage stands between its sentences or inside them."""
    parts = draw(st.lists(sentences(format_name), max_size=most))
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        if parts:
            place = draw(st.integers(0, len(parts) - 1))
            at = draw(st.integers(0, len(parts[place])))
            damage = draw(st.sampled_from(DAMAGE) | st.text(max_size=2))
            parts[place] = parts[place][:at] + damage + parts[place][at:]
    between = "\n\n" if format_name in ("vertical", "conllu") else "\n"
    text = between.join(parts) + draw(st.sampled_from((between, "\n", "")))
    return text.replace("\n", draw(st.sampled_from(NEWLINES)))


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, Reading]:
    """Bytes of any format in any encoding, and how they are read: as told, or as detected."""
    format_name = draw(st.sampled_from(FORMATS))
    encoding = draw(st.sampled_from(ENCODINGS))
    text = draw(texts(format_name))
    mark = "\ufeff" if draw(st.booleans()) else ""
    data = (mark + text).encode(CODECS[encoding], "replace")
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(min_size=1, max_size=2)) + data[at:]
    told = draw(st.booleans())
    tagset = TAGSETS[format_name] if told else "auto"
    return data, Reading(format_name if told else "auto", encoding, tagset)
