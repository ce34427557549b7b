"""Replaces files atomically: a reader sees the old bytes or the new ones, never a mixture."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """As `replace_file`, for a file that need not be there yet. Raises `OSError`."""
    if not os.path.lexists(path):
        with path.open("xb") as file:
            file.write(data)
    else:
        replace_file(path, data)


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` beside the file, then put it in its place with the same mode.

    A link stays a link: the file it leads to is replaced. Raises `OSError`, also for what is no
    file or may not be written; the file then is as it was.
    """
    target = _writable_file(path)
    # The leading dot keeps what a killed run leaves behind out of later runs.
    handle, name = tempfile.mkstemp(prefix=".taglint-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, name)
        _copy_owner(target, name)
        os.replace(name, target)  # noqa: PTH105 - both names are strings here
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def _writable_file(path: Path) -> Path:
    """Renaming needs no right to write to the file itself, so that is asked for here."""
    target = Path(os.path.realpath(path, strict=True))
    if not target.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return target


def _copy_owner(target: Path, name: str) -> None:
    """As far as the system has owners and lets this user set them."""
    if hasattr(os, "chown"):
        known = target.stat()
        with suppress(OSError):
            os.chown(name, known.st_uid, known.st_gid)
