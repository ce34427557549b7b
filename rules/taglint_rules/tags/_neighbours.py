"""What stands beside a token, for concordance lines like its own."""

from taglint.corpus.document import Document
from taglint.rules import Like


def likes(document: Document, token: int, *tags: str) -> tuple[Like, ...]:
    """Asks for lines of the token's form with each of the tags, between the same forms first."""
    within = document.sentence_tokens(document.sentence_of(token))
    form = document.token(token).form
    left = document.token(token - 1).form if token > within.start else ""
    right = document.token(token + 1).form if token + 1 < within.stop else ""
    return tuple(Like(form, tag, left, right) for tag in tags)
