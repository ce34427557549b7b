"""What the command line changes about a configuration."""

from typing import Any

import pytest

from taglint.configuration import Configuration, FileOptions, Override, with_options
from taglint.engine.selection import select
from taglint.findings import TaglintError
from taglint.plugins import Plugins


def configured(*overrides: dict[str, Any], **options: Any) -> Configuration:
    items = tuple(Override(("*.x",), changes) for changes in overrides)
    return Configuration(options=FileOptions(**options), overrides=items)


def test_nothing_given_changes_nothing(plugins: Plugins) -> None:
    before = configured(
        {"select": ("TAG",)}, ignore=("TAG",), format="toy", format_options={"a": 1}
    )
    assert with_options(before, plugins=plugins) == before


def test_select_replaces_and_the_others_add(plugins: Plugins) -> None:
    before = configured(select=("TAG",), ignore=("TAG001",), extend_select=("TOY",))
    options = with_options(before, select=["toy-rule"], plugins=plugins).options
    assert (options.select, options.ignore, options.extend_select) == (("TOY001",), ("TAG001",), ())
    options = with_options(before, ignore=["TAG"], extend_select=["ALL"], plugins=plugins).options
    assert options.select == ()
    assert options.ignore == ("TAG001", "TAG")
    assert options.extend_select == ("TOY", "ALL")


@pytest.mark.parametrize(
    ("before", "given", "on"),
    [
        ({"ignore": ("TOY001",)}, {"select": ["TOY001"]}, True),
        ({"ignore": ("TOY001",)}, {"select": ["TOY"]}, False),
        ({"ignore": ("TOY001",)}, {"extend_select": ["toy-rule"]}, True),
        ({"select": ("TOY001",)}, {"ignore": ["TOY"]}, False),
        ({"extend_select": ("TOY001",)}, {"ignore": ["ALL"]}, False),
        ({"select": ("ALL",)}, {"ignore": ["toy-rule"]}, False),
        ({"extend_select": ("TOY001",)}, {"select": ["TAG"]}, False),
    ],
)
def test_command_line_has_the_last_word(
    plugins: Plugins, before: dict[str, Any], given: dict[str, Any], on: bool
) -> None:
    for configuration in (configured(**before), configured(before)):
        if configuration.overrides and "ignore" in before:
            continue  # what some files ignore stays ignored
        changed = with_options(configuration, plugins=plugins, **given)
        chosen = select(plugins.rules, changed.options_for("a.x"))
        assert ("TOY001" in {rule.code for rule in chosen}) is on


def test_plain_options_win_over_those_for_files(plugins: Plugins) -> None:
    entry = {"format": "toy", "encoding": "gbk", "tagset": "ctb", "min_confidence": 1.0}
    changed = with_options(
        configured({**entry, "format_options": {"width": 2}, "lexicon": "x"}),
        format="slash",
        encoding="utf-8",
        tagset="upos",
        min_confidence=0.0,
        plugins=plugins,
    )
    options = changed.options_for("a.x")
    assert options == FileOptions("slash", "utf-8", "upos", lexicon="x", min_confidence=0.0)


def test_options_of_another_format_are_dropped(plugins: Plugins) -> None:
    before = configured(format="toy", format_options={"width": 2})
    assert with_options(before, format="slash", plugins=plugins).options.format_options == {}
    kept = with_options(before, format="toy", plugins=plugins).options
    assert kept.format_options == {"width": 2}


def test_unknown_names_are_all_reported(plugins: Plugins) -> None:
    with pytest.raises(TaglintError) as caught:
        with_options(
            Configuration(),
            format="slahs",
            encoding="utf-88",
            tagset="hanpl",
            select=["TOY01", "TAG"],
            ignore=["unknown-tga"],
            plugins=plugins,
        )
    assert str(caught.value).split("\n") == [
        "--format: unknown format 'slahs'; did you mean 'slash'?",
        "--encoding: unknown encoding 'utf-88'; did you mean 'utf-8'?",
        "--tagset: unknown tagset 'hanpl'; did you mean 'hanlp'?",
        "--select: unknown rule or family 'TOY01'; did you mean 'TOY001'?",
        "--ignore: unknown rule or family 'unknown-tga'; did you mean 'unknown-tag'?",
    ]
