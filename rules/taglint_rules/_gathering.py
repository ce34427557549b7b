"""What the rules on the consistency of tags and of segmentation gather, once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.corpus.uncounted import Uncounted
from taglint.rules import Context

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint.tagsets import Tagset
    from taglint_rules.tags._stretches import Stretches


def gather(document: Document, context: Context) -> Uncounted[Contexts]:
    return Uncounted(document, _contexts)


def gather_stretches(document: Document, context: Context) -> Uncounted[Stretches]:
    return Uncounted(document, _stretches, context.tagset)


def _contexts(document: Document) -> Contexts:
    from taglint.corpus.contexts import contexts

    return contexts(document)


def _stretches(document: Document, tagset: Tagset | None) -> Stretches:
    from taglint_rules.tags._stretches import stretches

    return stretches(document, tagset)
