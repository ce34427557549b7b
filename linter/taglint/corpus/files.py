"""Replaces files atomically: a reader sees the old bytes or the new ones, never a mixture."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` beside the file, then put it in its place with the same mode.

    Raises `OSError`; the file then is as it was.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, name)
        os.replace(name, target)  # noqa: PTH105 - both names are strings here
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise
