"""Command-line options on top of a configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taglint.configuration.model import AUTO, Configuration, FileOptions, Override
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from taglint.configuration.nodes import Node, Place
    from taglint.configuration.shapes import Shape
    from taglint.plugins import Plugins


def with_options(
    configuration: Configuration,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    extend_select: Iterable[str] | None = None,
    min_confidence: float | None = None,
    format: str | None = None,  # noqa: A002 - named as the option is
    encoding: str | None = None,
    tagset: str | None = None,
    lexicon: str | None = None,
    outside_lexicon: str | None = None,
    plugins: Plugins | None = None,
) -> Configuration:
    """The configuration as the command line has it; None is an option that was not given.

    `select` replaces the configuration's `select` and `extend-select`; `ignore` and
    `extend_select` add. What the command line names itself, the configuration's `ignore` does
    not take back, nor does its `select` what the command line ignores. Everything else replaces,
    also for single files.

    Raises `TaglintError` with a line for each name that is not known.
    """
    from taglint.plugins import installed

    plugins = plugins or installed()
    names = {
        "--format": format,
        "--encoding": encoding,
        "--tagset": tagset,
        "--lexicon": lexicon,
        "--outside-lexicon": outside_lexicon,
    }
    selectors = {"--select": select, "--ignore": ignore, "--extend-select": extend_select}
    codes = _checked(plugins, names, selectors)
    plain: dict[str, Any] = {
        "format": format,
        "encoding": encoding,
        "tagset": tagset,
        "lexicon": lexicon,
        "outside_lexicon": outside_lexicon,
        "min_confidence": min_confidence,
    }
    replaced = {name: value for name, value in plain.items() if value is not None}
    chosen = None if select is None else codes["--select"]
    options = _reselected(
        replace(_without_strange_options(configuration.options, format), **replaced),
        chosen,
        codes["--ignore"],
        codes["--extend-select"],
    )
    dropped = set(replaced) | ({"select", "extend_select"} if select is not None else set())
    overrides = tuple(
        Override(item.paths, _kept(item.changes, dropped, codes["--ignore"], format))
        for item in configuration.overrides
    )
    return replace(configuration, options=options, overrides=overrides)


def _without_strange_options(options: FileOptions, format_name: str | None) -> FileOptions:
    """Options of a configured format mean nothing to another one."""
    if format_name is None or options.format in (AUTO, format_name):
        return options
    return replace(options, format_options={})


def _reselected(
    options: FileOptions,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
) -> FileOptions:
    asked = {*(select or ()), *extend_select}
    before = () if select is not None else _not_covered(options.extend_select, ignore)
    if select is None and options.select is not None:
        select = _not_covered(options.select, ignore)
    return replace(
        options,
        select=select,
        ignore=(*(name for name in options.ignore if name not in asked), *ignore),
        extend_select=(*before, *extend_select),
    )


def _kept(
    changes: Mapping[str, Any], dropped: set[str], ignore: tuple[str, ...], format_name: str | None
) -> dict[str, Any]:
    """The changes for single files that the command line leaves as they are."""
    kept = {name: value for name, value in changes.items() if name not in dropped}
    if format_name is not None and changes.get("format", format_name) != format_name:
        kept.pop("format_options", None)
    for name in ("select", "extend_select"):
        if kept.get(name):
            kept[name] = _not_covered(kept[name], ignore)
    return kept


def _not_covered(names: Iterable[str], ignored: tuple[str, ...]) -> tuple[str, ...]:
    """The selectors that no ignored one is equal to or wider than."""
    return tuple(
        name
        for name in names
        if not {name, name.rstrip("0123456789")} & set(ignored) and "ALL" not in ignored
    )


def _checked(
    plugins: Plugins,
    names: Mapping[str, str | None],
    selectors: Mapping[str, Iterable[str] | None],
) -> dict[str, tuple[str, ...]]:
    """The selectors with codes for rules' names; all options are checked first."""
    from taglint.configuration.shapes import option_keys

    mistakes: list[str] = []
    if not any(names.values()) and not any(selectors.values()):
        return dict.fromkeys(selectors, ())
    keys = option_keys(plugins)
    for option, name in names.items():
        if name is not None:
            mistakes += _mistakes(keys[option[2:]].shape, name, option)
    for option, given in selectors.items():
        mistakes += _mistakes(keys["select"].shape, list(given or ()), option)
    if mistakes:
        raise TaglintError("\n".join(mistakes))
    codes = {rule.name: code for code, rule in plugins.rules.items()}
    return {
        option: tuple(codes.get(name, name) for name in given or ())
        for option, given in selectors.items()
    }


def _mistakes(shape: Shape, value: str | list[str], option: str) -> list[str]:
    """What is wrong with an option's value; paths are relative to the working directory."""
    from taglint.configuration.nodes import Place
    from taglint.configuration.validation import Validator

    validator = Validator(Path())
    validator.value(shape, _node(value, Place(option)), option)
    # The place is the option already.
    return [
        str(mistake).replace(f"{option}: {option!r}: ", f"{option}: ")
        for mistake in validator.mistakes
    ]


def _node(value: str | list[str], place: Place) -> Node:
    from taglint.configuration.nodes import Node

    if isinstance(value, str):
        return Node(value, place, place)
    return Node([_node(item, place) for item in value], place, place)
