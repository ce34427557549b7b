"""What a reviewer sees of a finding: its sentence, what is proposed, and the word elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from taglint.corpus.document import Document
from taglint.engine.deciding import located, pair
from taglint.engine.rulings import result
from taglint.findings import Applicability, Finding
from taglint.formats.base import running_text
from taglint.review.sitting import SCOPES, Sitting

# Tokens on either side: of the finding, and of a concordance line.
NEAR, BESIDE = 30, 6
LINES, FILES, TAGS = 4, 50, 12
Pairs = list[tuple[str, str]]


def overview(sitting: Sitting) -> dict[str, Any]:
    """All groups with their findings, in the order to go through."""
    findings = sitting.findings
    return {
        "groups": [
            {
                "code": findings[group.items[0]].code,
                "name": findings[group.items[0]].name,
                "severity": findings[group.items[0]].severity.value,
                "title": group.title,
                "items": [{"id": one, "decided": one in sitting.decided} for one in group.items],
            }
            for group in sitting.groups
        ],
        "file": str(sitting.path),
        "who": sitting.who.name,
    }


def detail(
    sitting: Sitting, number: int, paths: Sequence[str], counts: dict[str, Counter[str]]
) -> dict[str, Any]:
    """One finding with all that helps to rule about it."""
    item = sitting.findings[number]
    document = sitting.session.document(item.path)
    first, last = located(document, item)
    proposed = _proposed(sitting, document, item)
    fixable = item.fix is not None and item.fix.applicability is not Applicability.DISPLAY
    keys = ("path", "line", "column", "code", "name", "message", "confidence")
    return {
        "id": number,
        **{key: getattr(item, key) for key in keys},
        "severity": item.severity.value,
        **_sentence(document, first, last, NEAR),
        "fix": item.fix.as_json() if item.fix else None,
        "proposed": proposed,
        "acceptable": fixable,
        "reach": {scope: len(sitting.alike(number, scope)) for scope in SCOPES},
        "tags": _tags(sitting, document, first, last, counts, proposed),
        "concordance": [*_evidence(item), *_elsewhere(sitting, document, first, last, paths)],
    }


def _sentence(document: Document, first: int, last: int, near: int) -> dict[str, Pairs]:
    if not len(document):
        return {"before": [], "tokens": [], "after": []}
    home = document.sentence_tokens(document.sentence_of(min(first, len(document) - 1)))
    return {
        "before": _pairs(document, max(home.start, first - near), first),
        "tokens": _pairs(document, first, last),
        "after": _pairs(document, last, max(last, min(home.stop, last + near))),
    }


def _pairs(document: Document, first: int, last: int) -> Pairs:
    return [document.token(index)[:2] for index in range(first, last)]


def _proposed(sitting: Sitting, document: Document, item: Finding) -> dict[str, Pairs] | None:
    if item.fix is None:
        return None
    outcome = result(sitting.session, document, item, item.fix)
    if outcome is None:
        return None
    tokens, to = outcome
    return {"old": _pairs(document, *tokens), "to": [*map(pair, to)]}


def _tags(
    sitting: Sitting,
    document: Document,
    first: int,
    last: int,
    counts: dict[str, Counter[str]],
    proposed: dict[str, Pairs] | None,
) -> list[dict[str, Any]]:
    """Tags to choose from for a single token: proposed, borne elsewhere, then the tagset's own."""
    if last - first != 1:
        return []
    known = counts.get(document.token(first).form, Counter())
    names = [tag for _, tag in proposed["to"]] if proposed and len(proposed["to"]) == 1 else []
    tagset = sitting.session.plugins.tagset(document.tagset) if document.tagset else None
    borne = sorted(known.items(), key=lambda one: (-one[1], one[0]))
    names += [tag for tag, _ in borne if tagset is None or tag in tagset]
    common = sorted(tagset.frequencies.items(), key=lambda one: -one[1]) if tagset else []
    names = list(dict.fromkeys([*names, *(tag for tag, _ in common)]))[:TAGS]
    glosses = {name: tagset.find(name) if tagset else None for name in names}
    return [
        {"tag": name, "count": known[name], "gloss": gloss.zh or gloss.en if gloss else ""}
        for name, gloss in glosses.items()
    ]


def _evidence(item: Finding) -> Iterator[dict[str, Any]]:
    """The places that the rule itself names."""
    if item.evidence:
        lines = [
            {
                "before": [],
                "tokens": [],
                "after": [(place.text, "")],
                "path": place.path,
                "line": place.line,
            }
            for place in item.evidence
        ]
        yield {"title": "evidence", "lines": lines}


def _elsewhere(
    sitting: Sitting, document: Document, first: int, last: int, paths: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The same string as one token, with each of its tags in the corpus, a few places each."""
    form = running_text(document, first, last)
    if not form:
        return
    kinds = [index for index, kind in enumerate(document.vocabulary.types) if kind.form == form]
    lines: dict[str, list[dict[str, Any]]] = {}
    for path in paths[:FILES]:
        other = document if path == document.path else sitting.session.document(path)
        for kind in kinds:
            tag = document.vocabulary.types[kind].tag
            found = lines.setdefault(tag, [])
            places = other.places({kind})[: LINES - len(found)] if len(found) < LINES else []
            found += (
                _line(other, place) for place in places if (other, place) != (document, first)
            )
    for tag, found in lines.items():
        if found:
            yield {"title": f"{form}/{tag}", "lines": found}


def _line(document: Document, place: int) -> dict[str, Any]:
    line, _ = document.lines.position(document.span(place).start)
    near = _sentence(document, place, place + 1, BESIDE)
    return {**near, "path": document.path, "line": line}
