"""Decisions: what people ruled about findings, in a file that git merges.

A decision is keyed by content, never by path or line: by the tokens it is about and the letters
around them (a place), the forms beside them (a context), or the tokens alone (everywhere). The
file is a YAML list in one stable order, a decision a line, each line also JSON. So the decisions
of two people merge; where they rule differently about the same, both lines stay, neither is
obeyed, and the contradiction is a finding.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from taglint.corpus.files import replace_file
from taglint.corpus.lines import split_lines
from taglint.findings import TaglintError

HEAD = (
    "# Decisions about findings, a line each; taglint review writes them, every run obeys them.\n"
)


class Verdict(StrEnum):
    """`KEEP`: it is right as it is. `CHANGE`: the tokens become others. `ACCEPT`: apply what the
    rule proposes, for fixes of layout and characters that no tokens can state."""

    KEEP = "keep"
    CHANGE = "change"
    ACCEPT = "accept"


class Scope(StrEnum):
    """How far a decision reaches; the narrower one counts."""

    PLACE = "place"
    CONTEXT = "context"
    EVERYWHERE = "everywhere"


SCOPES = {
    Verdict.KEEP: tuple(Scope),
    Verdict.CHANGE: (Scope.PLACE, Scope.CONTEXT),
    Verdict.ACCEPT: (Scope.PLACE,),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One ruling.

    rule: the code of the rule it answers. tokens: what it is about, as `form/tag`; to: what they
    become. finding: fingerprint of the finding that was looked at; at: hash of the place. left and
    right: the forms beside the tokens, empty at the edge of a sentence. text: the place, for
    readers. by and on: who, and the day.
    """

    rule: str
    tokens: tuple[str, ...]
    verdict: Verdict
    scope: Scope
    to: tuple[str, ...] = ()
    finding: str = ""
    at: str = ""
    left: str = ""
    right: str = ""
    text: str = ""
    by: str = ""
    on: str = ""

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is about: decisions with one subject should have one outcome."""
        key = {
            Scope.PLACE: (self.at or self.finding,),
            Scope.CONTEXT: (self.left, self.right),
            Scope.EVERYWHERE: (),
        }[self.scope]
        return (self.rule, self.scope.value, *self.tokens, *key)

    @property
    def outcome(self) -> tuple[Verdict, tuple[str, ...]]:
        return self.verdict, self.to

    def sort_key(self) -> tuple[Any, ...]:
        return (self.rule, self.tokens, self.scope, *self.subject[2:], self.outcome, self.by)


FIELDS = tuple(item.name for item in fields(Decision))
LISTS = ("tokens", "to")


def line_of(decision: Decision) -> str:
    """The decision as JSON on one line, which is YAML, too, without fields that say nothing."""
    values = {name: getattr(decision, name) for name in FIELDS}
    kept = {name: value for name, value in values.items() if value or name == "tokens"}
    return _spelled(json.dumps(kept, ensure_ascii=False))


def _spelled(text: str) -> str:
    """With escapes for what no editor shows, and for lone surrogates, which no file holds."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)


def decision_of(values: Any) -> Decision:
    """Raises `ValueError` that says what is wrong."""
    if not isinstance(values, dict):
        raise ValueError("a decision is a mapping")
    unknown = values.keys() - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown key {sorted(map(str, unknown))[0]!r}")
    for name in ("rule", "verdict", "scope"):
        if name not in values:
            raise ValueError(f"{name!r} is missing")
    clean = {name: _clean(name, value) for name, value in values.items()}
    decision = Decision(
        **{"tokens": (), **clean}
        | {"verdict": Verdict(clean["verdict"]), "scope": Scope(clean["scope"])}
    )
    if decision.scope not in SCOPES[decision.verdict]:
        raise ValueError(f"{decision.verdict} cannot be for {decision.scope}")
    if (decision.verdict is Verdict.CHANGE) != bool(decision.to):
        raise ValueError("'to' goes with the verdict change")
    return decision


def _clean(name: str, value: Any) -> Any:
    if name not in LISTS:
        if isinstance(value, list | dict):
            raise ValueError(f"{name!r} is a text")
        return str(value)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name!r} is a list of form/tag")
    return tuple(value)


def parse(text: str, path: str) -> dict[Decision, int]:
    """The decisions of a file with their lines. Raises `TaglintError`.

    A conflict that git left is read as both of its sides: that is what decisions mean.
    """
    found: dict[Decision, int] = {}
    for number, line in _entries(text):
        try:
            found.setdefault(decision_of(json.loads(line)), number)
        except ValueError as error:
            if isinstance(error, json.JSONDecodeError):
                return _parse_yaml(text, path)
            raise TaglintError(f"{path}:{number}: no decision: {error}") from error
        except RecursionError as error:
            raise TaglintError(f"{path}:{number}: the values are nested too deeply") from error
    return found


def _entries(text: str) -> Iterator[tuple[int, str]]:
    base = False
    for number, line in enumerate(split_lines(text), 1):
        base = (base or line.startswith("|||||||")) and not line.startswith("=======")
        marker = line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        if line.strip() and not (base or marker or line.startswith("#")):
            yield number, line.removeprefix("- ")


def _parse_yaml(text: str, path: str) -> dict[Decision, int]:
    """A file that someone wrote by hand, in YAML of any style."""
    import yaml

    from taglint.configuration.nodes import syntax_mistake

    try:
        # All scalars are text: a form may look like a number or a date.
        items = yaml.load(text, yaml.BaseLoader)
        nodes = getattr(yaml.compose(text), "value", [])
    except yaml.YAMLError as error:
        raise TaglintError(str(syntax_mistake(error, path))) from error
    except RecursionError as error:
        raise TaglintError(f"{path}: the values are nested too deeply") from error
    if not isinstance(items, list):
        raise TaglintError(f"{path}: decisions are a list")
    found: dict[Decision, int] = {}
    for item, node in zip(items, nodes, strict=True):
        try:
            found.setdefault(decision_of(item), node.start_mark.line + 1)
        except ValueError as error:
            where = f"{path}:{node.start_mark.line + 1}"
            raise TaglintError(f"{where}: no decision: {error}") from error
    return found


def read_decisions(path: Path) -> dict[Decision, int]:
    """Nothing where there is no file. Raises `TaglintError` where it cannot be read."""
    try:
        return parse(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        raise TaglintError(f"{path}: cannot read the decisions: {why}") from error


def written(decisions: Iterable[Decision]) -> str:
    """One of those that rule the same about the same, in one order."""
    kept: dict[tuple[Any, ...], Decision] = {}
    for decision in sorted(decisions, key=Decision.sort_key):
        kept.setdefault((decision.subject, decision.outcome), decision)
    return HEAD + "".join(f"- {line_of(decision)}\n" for decision in kept.values())


def revise(path: Path, added: Iterable[Decision] = (), removed: Iterable[Decision] = ()) -> None:
    """Add and take out decisions. The file is read again first, as others write to it, too, and
    replaced at once: whoever is killed here leaves the old file or the new one."""
    gone = {(item.subject, item.outcome) for item in removed}
    known = [item for item in read_decisions(path) if (item.subject, item.outcome) not in gone]
    try:
        if not os.path.lexists(path):
            path.open("xb").close()
        replace_file(path, written([*known, *added]).encode("utf-8"))
    except OSError as error:
        raise TaglintError(f"{path}: cannot write the decisions: {error.strerror}") from error


def contradictions(decisions: Iterable[Decision]) -> list[list[Decision]]:
    """Decisions that rule differently about the same, or would change there and back."""
    groups: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
    for decision in decisions:
        groups[decision.subject].append(decision)
    found = [items for items in groups.values() if len({item.outcome for item in items}) > 1]
    return found + list(_circles(groups))


def _circles(groups: Mapping[tuple[str, ...], list[Decision]]) -> Iterator[list[Decision]]:
    """Pairs that undo each other: a place where `a` becomes `b`, and `b` becomes `a`."""
    moves: dict[tuple[Any, ...], Decision] = {}
    for decision in (item for items in groups.values() for item in items):
        if decision.verdict is Verdict.CHANGE:
            where = (decision.scope, decision.at, decision.left, decision.right)
            moves[where, decision.tokens, decision.to] = decision
    for (where, old, new), decision in moves.items():
        back = moves.get((where, new, old))
        if back is not None and old < new:
            yield [decision, back]
