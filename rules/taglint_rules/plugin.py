"""Offers every rule module below this package, and every tagset file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from taglint.plugins import hookimpl
from taglint.rules import Rule

HERE = Path(__file__).parent
FAMILIES = ("text", "tokens", "tags", "numbering", "segmentation", "suppressions")


@hookimpl
def taglint_rules() -> list[Rule]:
    return [import_module(name).RULE for name in _rule_modules()]


@hookimpl
def taglint_tagsets() -> list[Path]:
    return sorted((HERE / "tagsets").glob("*.yaml"))


def _rule_modules() -> Iterator[str]:
    """A module is a rule unless its name begins with an underscore."""
    for family in FAMILIES:
        for path in sorted((HERE / family).glob("[!_]*.py")):
            yield f"{__package__}.{family}.{path.stem}"
