"""Small corpora for the engine's laws: tokens, some of them damaged, in some format."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import Plugins

PLUGINS = Plugins(third_party=False)
FORMS = (
    "今天",
    "天气",
    "ＧＤＰ",
    "GDP",
    "，",
    ",",
    "“",
    "（",
    "）",
    "“语",
    "世界。",
    "1/2",
    "の",
    "é",
    "a\u200bb",
)
TAGS = ("n", "t", "v", "w", "nz", "N", "qqq", "x")
DAMAGE = ("天气／n", "天气 /n", "天气/ n", "天气", "/n", "天气/", "[中央/n", "电台/n]nt",
          "电台/n ]nt", "我们/r今天/t", "\u3000", "\xa0", "\ufeff", "锟斤拷/n", "\x0b")  # fmt: skip

tokens = st.builds(lambda form, tag: f"{form}/{tag}", st.sampled_from(FORMS), st.sampled_from(TAGS))
pieces = st.lists(tokens | st.sampled_from(DAMAGE), max_size=8)
lines = st.builds(
    lambda blank, items: blank.join(items), st.sampled_from((" ", "  ", "\t")), pieces
)
slash_texts = st.builds(
    lambda newline, items, end: newline.join(items) + (newline if end else ""),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.lists(lines, max_size=6),
    st.booleans(),
)
unspaced_texts = st.lists(tokens, max_size=12).map("".join)


def session(
    files: Mapping[str, bytes], format_name: str = "slash", tagset: str = "hanlp", **options: object
) -> Session:
    """A session over files in memory, with all rules on."""
    chosen = FileOptions(
        format=format_name,
        tagset=tagset,
        select=("ALL",),
        min_confidence=0.0,
        **options,  # type: ignore[arg-type]
    )
    return Session(PLUGINS, Configuration(options=chosen), lambda path: files[path])
