"""What the rules on the consistency of tags and of segmentation gather, once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.rules import Context

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.tags._stretches import Stretches


def gather(document: Document, context: Context) -> Contexts:
    from taglint.corpus.contexts import contexts

    return contexts(document)


def gather_stretches(document: Document, context: Context) -> Stretches:
    from taglint_rules.tags._stretches import stretches

    return stretches(document, context.tagset)
