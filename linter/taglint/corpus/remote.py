"""Files elsewhere, `s3://…`, `hdfs://…`, whatever fsspec reads. They are only read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from taglint.findings import TaglintError
from taglint.patterns import lazy

# A drive of Windows has one letter.
REMOTE = lazy(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_remote(name: str) -> bool:
    return REMOTE.match(name) is not None


def read_file(path: str) -> bytes:
    """The bytes of a file here or elsewhere.

    Raises `OSError`, and `TaglintError` where what reads such files is not installed.
    """
    if not is_remote(path):
        return Path(path).read_bytes()
    system, name = _system(path)
    try:
        data: bytes = system.cat_file(name)
    except OSError:
        raise
    except Exception as error:
        # Each file system has errors of its own.
        raise OSError(None, f"cannot be read: {error}") from error
    return data


def remote_files(name: str) -> list[str]:
    """The file of this name, those in the folder, or those that match the pattern, sorted.

    Raises `TaglintError` where that cannot be found out.
    """
    system, path = _system(name)
    try:
        if system.isfile(path):
            return [name]
        found = system.glob(path) if "*" in path or "?" in path else system.find(path)
        return sorted(system.unstrip_protocol(each) for each in found if system.isfile(each))
    except Exception as error:
        raise TaglintError(f"{name}: cannot be listed: {error}") from error


def _system(name: str) -> tuple[Any, str]:
    """A file system of fsspec, and the path in it."""
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(name)
    except (ImportError, ValueError) as error:
        advice = "run pip install 'taglint[remote]', and what it says"
        raise TaglintError(f"{name}: {error}; {advice}") from error
    return system, path
