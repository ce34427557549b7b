"""What installed YAML files hold, kept beside them as Python keeps compiled modules.

Parsing the tagsets takes a sixth of a run on a small file. Only files of packages are kept so:
a corpus's own folders are not written to.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from taglint.corpus.encoding import digest_of
from taglint.corpus.files import write_file

FOLDER = "__pycache__"
# Another one where what is made of a text is another.
MADE = b"2\n"


def parsed(path: Path, text: str, parse: Callable[[str], Any]) -> Any:
    """What `parse` makes of the text of an installed file; raises what that raises."""
    digest = digest_of(MADE + text.encode("utf-8")).hex()
    kept = path.parent / FOLDER / f"{path.name}.json"
    with suppress(OSError, ValueError, TypeError, RecursionError):
        known, value = json.loads(kept.read_bytes())
        if known == digest:
            return value
    value = parse(text)
    # Where Python writes nothing beside its modules, or elsewhere, nothing is written either.
    if not sys.dont_write_bytecode and sys.pycache_prefix is None:
        with suppress(OSError, ValueError, TypeError, RecursionError):
            _keep(kept, digest, value)
    return value


def _keep(kept: Path, digest: str, value: Any) -> None:
    data = json.dumps((digest, value), ensure_ascii=True, allow_nan=False).encode("ascii")
    # What JSON has no way to write, such as a number for a key, is parsed each time.
    if json.loads(data)[1] == value:
        kept.parent.mkdir(exist_ok=True)
        write_file(kept, data)
