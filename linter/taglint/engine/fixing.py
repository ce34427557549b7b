"""Applies fixes until nothing more is to be fixed; one that does what it may not is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from taglint.corpus.document import Document
from taglint.corpus.encoding import write
from taglint.corpus.files import replace_file
from taglint.corpus.remote import is_remote
from taglint.engine.loading import NotACorpus
from taglint.engine.proofs import edited, keeps_others, keeps_text
from taglint.engine.session import Session
from taglint.findings import Applicability, Edit, Finding, Fix, TaglintError
from taglint.report import FileError, Report

MOST_ROUNDS = 20


@dataclass
class Fixed:
    """What fixing came to: the last report, and for each changed path its text before.

    refused: findings whose fix failed its proof on the text as it is in the end. outdated: paths
    of which some were refused on an earlier text. unstable: paths with fixes that more rounds would
    have applied.
    """

    report: Report
    before: dict[str, str] = field(default_factory=dict)
    applied: dict[str, int] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)
    outdated: set[str] = field(default_factory=set)
    unstable: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def fix_all(
    session: Session,
    check: Callable[[], Report],
    allowed: Collection[Applicability],
) -> Fixed:
    """Fix in memory, round by round, until a check offers nothing more. Writes no file.

    Fixes that are left in the report are for display where the same run again gets no further.
    """
    outcome = _fixed(session, check, allowed)
    outcome.report.findings = [
        item if item.path in outcome.unstable else _only_shown(item, allowed)
        for item in outcome.report.findings
    ]
    return outcome


def _only_shown(item: Finding, allowed: Collection[Applicability]) -> Finding:
    if item.fix is None or item.fix.applicability not in allowed:
        return item
    return replace(item, fix=replace(item.fix, applicability=Applicability.DISPLAY))


def _fixed(
    session: Session,
    check: Callable[[], Report],
    allowed: Collection[Applicability],
) -> Fixed:
    outcome = Fixed(check())
    seen: dict[str, dict[str, int]] = {}
    closed: set[str] = set()
    for _ in range(MOST_ROUNDS):
        todo = _by_path(outcome.report.findings, allowed, closed)
        changed = [_fix_file(session, path, todo[path], outcome, seen, closed) for path in todo]
        if not any(changed):
            return outcome
        outcome.report = check()
    outcome.unstable = sorted(_by_path(outcome.report.findings, allowed, closed))
    outcome.warnings += (
        f"{path}: still not stable after {MOST_ROUNDS} rounds" for path in outcome.unstable
    )
    return outcome


def _by_path(
    findings: Iterable[Finding], allowed: Collection[Applicability], closed: Collection[str]
) -> dict[str, list[Finding]]:
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fix and finding.fix.applicability in allowed and finding.path not in closed:
            by_path.setdefault(finding.path, []).append(finding)
    return by_path


def _fix_file(
    session: Session,
    path: str,
    findings: Sequence[Finding],
    outcome: Fixed,
    seen: dict[str, dict[str, int]],
    closed: set[str],
) -> bool:
    """One round on one file. False where nothing could be applied.

    seen: the texts that each file had, with the number of fixes applied by then.
    """
    document = _as_checked(session, path)
    if document is None:
        session.reload(path)
        return True
    applied = _applicable(session, document, findings, outcome.refused)
    if not applied and path in outcome.outdated:
        # What an earlier text forbade this one may allow: a second run would try it, too.
        outcome.outdated.discard(path)
        outcome.refused = [item for item in outcome.refused if item.path != path]
        applied = _applicable(session, document, findings, outcome.refused)
    if not applied:
        return False
    text = edited(document.text, _fixes(applied))
    history = seen.setdefault(path, {document.text: 0})
    outcome.before.setdefault(path, document.text)
    if text in history:
        codes = ", ".join(sorted({item.code for item in applied}))
        outcome.warnings.append(f"{path}: the fixes of {codes} undo each other; stopped there")
        closed.add(path)
        _go_back(session, document, text, history, outcome)
        return True
    outcome.applied[path] = outcome.applied.get(path, 0) + len(applied)
    history[text] = outcome.applied[path]
    session.edit(path, text, document.source, recount=True)
    outcome.outdated |= {item.path for item in outcome.refused if item.path == path}
    return True


def _as_checked(session: Session, path: str) -> Document | None:
    """The document that the findings are of; None where its file was written to since then, and
    has to be checked again."""
    try:
        document = session.document(path)
    except (OSError, NotACorpus):
        return None
    return None if session.is_outdated(document) else document


def _go_back(
    session: Session, document: Document, text: str, history: dict[str, int], outcome: Fixed
) -> None:
    """Leave a file where it came into the circle: from there a second run comes back there, too."""
    path = document.path
    outcome.applied[path] = history[text]
    if not history[text]:
        del outcome.applied[path], outcome.before[path]
    session.edit(path, text, document.source)


def _cause(finding: Finding) -> tuple[str, str, str]:
    """What a refusal is remembered by; places change with every round."""
    return finding.path, finding.code, finding.fingerprint


def _applicable(
    session: Session, document: Document, findings: Sequence[Finding], refused: list[Finding]
) -> list[Finding]:
    """What to apply this round. A refused fix makes room for those that it overlaps."""
    while True:
        known = set(map(_cause, refused))
        wanted = [item for item in findings if _cause(item) not in known]
        before = len(refused)
        applied = apply_proven(session, document, without_overlaps(wanted), refused)
        if applied or len(refused) == before:
            return applied


def without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes can be applied together: of two that overlap, the first stays."""
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in sorted(findings, key=lambda item: (_extent(item), item.code)):
        extent = _extent(finding)
        if taken and _touches(taken[-1], extent):
            continue
        kept.append(finding)
        taken.append(extent)
    return kept


def apply_proven(
    session: Session, document: Document, findings: Sequence[Finding], refused: list[Finding]
) -> list[Finding]:
    """The findings whose fixes do what they may; those of the others are refused."""
    rules = session.plugins.rules
    free = [item for item in findings if rules[item.code].changes_text]
    bound = [item for item in findings if not rules[item.code].changes_text]
    # A round takes either kind, so that the proof is of the text that is written.
    return _proven(partial(keeps_text, session, document), bound, refused) or _proven(
        partial(keeps_others, session, document), free, refused
    )


def _proven(
    holds: Callable[[list[Fix]], bool], findings: Sequence[Finding], refused: list[Finding]
) -> list[Finding]:
    """Halve until the offenders are found: one decoding where there are none, as usual."""
    if not findings or holds(_fixes(findings)):
        return list(findings)
    if len(findings) == 1:
        refused.append(findings[0])
        return []
    middle = len(findings) // 2
    left = _proven(holds, findings[:middle], refused)
    right = _proven(holds, findings[middle:], refused)
    # Two fixes may each do no harm and not do so together: then one half waits its turn.
    together = not left or not right or holds(_fixes([*left, *right]))
    return [*left, *right] if together else left


def _fixes(findings: Iterable[Finding]) -> list[Fix]:
    return [item.fix for item in findings if item.fix]


def write_fixed(
    session: Session,
    fixed: Fixed,
    skip: str | None = None,
    named: Collection[str] = (),
    configured: bool = False,
) -> list[FileError]:
    """Replace the changed files, each atomically, and say which could not be replaced.

    Neither may a link that was found in a folder, not `named`, have a file outside of the project
    replaced, nor a configuration where all files are `configured`.
    """
    errors: list[FileError] = []
    for path in fixed.before:
        if path == skip:
            continue
        if is_remote(path):
            errors.append(FileError(path, "is elsewhere, where files are only read; not fixed"))
            continue
        is_link = Path(path).is_symlink()
        unnamed = configured or (is_link and path not in named)
        if unnamed and not session.configuration.owns(path):
            what = "a link that leads out of" if is_link else "outside of"
            message = f"{what} the project; not fixed (name it to have it fixed)"
            errors.append(FileError(path, message))
            continue
        try:
            replace_file(Path(path), encoded(session, path, fixed.before[path])[1])
        except OSError as error:
            errors.append(FileError(path, f"cannot write: {error.strerror or error}; not fixed"))
        except TaglintError as error:
            errors.append(FileError(path, str(error)))
    return errors


def encoded(session: Session, path: str, before: str) -> tuple[bytes, bytes]:
    """The bytes of a fixed path as they were and as they will be.

    Raises `TaglintError` where writing the old text would not give the old bytes: then bytes
    outside the edits could change too.
    """
    text, source = session.edited[path]
    old = session.loader.read_bytes(path)
    if write(before, source) != old:
        raise TaglintError("changed while it was read, or not written back exactly; not fixed")
    return old, write(text, source)


def _extent(finding: Finding) -> tuple[int, int]:
    edits: tuple[Edit, ...] = finding.fix.edits if finding.fix else ()
    return min(edit.start for edit in edits), max(edit.end for edit in edits)


def _touches(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether extents overlap; two insertions at one place do."""
    return right[0] < left[1] or right == left or (right[0] == right[1] == left[1])
