"""A plugin with one rule and one format whose options are of every kind, for these tests."""

from collections import Counter
from collections.abc import Iterable, Sequence

from taglint.formats.base import Guess, Sample
from taglint.formats.delimited import Delimited
from taglint.plugins import Plugins, hookimpl
from taglint.rules import Option, Rule, Scope

RULE = Rule(
    code="TOY001",
    name="toy-rule",
    doc="A rule of these tests.",
    scope=Scope.DOCUMENT,
    options={
        "flag": Option(False, "a flag", kind="bool"),
        "count": Option(3, "a whole number", kind="int"),
        "share": Option(0.5, "a number", kind="float", most=1),
        "mode": Option("one", "a choice", choices=("one", "two")),
        "words": Option([], "a list", kind="list"),
    },
    check_document=lambda document, context: (),
)


class ToyFormat(Delimited):
    """`word#TAG`, never detected."""

    def guess(self, sample: Sample) -> Guess:
        return Guess(0.0, "")

    def tags(self, sample: Sample) -> Counter[str]:
        return Counter()


TOY_FORMAT = ToyFormat("toy", "word#TAG", "#", brackets=False, separator=" ")
TOY_FORMAT.options = {"width": Option(1, "a width", kind="int", least=0)}


class ToyPlugin:
    @hookimpl
    def taglint_rules(self) -> Iterable[Rule]:
        return [RULE]

    @hookimpl
    def taglint_formats(self) -> Sequence[ToyFormat]:
        return [TOY_FORMAT]


def toy_plugins() -> Plugins:
    return Plugins(extra=[ToyPlugin()], third_party=False)
