"""What can be done before the first document is opened."""

from __future__ import annotations

from taglint.configuration import Configuration
from taglint.corpus.encoding import Source
from taglint.engine.session import Session
from taglint.plugins import installed

TEXTS = {"spaced": "今天/t 天气/n 好/a", "unspaced": "今天/t天气/n很/d好/a，/w我们/r走/v吧/y"}


def warm_up() -> None:
    """Load what the first check needs: rules, tagsets, the statistics of unspaced text."""
    session = Session(installed(), Configuration())
    for name, text in TEXTS.items():
        session.edit(name, text, Source("utf-8"))
    session.check(list(TEXTS))
