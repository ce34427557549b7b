"""Which rules apply to a file, with which severity and options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taglint.configuration import FileOptions
from taglint.findings import Finding, Severity
from taglint.formats.base import Format
from taglint.lexicon import load_lexicon
from taglint.outside import require_outside_lexicon
from taglint.rules import ALL, Context, Rule, Scope
from taglint.tagsets import Tagset


@dataclass(frozen=True)
class Active:
    """A rule as it applies to one file."""

    rule: Rule
    severity: Severity
    context: Context


@dataclass(frozen=True)
class ActiveRules:
    """The rules of one file, by scope."""

    type: tuple[Active, ...]
    document: tuple[Active, ...]
    corpus: tuple[Active, ...]
    suppression: tuple[Active, ...]


def active_rules(
    rules: Mapping[str, Rule], options: FileOptions, format_: Format, tagset: Tagset | None
) -> ActiveRules:
    """The rules that apply to a file of this format and tagset."""
    chosen = [rule for rule in select(rules, options) if rule.applies_to(format_.name)]
    active = [activate(rule, options, format_.name, tagset) for rule in chosen]
    return ActiveRules(*(_of_scope(active, scope) for scope in Scope))


def select(rules: Mapping[str, Rule], options: FileOptions) -> list[Rule]:
    """The selected rules in order of code.

    The most specific selector decides (a code or name beats a family, which beats `ALL`); of two
    as specific, ignoring wins.
    """
    chosen = []
    for rule in rules.values():
        on = specificity(rule, options.select) if options.select is not None else int(rule.default)
        on = max(on, specificity(rule, options.extend_select))
        if on > specificity(rule, options.ignore):
            chosen.append(rule)
    return chosen


def specificity(rule: Rule, selectors: Iterable[str]) -> int:
    """How narrowly selectors name a rule: 0 not at all, 1 by `ALL`, 2 by family, 3 by itself."""
    best = 0
    for selector in selectors:
        if selector in (rule.code, rule.name):
            return 3
        if selector == rule.family:
            best = 2
        elif selector == ALL:
            best = max(best, 1)
    return best


def names_of(item: Finding) -> set[str]:
    """All selectors that name a finding's rule."""
    return {ALL, item.code, item.name, item.code.rstrip("0123456789")}


def activate(rule: Rule, options: FileOptions, format_name: str, tagset: Tagset | None) -> Active:
    """A rule with the severity and options that the configuration gives it."""
    given = {**options.rules.get(rule.name, {}), **options.rules.get(rule.code, {})}
    severity = options.severity.get(rule.code) or options.severity.get(rule.name) or rule.severity
    outside = options.outside_lexicon
    if outside is not None:
        require_outside_lexicon(outside)
    lexicon = load_lexicon(options.lexicon) if options.lexicon else None
    context = Context(
        format_name,
        tagset,
        {**rule.defaults, **given},
        outside=outside,
        lexicon=lexicon,
        min_confidence=options.min_confidence,
    )
    return Active(rule, severity, context)


def _of_scope(active: Iterable[Active], scope: Scope) -> tuple[Active, ...]:
    return tuple(item for item in active if item.rule.scope is scope)
