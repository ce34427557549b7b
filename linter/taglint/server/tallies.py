"""What the documents in memory know of a form: its tags, their counts and its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.server.view import View

# Tokens to either side in a concordance line.
AROUND = 6
Place = tuple[Document, int]


def tags_of(view: View, form: str) -> Counter[str]:
    """How often each tag of a form occurs in the corpus of a document."""
    types = view.project.session.loader.vocabulary.types
    counts: Counter[str] = Counter()
    for document in view.project.counted(view.path):
        for index in view.project.forms.types_of(form):
            if count := document.type_counts.get(index):
                counts[types[index].tag] += count
    return counts


def tag_counts(view: View) -> Counter[str]:
    """How often each tag occurs in the document."""
    assert view.document is not None
    types = view.document.vocabulary.types
    counts: Counter[str] = Counter()
    for index, count in view.document.type_counts.items():
        counts[types[index].tag] += count
    return counts


def places_of(view: View, form: str, tag: str | None = None) -> Iterator[Place]:
    """Where a form occurs, of one tag or of any: in the document, then in the others."""
    types = view.project.session.loader.vocabulary.types
    wanted = {
        index
        for index in view.project.forms.types_of(form)
        if tag is None or types[index].tag == tag
    }
    for document in view.project.counted(view.path):
        for place in document.places(wanted):
            yield document, place


def concordance(place: Place) -> tuple[str, str, str]:
    """The words before, at and behind a token within its sentence."""
    document, index = place
    sentence = document.sentence_tokens(document.sentence_of(index))
    before = range(max(sentence.start, index - AROUND), index)
    behind = range(index + 1, min(sentence.stop, index + 1 + AROUND))
    here = document.token(index)
    return _running(document, before), f"{here.form}/{here.tag}", _running(document, behind)


def _running(document: Document, tokens: range) -> str:
    """Forms joined as they are written: Chinese without blanks."""
    forms = [document.token(index).form for index in tokens]
    return (" " if all(form.isascii() for form in forms) else "").join(forms)
