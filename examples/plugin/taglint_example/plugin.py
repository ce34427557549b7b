"""What the plugin offers: taglint calls these hooks by name."""

from pathlib import Path

from taglint.plugins import hookimpl
from taglint.reporters.base import Reporter
from taglint.rules import Rule
from taglint_example import long_form
from taglint_example.tsv import Tsv


@hookimpl
def taglint_rules() -> list[Rule]:
    return [long_form.RULE]


@hookimpl
def taglint_tagsets() -> list[Path]:
    return [Path(__file__).parent / "tagsets" / "toy.yaml"]


@hookimpl
def taglint_reporters() -> list[Reporter]:
    return [Tsv()]
