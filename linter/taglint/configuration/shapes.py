"""The configuration's schema as data: which keys there are, and what each may hold.

Validation, the JSON schema and the documentation's table of keys are all made of it. Nothing
changes a shape once it is made; not freezing them saves time whenever a configuration is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taglint.configuration.model import AUTO, DEFAULT_MIN_CONFIDENCE
from taglint.findings import Severity
from taglint.outside import PACKAGES
from taglint.plugins import Plugins
from taglint.rules import ALL, Option, Rule

TAGSET_SUFFIXES = (".yaml", ".yml")


@dataclass
class Text:
    """Text, one of the choices where there are any; `noun` says what they are."""

    noun: str = "text"
    choices: tuple[str, ...] = ()


@dataclass
class Pattern:
    """A gitignore pattern."""


@dataclass
class FilePath:
    """The path of a file that is there, relative to the configuration file; of one that may yet be
    written where it need not be there."""

    there: bool = True


@dataclass
class TagsetName:
    """An installed tagset's name or alias, or the path of a project's own."""

    plugins: Plugins

    def names(self) -> tuple[str, ...]:
        """All names and aliases. Reads every installed tagset."""
        tagsets = self.plugins.tagsets.values()
        aliases = (alias for tagset in tagsets for alias in tagset.aliases)
        return (AUTO, *dict.fromkeys((*self.plugins.tagset_files, *aliases)))


@dataclass
class LexiconName:
    """The name of a package with a lexicon, or the path of a file that is there."""

    names: tuple[str, ...] = PACKAGES


@dataclass
class Number:
    """A finite number; the bounds are inclusive."""

    whole: bool = False
    least: float | None = None
    most: float | None = None


@dataclass
class Flag:
    """True or false."""


@dataclass
class ListOf:
    """A list; `or_one` lets a single item stand for it."""

    item: Shape
    or_one: bool = False


@dataclass
class Either:
    """Any of several shapes; of the last one's mistakes the user hears."""

    shapes: tuple[Shape, ...]


@dataclass
class Table:
    """A mapping with known keys. `noun` says what the keys are; aliases: keys that are another
    name of one, beside which they may not stand."""

    keys: Mapping[str, Key]
    noun: str = "key"
    required: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FormatOptions:
    """The options of the format that the same mapping names, of any format where it names none."""

    by_format: Mapping[str, Table]

    def table(self, format_name: Any) -> Table:
        known = self.by_format.get(format_name) if isinstance(format_name, str) else None
        return known or self.any_format()

    def any_format(self) -> Table:
        keys: dict[str, Key] = {}
        for table in self.by_format.values():
            for name, key in table.keys.items():
                keys[name] = _either(keys[name], key) if name in keys else key
        return Table(keys, "option")


Shape = (
    Text
    | Pattern
    | FilePath
    | LexiconName
    | TagsetName
    | Number
    | Flag
    | ListOf
    | Either
    | Table
    | FormatOptions
)


@dataclass
class Key:
    """What a key may hold, what it means, and what holds without it."""

    shape: Shape
    help: str
    default: Any = None


def _either(first: Key, second: Key) -> Key:
    if first.shape == second.shape:
        return first
    return Key(Either((first.shape, second.shape)), first.help, first.default)


RATE = Key(Number(least=0), "tolerated findings per 1,000 tokens")


def configuration_shape(plugins: Plugins) -> Table:
    """The keys of a configuration file, with the names that are installed."""
    options = option_keys(plugins)
    rules = plugins.rules.values()
    rates = Table(
        dict.fromkeys(selector_names(rules), RATE), noun="rule or family", aliases=_names(rules)
    )
    paths = Key(ListOf(Pattern()), "gitignore patterns of the files this entry is about")
    entry = Table({"paths": paths, **options}, required=("paths",))
    files = Key(ListOf(entry), _FILES_HELP)
    return Table({**_file_keys(), "max-rate": Key(rates, _RATES_HELP), **options, "files": files})


_RATES_HELP = (
    "findings per 1,000 tokens of the corpus that are tolerated, by rule or family: they are "
    "reported, and decide the exit status only where they are more"
)
_FILES_HELP = "options for some files: entries with `paths` and any options; later entries win"


def _file_keys() -> dict[str, Key]:
    return {
        "extends": Key(
            ListOf(FilePath(), or_one=True),
            "configuration file or files to build on, later ones winning over earlier ones; "
            "paths are relative to the file that names them",
        ),
        "corpus": Key(
            ListOf(Text()),
            "paths and globs of the corpus: what is checked when no paths are given, and whose "
            "counts judge",
        ),
        "include": Key(
            ListOf(Pattern()),
            "gitignore patterns of the files to check in folders; without it, all files but those "
            "of kinds that are no corpora",
        ),
        "exclude": Key(ListOf(Pattern()), "gitignore patterns of files and folders to leave out"),
        "suppressions": Key(
            FilePath(),
            "file of findings that are not to be reported, with reasons; by default "
            "`.taglint-ignore.yaml` beside the configuration",
        ),
        "baseline": Key(
            FilePath(there=False),
            "file of findings that are accepted for now; `taglint baseline` writes it",
        ),
        "decisions": Key(
            FilePath(there=False),
            "file of what was decided about findings, `taglint-decisions.yaml` beside the "
            "configuration by default; `taglint review` writes it",
        ),
    }


def option_keys(plugins: Plugins) -> dict[str, Key]:
    """The keys that may stand at the top and for single files."""
    from taglint.corpus.encoding import ENCODINGS

    rules = plugins.rules.values()
    selectors = ListOf(Text("rule or family", selector_names(rules)))
    severity = Key(Text("severity", tuple(map(str, Severity))), "severity of this rule's findings")
    return {
        "format": Key(
            Text("format", (AUTO, *plugins.formats)),
            "format of the files; detected by default",
            AUTO,
        ),
        "format-options": Key(
            FormatOptions(
                {name: option_table(item.options) for name, item in plugins.formats.items()}
            ),
            "options of the format",
        ),
        "encoding": Key(
            Text("encoding", ENCODINGS), "encoding of the files; detected by default", AUTO
        ),
        "tagset": Key(
            TagsetName(plugins),
            "tagset, by name or by the path of a project's own YAML file; detected by default",
            AUTO,
        ),
        "lexicon": Key(
            FilePath(),
            "file of known forms with all their tags, which `lexicon-violation` enforces",
        ),
        "outside-lexicon": Key(
            LexiconName(), "words of the language with frequencies, as evidence for rules"
        ),
        "select": Key(
            selectors, "rules and families to check; by default the rules that are on by default"
        ),
        "ignore": Key(selectors, "rules and families to leave out"),
        "extend-select": Key(selectors, "rules and families to check as well"),
        "severity": Key(_rule_table(rules, lambda rule: severity), "severities by rule"),
        "rules": Key(_rule_table(rules, rule_key), "options of rules, by rule"),
        "min-confidence": Key(
            Number(least=0, most=1),
            "report findings from this confidence on",
            DEFAULT_MIN_CONFIDENCE,
        ),
    }


def selector_names(rules: Iterable[Rule]) -> tuple[str, ...]:
    """All that select rules: `ALL`, families, codes, names."""
    listed = list(rules)
    families = dict.fromkeys(rule.family for rule in listed)
    codes = (name for rule in listed for name in (rule.code, rule.name))
    return (ALL, *families, *codes)


def _rule_table(rules: Collection[Rule], key: Callable[[Rule], Key]) -> Table:
    """A mapping by rule, under its code or its name."""
    keys = {name: key(rule) for rule in rules for name in (rule.code, rule.name)}
    return Table(keys, "rule", aliases=_names(rules))


def _names(rules: Iterable[Rule]) -> dict[str, str]:
    return {rule.name: rule.code for rule in rules}


def rule_key(rule: Rule) -> Key:
    return Key(option_table(rule.options), f"options of {rule.code} ({rule.name}): {rule.summary}")


def option_table(options: Mapping[str, Option]) -> Table:
    """The options that a rule or a format declares."""
    keys = {
        name: Key(option_shape(option), option.help, option.default)
        for name, option in options.items()
    }
    return Table(keys, "option")


def option_shape(option: Option) -> Shape:
    text = Text("choice" if option.choices else "text", option.choices)
    shapes: dict[str, Shape] = {
        "bool": Flag(),
        "int": Number(True, option.least, option.most),
        "float": Number(False, option.least, option.most),
        "list": ListOf(text),
    }
    return shapes.get(option.kind, text)


def described(shape: Shape) -> str:
    """What a value should be, in words."""
    match shape:
        case Number():
            words = _described_number(shape)
        case Flag():
            words = "true or false"
        case ListOf(item, or_one):
            many = f"a list of {_plural(item)}"
            words = f"{described(item)} or {many}" if or_one else many
        case Either(shapes):
            words = " or ".join(dict.fromkeys(map(described, shapes)))
        case Table() | FormatOptions():
            words = "a mapping"
        case FilePath():
            words = "a path"
        case Pattern():
            words = "a gitignore pattern"
        case LexiconName(names):
            words = f"{', '.join(names)} or a path"
        case TagsetName():
            words = "the name of a tagset or the path of one"
        case Text(noun, choices):
            words = _described_text(noun, choices)
    return words


def _described_text(noun: str, choices: tuple[str, ...]) -> str:
    if noun == "text":
        return "text"
    if noun in ("choice", "severity"):
        return f"one of {', '.join(choices)}"
    return f"the name of {'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _plural(item: Shape) -> str:
    match item:
        case FilePath():
            return "paths"
        case Pattern():
            return "gitignore patterns"
        case Table():
            return "mappings"
        case Text(noun="rule or family"):
            return "rules and families"
    return "texts"


def _described_number(shape: Number) -> str:
    kind = "a whole number" if shape.whole else "a number"
    if shape.least is None:
        return kind if shape.most is None else f"{kind} up to {shape.most:g}"
    end = "on" if shape.most is None else f"to {shape.most:g}"
    return f"{kind} from {shape.least:g} {end}"
