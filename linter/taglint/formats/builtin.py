"""The built-in formats, offered through the same hook as any plugin's."""

from __future__ import annotations

from taglint.formats.base import Format
from taglint.formats.conllu import CONLLU
from taglint.formats.slash import SLASH
from taglint.formats.underscore import UNDERSCORE
from taglint.formats.unspaced.format import UNSPACED
from taglint.formats.vertical import VERTICAL
from taglint.plugins import hookimpl


@hookimpl
def taglint_formats() -> list[Format]:
    return [SLASH, UNSPACED, CONLLU, UNDERSCORE, VERTICAL]
