"""Runs a rule's examples through the engine, for the tests of rules here and in plugins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from taglint.configuration import AUTO, Configuration, FileOptions
from taglint.engine.filtering import Run, filtered
from taglint.engine.fixing import fix_all
from taglint.engine.session import Session
from taglint.engine.suppressing import Suppressions
from taglint.findings import Applicability, Finding
from taglint.plugins import Plugins, installed
from taglint.report import Report
from taglint.rules import ALL, Example, Rule, Scope

PATH = "example"
APPLIED = (Applicability.SAFE, Applicability.UNSAFE)


@dataclass(frozen=True)
class Outcome:
    """What a rule made of an example: findings, the texts under them, and the text fixed."""

    findings: tuple[Finding, ...]
    found: tuple[str, ...]
    fixed: str


def run_example(rule: Rule, example: Example, plugins: Plugins | None = None) -> Outcome:
    """Check an example with this rule alone, then apply all its fixes."""
    with TemporaryDirectory() as folder:
        return _run(example_session(rule, example, plugins or installed(), folder), rule)


def _run(session: Session, rule: Rule) -> Outcome:
    report = _checked(session, rule)
    text = session.text(PATH)
    fixed = fix_all(session, lambda: _checked(session, rule), APPLIED)
    assert not fixed.refused, f"{rule.code}: a fix was refused that would change the running text"
    assert not fixed.warnings, fixed.warnings
    return Outcome(
        findings=tuple(report.findings),
        found=tuple(text[item.start : item.end] for item in report.findings),
        fixed=session.text(PATH),
    )


def _checked(session: Session, rule: Rule) -> Report:
    """The findings of the rule alone; rules about suppressions need those of the others."""
    report = session.check([PATH])
    if rule.scope is Scope.SUPPRESSION:
        report = filtered(report, [Suppressions()], Run(session))
        report.findings = [item for item in report.findings if item.code == rule.code]
    return report


def example_session(rule: Rule, example: Example, plugins: Plugins, folder: str) -> Session:
    """A session that knows only the example; its lexicons are put into the folder."""
    options = FileOptions(
        format=example.format,
        tagset=example.tagset or AUTO,
        lexicon=_lexicon(example.lexicon, Path(folder, "lexicon.tsv")),
        outside_lexicon=_lexicon(example.outside, Path(folder, "words.tsv")),
        select=(ALL,) if rule.scope is Scope.SUPPRESSION else (rule.code,),
        rules={rule.code: dict(example.options)},
        min_confidence=0.0,
    )
    data = example.data if example.data is not None else example.text.encode("utf-8")
    return Session(plugins, Configuration(options=options), lambda path: data)


def _lexicon(text: str, path: Path) -> str | None:
    if not text:
        return None
    path.write_text(text, "utf-8")
    return str(path)
