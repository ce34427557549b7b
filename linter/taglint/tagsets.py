"""Tagsets: the tags a corpus may use, with gloss, class and closed word lists, from YAML."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from taglint.findings import TaglintError

CLASSES = (
    "open", "closed", "numeral", "punctuation", "morpheme", "affix", "idiom", "abbreviation",
    "foreign", "symbol", "other",
)  # fmt: skip
TOP_KEYS = frozenset(
    ("name", "title", "source", "aliases", "extends", "case_sensitive", "compounds", "tags",
     "remove", "punctuation", "numeral", "unknown_word", "frequencies")
)  # fmt: skip
COMPOUND_KEYS = frozenset(("prefixes", "suffixes", "joiner"))
TAG_KEYS = frozenset(
    ("zh", "en", "class", "parent", "upos", "maps", "words", "exhaustive", "typical")
)


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
    """How tags are built from other tags: `fw-nn`, `np-tl`, `ppss+bem`."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
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

    def __contains__(self, tag: str) -> bool:
        return self.find(tag) is not None

    def other_case(self, tag: str) -> str | None:
        """The tag that is spelled the same but for upper and lower case, if there is just one."""
        same = self._folded.get(tag.casefold(), ()) if self.case_sensitive else ()
        return same[0] if len(same) == 1 and same[0] != tag else None

    def nearest(self, tag: str, count: int = 3) -> list[str]:
        """The tags spelled most alike, best first."""
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
        if rules.joiner and rules.joiner in tag.strip(rules.joiner):
            parts = [self.find(part) for part in tag.split(rules.joiner)]
            return parts[0] if all(parts) else None
        for prefix in rules.prefixes:
            if tag.startswith(prefix) and len(tag) > len(prefix):
                return self.find(tag[len(prefix) :])
        for suffix in rules.suffixes:
            if tag.endswith(suffix) and len(tag) > len(suffix):
                return self.find(tag[: -len(suffix)])
        return None


Lookup = Callable[[str], Tagset]


def load(path: Path, lookup: Lookup) -> Tagset:
    """Read a tagset file; `lookup` gives the tagset that it extends.

    Raises `TaglintError` with path and cause.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError) as error:
        raise TaglintError(f"{path}: cannot read the tagset: {error}") from error
    except yaml.YAMLError as error:
        raise TaglintError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    return build(data, str(path), lookup)


def build(data: Any, where: str, lookup: Lookup) -> Tagset:
    """A tagset from its YAML mapping; `where` opens the error messages."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        raise TaglintError(f"{where}: a tagset is a mapping with the keys `name` and `tags`")
    _refuse_unknown(data, TOP_KEYS, where)
    base = lookup(data["extends"]) if data.get("extends") else None
    removed = set(data.get("remove") or ())
    tags = {name: tag for name, tag in (base.tags if base else {}).items() if name not in removed}
    for name, entry in (data.get("tags") or {}).items():
        tags[str(name)] = _tag(str(name), entry or {}, f"{where}: tag {name}", tags)
    if not tags:
        raise TaglintError(f"{where}: a tagset needs `tags`")
    case_sensitive = data.get("case_sensitive", base.case_sensitive if base else True)
    return Tagset(
        name=data["name"],
        tags=tags,
        title=data.get("title") or {},
        source=data.get("source") or "",
        aliases=tuple(data.get("aliases") or ()),
        case_sensitive=case_sensitive,
        compounds=_compounds(data.get("compounds"), base, case_sensitive, where),
        punctuation=_names(data.get("punctuation"), base.punctuation if base else ()),
        numeral=_names(data.get("numeral"), base.numeral if base else ()),
        unknown_word=_names(data.get("unknown_word"), base.unknown_word if base else ()),
        frequencies=data.get("frequencies") or (base.frequencies if base else {}),
    )


def _tag(name: str, entry: Any, where: str, known: Mapping[str, Tag]) -> Tag:
    if not isinstance(entry, dict):
        raise TaglintError(
            f"{where}: expected a mapping such as {{zh: 名词, en: noun, class: open}}"
        )
    _refuse_unknown(entry, TAG_KEYS, where)
    before = known.get(name, Tag(name))
    cls = entry.get("class", before.cls)
    if cls not in CLASSES:
        raise TaglintError(f"{where}: class {cls!r} is not one of {', '.join(CLASSES)}")
    return Tag(
        name=name,
        zh=entry.get("zh", before.zh),
        en=entry.get("en", before.en),
        cls=cls,
        parent=entry.get("parent", before.parent),
        upos=entry.get("upos", before.upos),
        maps=entry.get("maps", before.maps),
        words=frozenset(map(str, entry["words"])) if "words" in entry else before.words,
        exhaustive=entry.get("exhaustive", before.exhaustive),
        typical=frozenset(map(str, entry["typical"])) if "typical" in entry else before.typical,
    )


def _compounds(entry: Any, base: Tagset | None, case_sensitive: bool, where: str) -> Compounds:
    if not entry:
        return base.compounds if base else Compounds()
    _refuse_unknown(entry, COMPOUND_KEYS, f"{where}: compounds")
    fold = str if case_sensitive else str.lower
    prefixes = tuple(map(fold, entry.get("prefixes") or ()))
    suffixes = tuple(map(fold, entry.get("suffixes") or ()))
    return Compounds(prefixes, suffixes, entry.get("joiner"))


def _names(entry: Any, default: tuple[str, ...]) -> tuple[str, ...]:
    if entry is None:
        return default
    return (entry,) if isinstance(entry, str) else tuple(map(str, entry))


def _refuse_unknown(data: Mapping[str, Any], known: Collection[str], where: str) -> None:
    for key in data:
        if key not in known:
            near = get_close_matches(str(key), known, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise TaglintError(f"{where}: unknown key `{key}`{hint}")


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
