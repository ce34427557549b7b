"""Tagsets: the tags a corpus may use, with gloss, class and closed word lists, from YAML."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from taglint.findings import TaglintError
from taglint.parsed import parsed

CLASSES = (
    "open", "closed", "numeral", "punctuation", "morpheme", "affix", "idiom", "abbreviation",
    "foreign", "symbol", "other",
)  # fmt: skip
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
# What a key may hold.
TEXT, TEXTS, TEXT_OR_TEXTS = "a text", "a list of texts", "a text or a list of texts"
FLAG, MAPPING = "true or false", "a mapping"
NAMES, NUMBERS = "a mapping to texts", "a mapping to whole numbers"
TOP_KEYS = {
    "name": TEXT, "title": NAMES, "source": TEXT, "aliases": TEXTS, "extends": TEXT,
    "case_sensitive": FLAG, "compounds": MAPPING, "tags": MAPPING, "remove": TEXTS,
    "punctuation": TEXT_OR_TEXTS, "numeral": TEXT_OR_TEXTS, "unknown_word": TEXT_OR_TEXTS,
    "frequencies": NUMBERS,
}  # fmt: skip
COMPOUND_KEYS = {"prefixes": TEXTS, "suffixes": TEXTS, "marks": TEXTS, "joiner": TEXT}
TAG_KEYS = {
    "zh": TEXT, "en": TEXT, "class": TEXT, "parent": TEXT, "upos": TEXT, "maps": NAMES,
    "words": TEXTS, "exhaustive": FLAG, "typical": TEXTS,
}  # fmt: skip
# Letters of a tag that may be built from others: each part is looked up inside the last one.
LONGEST_COMPOUND = 200
# Keys for which `null` says that there is none, whatever the tagset has that is extended.
NONE_COUNTS = ("parent", "upos")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag.

    `words` is its closed word list; `exhaustive` says that no other word bears it. `typical` are
    common words of an open tag, given as examples: they may bear other tags, and others this one.
    """

    name: str
    zh: str = ""
    en: str = ""
    cls: str = "other"
    parent: str | None = None
    upos: str | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    exhaustive: bool = False
    typical: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Compounds:
    """How tags are built from other tags: `fw-nn`, `np-tl`, `ppss+bem`. `marks` are suffixes that
    say something else than what the word is, such as that it stands in a title."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    joiner: str | None = None


@dataclass(frozen=True)
class Tagset:
    name: str
    tags: Mapping[str, Tag]
    title: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    aliases: tuple[str, ...] = ()
    case_sensitive: bool = True
    compounds: Compounds = Compounds()
    punctuation: tuple[str, ...] = ()
    numeral: tuple[str, ...] = ()
    unknown_word: tuple[str, ...] = ()
    frequencies: Mapping[str, int] = field(default_factory=dict)

    def find(self, tag: str) -> Tag | None:
        """The tag, or for a compound tag its main part; None when the tagset has neither."""
        spelled = tag if self.case_sensitive else tag.lower()
        return self._spelled.get(spelled) or self._find_compound(spelled)

    def unmarked(self, tag: str) -> str:
        """The tag without the suffixes that say something else than what the word is."""
        spelled = tag if self.case_sensitive else tag.lower()
        for mark in self.compounds.marks:
            rest = len(tag) - len(mark)
            if rest > 0 and spelled.endswith(mark) and self.find(tag[:rest]):
                return self.unmarked(tag[:rest])
        return tag

    def __contains__(self, tag: str) -> bool:
        return self.find(tag) is not None

    def other_case(self, tag: str) -> str | None:
        """The tag that is spelled the same but for upper and lower case, if there is just one."""
        same = self._folded.get(tag.casefold(), ()) if self.case_sensitive else ()
        return same[0] if len(same) == 1 and same[0] != tag else None

    def nearest(self, tag: str, count: int = 3) -> list[str]:
        """The tags spelled most alike, best first."""
        from difflib import get_close_matches

        close = get_close_matches(tag, self.tags, n=count, cutoff=0.5)
        return close or [known for known in self.tags if known and known[0] == tag[:1]][:count]

    def punctuation_tag(self, mark: str) -> str | None:
        """The tag of a punctuation mark: the one whose word list has it, else the general one."""
        listed = [name for name in self.punctuation if mark in self.tags[name].words]
        if listed or not self.punctuation:
            return listed[0] if listed else None
        general, *others = self.punctuation
        return general if all(self.tags[name].parent == general for name in others) else None

    @cached_property
    def _spelled(self) -> Mapping[str, Tag]:
        """The tags by the spelling that is looked up."""
        if self.case_sensitive:
            return self.tags
        return {name.lower(): tag for name, tag in self.tags.items()}

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = {}
        for tag in self.tags:
            folded.setdefault(tag.casefold(), []).append(tag)
        return folded

    def _find_compound(self, tag: str) -> Tag | None:
        rules = self.compounds
        if len(tag) > LONGEST_COMPOUND:
            return None
        if rules.joiner and rules.joiner in tag.strip(rules.joiner):
            parts = [self.find(part) for part in tag.split(rules.joiner)]
            return parts[0] if all(parts) else None
        for prefix in rules.prefixes:
            if tag.startswith(prefix) and len(tag) > len(prefix):
                return self.find(tag[len(prefix) :])
        for suffix in (*rules.suffixes, *rules.marks):
            if tag.endswith(suffix) and len(tag) > len(suffix):
                return self.find(tag[: -len(suffix)])
        return None


Lookup = Callable[[str], Tagset]


class _Wrong(Exception):
    """Something is wrong below these keys of the file."""

    def __init__(self, keys: tuple[str, ...], message: str) -> None:
        self.keys = keys
        super().__init__(_subject(keys) + message)


def _subject(keys: tuple[str, ...]) -> str:
    if len(keys) < 2 or keys[0] not in ("tags", "compounds"):
        return ""
    return f"tag {keys[1]}: " if keys[0] == "tags" else "compounds: "


def load(path: Path, lookup: Lookup, installed: bool = False) -> Tagset:
    """Read a tagset file; `lookup` gives the tagset that it extends. installed: whether it is that
    of a package.

    Raises `TaglintError` with path, line and cause.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TaglintError(f"{path}: cannot read the tagset: {error}") from error

    def checked(text: str) -> Any:
        return _checked(_parse(text, path))

    try:
        # What was checked once is kept.
        data = parsed(path, text, checked) if installed else checked(text)
        return _built(data, lookup)
    except _Wrong as wrong:
        raise TaglintError(f"{path}{_place(text, wrong.keys)}: {wrong}") from wrong


def _loader() -> Any:
    """LibYAML's, which is faster, where there is one."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _parse(text: str, path: Path) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_loader())
    except yaml.YAMLError as error:
        raise TaglintError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    except (ValueError, LookupError, ArithmeticError, AttributeError, TypeError) as error:
        # The library does not say which.
        why = "a date or a number that is none; put it in quotes"
        raise TaglintError(f"{path}: not valid YAML: {why}") from error
    except RecursionError as error:
        raise TaglintError(f"{path}: the values are nested too deeply") from error


def _place(text: str, keys: Iterable[str]) -> str:
    """Line and column of the last of some keys, each below the one before it, that is found."""
    import yaml

    place = ""
    node = yaml.compose(text, Loader=_loader())
    for key in keys:
        found = _entry(node, key)
        if found is None:
            break
        node, mark = found
        place = f":{mark.line + 1}:{mark.column + 1}"
    return place


def _entry(node: Any, key: str) -> tuple[Any, Any] | None:
    """What a key of a mapping stands for, or an item of a list, and where key or item stands."""
    if node.id == "scalar":
        return None
    entries = node.value if node.id == "mapping" else [(item, item) for item in node.value]
    # Of a key that is there twice, the last one counts.
    found = [(value, name.start_mark) for name, value in entries if name.value == key]
    return found[-1] if found else None


def _checked(data: Any) -> Any:
    """The YAML mapping of a tagset, as far as it can be checked alone. Raises `_Wrong`."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        raise _Wrong((), "a tagset is a mapping with the keys `name` and `tags`")
    _check(data, TOP_KEYS, ())
    if data.get("compounds"):
        _check(data["compounds"], COMPOUND_KEYS, ("compounds",))
    for name, entry in (data.get("tags") or {}).items():
        _check_tag(entry or {}, ("tags", str(name)))
    return data


def _check_tag(entry: Any, keys: tuple[str, ...]) -> None:
    if not isinstance(entry, dict):
        raise _Wrong(keys, "expected a mapping such as {zh: 名词, en: noun, class: open}")
    _check(entry, TAG_KEYS, keys)
    for key, known in (("class", CLASSES), ("upos", UPOS)):
        value = entry.get(key)
        if value is not None and value not in known:
            raise _Wrong((*keys, key), f"{key} {value!r} is not one of {', '.join(known)}")


def _built(data: Mapping[str, Any], lookup: Lookup) -> Tagset:
    """A tagset from its mapping, which was checked. Raises `_Wrong`."""
    try:
        base = lookup(data["extends"]) if data.get("extends") else None
    except TaglintError as error:
        raise _Wrong(("extends",), f"extends: {error}") from error
    entries = {str(name): entry for name, entry in (data.get("tags") or {}).items()}
    tags = _inherited(base, list(map(str, data.get("remove") or ())), entries)
    for name, entry in entries.items():
        tags[name] = _tag(name, entry or {}, tags)
    for name in entries:
        _check_parents(name, tags)
    if not tags:
        raise _Wrong((), "a tagset needs `tags`")
    case_sensitive = data.get("case_sensitive", base.case_sensitive if base else True)
    return Tagset(
        name=data["name"],
        tags=tags,
        title=data.get("title") or {},
        source=data.get("source") or "",
        aliases=tuple(map(str, data.get("aliases") or ())),
        case_sensitive=case_sensitive,
        compounds=_compounds(data.get("compounds"), base, case_sensitive),
        punctuation=_tags("punctuation", data, base.punctuation if base else (), tags),
        numeral=_tags("numeral", data, base.numeral if base else (), tags),
        unknown_word=_tags("unknown_word", data, base.unknown_word if base else (), tags),
        frequencies=data.get("frequencies") or (base.frequencies if base else {}),
    )


def _inherited(
    base: Tagset | None, removed: Sequence[str], defined: Collection[str]
) -> dict[str, Tag]:
    """The tags of the tagset that is extended; what is removed is no parent, unless it is defined
    anew."""
    if base is None:
        if removed:
            raise _Wrong(("remove",), "`remove` needs `extends`")
        return {}
    for name in removed:
        if name not in base.tags:
            why = f"which is no tag of {base.name}"
            raise _Wrong(("remove", name), f"`remove` names {name!r}, {why}")
    gone = set(removed).difference(defined)
    return {
        name: replace(tag, parent=None) if tag.parent in gone else tag
        for name, tag in base.tags.items()
        if name not in removed
    }


def _check_parents(name: str, tags: Mapping[str, Tag]) -> None:
    chain = [name]
    while (parent := tags[chain[-1]].parent) is not None:
        keys = ("tags", chain[-1], "parent")
        if parent not in tags:
            raise _Wrong(keys, f"parent {parent!r} is no tag of the tagset")
        if parent in chain:
            raise _Wrong(keys, f"parents go in a circle: {' → '.join((*chain, parent))}")
        chain.append(parent)


def _tag(name: str, entry: Mapping[str, Any], known: Mapping[str, Tag]) -> Tag:
    said = {
        "cls" if key == "class" else key: value
        for key, value in entry.items()
        if value is not None or key in NONE_COUNTS
    }
    for key in ("words", "typical"):
        if key in said:
            said[key] = frozenset(map(str, said[key]))
    return replace(known[name], **said) if name in known else Tag(name, **said)


def _compounds(entry: Any, base: Tagset | None, case_sensitive: bool) -> Compounds:
    if not entry:
        return base.compounds if base else Compounds()
    fold = str if case_sensitive else str.lower
    prefixes, suffixes, marks = (
        tuple(fold(str(affix)) for affix in entry.get(key) or () if affix)
        for key in ("prefixes", "suffixes", "marks")
    )
    return Compounds(prefixes, suffixes, marks, entry.get("joiner"))


def _tags(
    key: str, data: Any, inherited: tuple[str, ...], tags: Mapping[str, Tag]
) -> tuple[str, ...]:
    """The tags that a key names; those of the tagset that is extended, less what is removed."""
    entry = data.get(key)
    if entry is None:
        return tuple(name for name in inherited if name in tags)
    names = (entry,) if isinstance(entry, str) else tuple(map(str, entry))
    for name in names:
        if name not in tags:
            raise _Wrong((key, name), f"`{key}` names {name!r}, which is no tag of it")
    return names


def _check(data: Mapping[str, Any], known: Mapping[str, str], keys: tuple[str, ...]) -> None:
    for key, value in data.items():
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(str(key), known, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise _Wrong((*keys, str(key)), f"unknown key `{key}`{hint}")
        if value is not None and not _is(value, known[key]):
            raise _Wrong((*keys, key), f"`{key}` must be {known[key]}")


def _is(value: Any, kind: str) -> bool:
    if kind in (NAMES, NUMBERS):
        each = str if kind == NAMES else int
        return isinstance(value, dict) and all(isinstance(item, each) for item in value.values())
    if kind == TEXTS:
        # What YAML takes for a number or a truth value is the word that was written.
        return isinstance(value, list) and not any(isinstance(item, list | dict) for item in value)
    if kind == TEXT_OR_TEXTS:
        return _is(value, TEXT) or _is(value, TEXTS)
    return isinstance(value, {TEXT: str, FLAG: bool, MAPPING: dict}[kind])


def detect(counts: Mapping[str, int], candidates: Sequence[Tagset]) -> Tagset | None:
    """The tagset that explains the tags of a sample best, None when none explains most of them.

    counts: tags of the sample with their number of tokens. A tagset is scored by the share of
    tokens it knows and, where several know the same, by how much of it is in use: a small
    tagset that explains everything beats a large one that happens to contain it.
    """
    total = sum(counts.values())
    if not total:
        return None
    scored = [(_explained(counts, total, tagset), tagset) for tagset in candidates]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= 0.5 else None


def _explained(counts: Mapping[str, int], total: int, tagset: Tagset) -> float:
    known = {tag: count for tag, count in counts.items() if tag in tagset}
    tokens = sum(known.values()) / total
    types = len(known) / len(counts)
    used = len(known) / len(tagset.tags)
    return tokens * 0.7 + types * 0.3 + min(used, 1.0) * 0.05
