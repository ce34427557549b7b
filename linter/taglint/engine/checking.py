"""Calls the rules: on types, on a document, and the three steps of corpus rules.

A rule that raises, as only a faulty one does, ends the run with an error that names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import add
from typing import Any

from taglint.corpus.document import Document
from taglint.corpus.uncounted import counted
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.engine.places import finding
from taglint.engine.selection import Active, ActiveRules
from taglint.findings import Finding, TaglintError, cause
from taglint.formats.base import Format
from taglint.rules import Context, Problem, Rule

Verdict = list[tuple[Active, Problem]]
# A type rule, and what is called of it for each type, with what.
Asked = tuple[Active, Callable[[TokenType, Context], Problem | None], Context]


class TypeVerdicts:
    """What the type rules of one context say of each type; a type is judged once a process."""

    def __init__(self, active: Iterable[Active], vocabulary: Vocabulary) -> None:
        self.rules = tuple(active)
        self._vocabulary = vocabulary
        # By type id: whether it was judged.
        self._judged = bytearray()
        self._flagged: dict[int, Verdict] = {}
        self._plain: list[Asked] = []
        self._by_flaw: dict[str, list[Asked]] = {}
        for item in self.rules:
            assert item.rule.check_type is not None
            asked = item, item.rule.check_type, item.context
            if not item.rule.flaws:
                self._plain.append(asked)
            for flaw in item.rule.flaws:
                self._by_flaw.setdefault(flaw, []).append(asked)

    def flagged(self, type_ids: Collection[int]) -> dict[int, Verdict]:
        """The verdicts of those types that a rule objects to."""
        judged = self._judged
        judged.extend(bytes(len(self._vocabulary) - len(judged)))
        new = [index for index in type_ids if not judged[index]]
        if new:
            self._flagged |= self._judge(new)
            for index in new:
                judged[index] = True
        return {index: self._flagged[index] for index in self._flagged.keys() & type_ids}

    def _judge(self, new: list[int]) -> dict[int, Verdict]:
        """new: ids, ascending."""
        types, found = self._vocabulary.types, dict[int, Verdict]()
        # Most are what a document has brought into the vocabulary.
        run = range(new[0], new[-1] + 1)
        every = run if len(run) == len(new) else set(new)
        irregular = self._vocabulary.irregular().since(new[0])
        flawed = [index for index in irregular if index in every and types[index].flaw]
        well_formed = sorted({*new}.difference(flawed)) if flawed else new
        for asked in self._plain:
            self._ask(asked, self._among(asked, every, well_formed), found)
        for index in flawed:
            for asked in self._by_flaw.get(types[index].flaw, ()):
                self._ask(asked, (index,), found)
        return found

    def _among(self, asked: Asked, every: Collection[int], well_formed: list[int]) -> list[int]:
        """Those of some types that a rule may object to, as it says."""
        item, _, context = asked
        if item.rule.among is None:
            return well_formed
        try:
            among = item.rule.among(self._vocabulary, context)
        except Exception as error:
            raise failed(item.rule, "among types", error) from error
        if among is None:
            return well_formed
        types = self._vocabulary.types
        few = among.since(well_formed[0]) if well_formed else ()
        return [index for index in few if index in every and not types[index].flaw]

    def _ask(self, asked: Asked, type_ids: Iterable[int], found: dict[int, Verdict]) -> None:
        """Add what a rule says of types."""
        item, check, context = asked
        types, index = self._vocabulary.types, 0
        try:
            for index in type_ids:
                problem = check(types[index], context)
                if problem is not None:
                    found.setdefault(index, []).append((item, problem))
        except Exception as error:
            form, tag, *_ = types[index]
            raise failed(item.rule, f"on {_short(form)}/{_short(tag)}", error) from error


def check_document(
    document: Document, format_: Format, rules: ActiveRules, verdicts: TypeVerdicts
) -> list[Finding]:
    """The findings of type and document rules."""
    problems = [*_type_problems(document, verdicts), *_document_problems(document, rules.document)]
    return [finding(document, format_, active, problem) for active, problem in problems]


def _type_problems(document: Document, verdicts: TypeVerdicts) -> Iterator[tuple[Active, Problem]]:
    if not verdicts.rules:
        return
    flagged = verdicts.flagged(document.type_ids)
    ids = document.ids
    for place in document.places(flagged):
        for active, problem in flagged[ids[place]]:
            yield active, replace(problem, tokens=(place, place + 1))


def _document_problems(
    document: Document, rules: Iterable[Active]
) -> Iterator[tuple[Active, Problem]]:
    for active in rules:
        assert active.rule.check_document is not None
        try:
            for problem in active.rule.check_document(document, active.context):
                yield active, problem
        except Exception as error:
            raise failed(active.rule, f"in {document.path}", error) from error


def gathering(rule: Rule) -> str:
    """Names what a corpus rule gathers: rules with one `gather` function share its counts."""
    assert rule.gather is not None
    return f"{rule.gather.__module__}.{rule.gather.__qualname__}"


def added(parts: Sequence[Any]) -> Any:
    """The sum of counts. Those that can be added all at once say so by a method `merged`."""
    parts = counted(parts)
    if len(parts) == 1:
        return parts[0]
    merged = getattr(parts[0], "merged", None)
    if merged is not None:
        return merged(parts)
    if all(type(part) is Counter for part in parts):
        return _counted(parts)
    # Add neighbours, then the sums: one by one, the growing sum would be copied for each file.
    while len(parts) > 1:
        odd = parts[len(parts) & ~1 :]
        parts = [*map(add, parts[::2], parts[1::2]), *odd]
    return parts[0]


def _counted(parts: list[Counter[Any]]) -> Counter[Any]:
    """As adding them up, without a look at the whole sum for each part."""
    total = Counter(parts[0])
    for part in parts[1:]:
        total.update(part)
    return total


def gather(active: Active, document: Document) -> Any:
    """The counts of a corpus rule in one document."""
    assert active.rule.gather is not None
    try:
        return active.rule.gather(document, active.context)
    except Exception as error:
        raise failed(active.rule, f"in {document.path}", error) from error


def judge(active: Active, counts: Any) -> Any:
    """The verdicts of a corpus rule on the counts of all documents."""
    assert active.rule.judge is not None
    try:
        return active.rule.judge(added([counts]), active.context)
    except Exception as error:
        raise failed(active.rule, "on the counts of the corpus", error) from error


def locate(active: Active, document: Document, verdicts: Any) -> list[Problem]:
    """The problems that a corpus rule's verdicts are in one document."""
    assert active.rule.locate is not None
    try:
        return list(active.rule.locate(document, verdicts, active.context))
    except Exception as error:
        raise failed(active.rule, f"in {document.path}", error) from error


def failed(rule: Rule, where: str, error: Exception) -> TaglintError:
    return TaglintError(f"rule {rule.code} {rule.name} failed {where}: {cause(error)}")


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
