"""The rules that belong to the engine, offered through the same hook as any plugin's."""

from __future__ import annotations

from taglint.engine import contradicting_decisions, pending_decision
from taglint.plugins import hookimpl
from taglint.rules import Rule


@hookimpl
def taglint_rules() -> list[Rule]:
    return [pending_decision.RULE, contradicting_decisions.RULE]
