"""Plugins: where rules, formats, tagsets and reporters come from.

Everything built in is a plugin too. The built-in rules are loaded by their entry point's value
without scanning all installed distributions, which costs 30 ms; third-party plugins are found
through the entry-point group `taglint`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

from taglint.findings import TaglintError, cause
from taglint.rules import Rule
from taglint.tagsets import Tagset, load

if TYPE_CHECKING:
    from taglint.formats.base import Format
    from taglint.reporters.base import Reporter

GROUP = "taglint"
BUILT_IN = (
    "taglint.formats.builtin",
    "taglint.reporters.builtin",
    "taglint.engine.builtin",
    "taglint_rules.plugin",
)
hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Hooks:
    """What a plugin may offer; each hook returns a list."""

    @hookspec
    def taglint_rules(self) -> Iterable[Rule]:
        """Rules of this plugin."""
        return []

    @hookspec
    def taglint_formats(self) -> Iterable[Format]:
        """Corpus formats of this plugin."""
        return []

    @hookspec
    def taglint_tagsets(self) -> Iterable[Path]:
        """YAML files, one tagset each, named after the tagset."""
        return []

    @hookspec
    def taglint_reporters(self) -> Iterable[Reporter]:
        """Output formats of this plugin."""
        return []


class Plugins:
    """All plugins of a process, and what they offer, by name."""

    def __init__(self, extra: Sequence[object] = (), third_party: bool = True) -> None:
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(Hooks)
        for name in BUILT_IN:
            self._register(name, lambda name=name: import_module(name))  # type: ignore[misc]
        for plugin in extra:
            self._register(type(plugin).__name__, lambda plugin=plugin: plugin)  # type: ignore[misc]
        if third_party and not os.environ.get("TAGLINT_NO_PLUGINS"):
            self._register_entry_points()

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules by code, in order of code."""
        rules = self._unique("taglint_rules", "rule", lambda rule: rule.code, Rule)
        _refuse_shared_names(rules.values())
        return dict(sorted(rules.items()))

    @cached_property
    def formats(self) -> dict[str, Format]:
        return self._unique("taglint_formats", "format", lambda item: item.name)

    @cached_property
    def reporters(self) -> dict[str, Reporter]:
        return self._unique("taglint_reporters", "reporter", lambda item: item.name)

    @cached_property
    def tagset_files(self) -> dict[str, Path]:
        return self._unique("taglint_tagsets", "tagset", lambda path: path.stem, Path)

    @cached_property
    def tagsets(self) -> dict[str, Tagset]:
        """All installed tagsets by name. Reads every file: ask `tagset` for a single one."""
        return {name: self.tagset(name) for name in self.tagset_files}

    def tagset(self, name: str) -> Tagset:
        """A tagset by name, by alias, or by the path of a project's own YAML file."""
        return self._load_tagset(name, ())

    def _load_tagset(self, name: str, loading: tuple[str, ...]) -> Tagset:
        if name in loading:
            raise TaglintError(f"tagset {name} extends itself: {' → '.join((*loading, name))}")
        known = self._loaded.get(name)
        if known is None:
            path = self.tagset_path(name)
            known = load(
                path,
                lambda base: self._load_tagset(_beside(path, base), (*loading, name)),
                installed=path in self.tagset_files.values(),
            )
            self._loaded[name] = known
        return known

    @cached_property
    def _loaded(self) -> dict[str, Tagset]:
        return {}

    def tagset_path(self, name: str, beside: Path | None = None) -> Path:
        """The file of a tagset. `beside` is the tagset file that names it, if one does."""
        name = _beside(beside, name) if beside else name
        if name in self.tagset_files:
            return self.tagset_files[name]
        if name.endswith((".yaml", ".yml")):
            return Path(name)
        for tagset in self.tagsets.values():
            if name in tagset.aliases:
                return self.tagset_files[tagset.name]
        raise unknown("tagset", name, [*self.tagset_files, "a path that ends in .yaml"])

    def _register(self, name: str, get: Callable[[], object]) -> None:
        try:
            self._manager.register(get(), name)
        except TaglintError:
            raise
        except Exception as error:
            raise broken(name, error) from error

    def _register_entry_points(self) -> None:
        if not _any_declared():
            return
        from importlib.metadata import entry_points

        for point in entry_points(group=GROUP):
            if point.value not in BUILT_IN:
                self._register(point.name, point.load)

    def _offered(self, hook: str) -> Iterator[tuple[str, Any]]:
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            try:
                items = list(implementation.function())
            except TaglintError:
                raise
            except Exception as error:
                raise broken(name, error) from error
            for item in items:
                yield name, item

    def _unique(
        self, hook: str, kind: str, key: Callable[[Any], str], cls: type | None = None
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        owner: dict[str, str] = {}
        for plugin, item in self._offered(hook):
            if cls is not None and not isinstance(item, cls):
                raise TaglintError(f"plugin {plugin} is broken: {item!r} is no {cls.__name__}")
            try:
                name = key(item)
            except AttributeError as error:
                raise broken(plugin, error) from error
            if name in found:
                raise TaglintError(f"plugin {plugin}: {kind} {name} is already in {owner[name]}")
            found[name], owner[name] = item, plugin
        return found


def _beside(path: Path, name: str) -> str:
    """A name as a tagset file means it: a path is relative to the file."""
    return str(path.parent / name) if name.endswith((".yaml", ".yml")) else name


def _any_declared() -> bool:
    """Whether any installed distribution names taglint's entry-point group.

    A glance at the files that declare entry points; `importlib.metadata`, which reads them
    properly, takes 20 ms to load, and most environments have no plugin.
    """
    declared = f"[{GROUP}]".encode()
    files = (file for folder in sys.path for file in Path(folder).glob("*-info/entry_points.txt"))
    return any(declared in file.read_bytes() for file in files)


def broken(plugin: str, error: Exception) -> TaglintError:
    """The one-line error for a plugin that cannot be used."""
    return TaglintError(f"plugin {plugin} is broken: {cause(error)}")


def unknown(kind: str, name: str, known: Iterable[str]) -> TaglintError:
    """The error for a name that nothing bears, with the nearest names."""
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(names)}"
    return TaglintError(f"unknown {kind} {name!r}; {hint}")


def _refuse_shared_names(rules: Iterable[Rule]) -> None:
    codes: dict[str, str] = {}
    for rule in rules:
        if rule.name in codes:
            raise TaglintError(
                f"rules {codes[rule.name]} and {rule.code} share a name: {rule.name}"
            )
        codes[rule.name] = rule.code


@cache
def installed() -> Plugins:
    """The plugins of this environment, loaded once a process."""
    return Plugins()
