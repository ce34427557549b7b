"""Outside lexicons: words of the language with frequencies and tags, from a package or a file.

A small corpus knows few words; an outside lexicon is another source of the same counts. It is
named by `outside-lexicon` in the configuration: `jieba` (the dictionary of that package: some
350,000 words) or the path of a file in the format of `taglint.lexicon`. Rules that can use one get
its name in their context and load it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from taglint.findings import TaglintError
from taglint.lexicon import load_lexicon
from taglint.tagsets import Tagset

JIEBA = "jieba"
PACKAGES = (JIEBA,)


@dataclass(frozen=True, eq=False)
class OutsideLexicon:
    """Words in parallel tuples: `forms[i]` bears `tags[i]` and occurs `counts[i]` times in the
    text that the lexicon was made from. A form may stand there with several tags."""

    name: str
    forms: tuple[str, ...]
    tags: tuple[str, ...]
    counts: tuple[int, ...]


def require_outside_lexicon(name: str) -> None:
    """Raise a `TaglintError` that says what to do where there is no such lexicon."""
    if name in PACKAGES:
        _dictionary(name)
    elif not Path(name).is_file():
        raise TaglintError(f"{name}: no such outside lexicon; name jieba or a file")


@cache
def outside_lexicon(name: str) -> OutsideLexicon:
    """A lexicon, read once a process. Raises `TaglintError`."""
    rows = _jieba_rows(_dictionary(name)) if name in PACKAGES else _file_rows(name)
    forms, tags, counts = zip(*rows, strict=True) if rows else ((), (), ())
    return OutsideLexicon(name, forms, tags, counts)


Row = tuple[str, str, int]


def _file_rows(path: str) -> list[Row]:
    lexicon = load_lexicon(path)
    return list(
        chain.from_iterable(
            ((form, tag, count) for tag, count in tags.items()) for form, tags in lexicon.items()
        )
    )


def _dictionary(package: str) -> Path:
    """The dictionary file of a package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        message = f"the outside lexicon {package} needs the package {package}"
        raise TaglintError(f"{message}: pip install 'taglint[lexicon]'")
    return Path(spec.origin).with_name("dict.txt")


def _jieba_rows(path: Path) -> list[Row]:
    """Lines of form, frequency and tag."""
    try:
        fields = path.read_text("utf-8").split()
        return list(zip(fields[::3], fields[2::3], map(int, fields[1::3]), strict=True))
    except (OSError, ValueError) as error:
        raise TaglintError(f"{path}: cannot read the dictionary: {error}") from error


def tag_in(tagset: Tagset | None, tag: str) -> str:
    """A lexicon's tag in terms of a tagset: itself, its nearest parent by spelling that the
    tagset has (`nrfg` is `nr`, `uj` is `u`), in the tagset's case (`vg` is `Vg`); unchanged where
    there is none."""
    if tagset is None:
        return tag
    for length in range(len(tag), 0, -1):
        shorter = tag[:length]
        known = shorter if shorter in tagset.tags else tagset.other_case(shorter)
        if known:
            return known
    return tag


def listed_words(tagset: Tagset) -> Iterator[tuple[str, str]]:
    """The words that a tagset lists, each with its tag."""
    for name, tag in tagset.tags.items():
        for word in sorted(tag.words | tag.typical):
            yield word, name
