"""Replaces files atomically: a reader sees the old bytes or the new ones, never a mixture."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_file(path: Path, data: bytes) -> None:
    """As `replace_file`, for a file that need not be there yet. Raises `OSError`."""
    if os.path.lexists(path):
        replace_file(path, data)
    else:
        _put(path, data, None)


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` beside the file, then put it in its place with the same mode.

    A link stays a link: the file it leads to is replaced. Raises `OSError`, also for what is no
    file or may not be written; the file then is as it was.
    """
    target = _writable_file(path)
    _put(target, data, target)


def _put(target: Path, data: bytes, like: Path | None) -> None:
    """Write a file beside the target and rename it; with the mode and owner of `like`."""
    # The leading dot keeps what a killed run leaves behind out of later runs. The name is known
    # before the file is there, so that whatever stops this takes the file away again.
    name = str(target.parent / f".taglint-{os.urandom(8).hex()}.tmp")
    try:
        # Until it has the target's mode nobody else may read it.
        with os.fdopen(os.open(name, NEW, 0o600 if like else 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like:
            os.chmod(name, stat.S_IMODE(os.stat(like).st_mode))  # noqa: PTH101, PTH116
            _copy_owner(like, name)
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
