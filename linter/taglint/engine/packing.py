"""Results as bytes and back: what the cache holds.

Reading a pickle can run any code, so only plain data is let through: NumPy arrays, and the data
classes, enumerations and named tuples of taglint and its plugins. A cache that somebody else wrote
can then give wrong findings, but do nothing.
"""

from __future__ import annotations

import io
import pickle
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from itertools import chain
from typing import Any
from zlib import crc32

# Whole numbers are so many bytes, and arrays at multiples of it are as fast as any.
WORD = 8
# Smaller arrays stand where they belong.
LARGE = 1 << 16
NUMPY = frozenset(("_reconstruct", "ndarray", "dtype", "scalar", "_frombuffer"))
NUMPY_MODULES = ("numpy", "numpy.core.multiarray", "numpy._core.multiarray",
                 "numpy.core.numeric", "numpy._core.numeric")  # fmt: skip


def packed(value: Any, name: bytes = b"") -> bytes:
    """Nothing where a plugin's data cannot be packed. name: what it has to be asked for by."""
    return sealed(loose(value), name)


def loose(value: Any) -> bytes:
    """As `packed`, where the name is not known yet: to be `sealed`.

    Large arrays stand behind all else, so that they need not be copied to be used: first the number
    of parts and the size of each, then the parts, each at a multiple of `WORD`.
    """
    large: list[pickle.PickleBuffer] = []

    def is_small(buffer: pickle.PickleBuffer) -> bool:
        if buffer.raw().nbytes < LARGE:
            return True
        large.append(buffer)
        return False

    try:
        body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL, buffer_callback=is_small)
    except Exception:
        return b""
    parts = [memoryview(body), *(buffer.raw() for buffer in large)]
    sizes = (len(parts), *map(len, parts))
    head = b"".join(size.to_bytes(WORD, "little") for size in sizes)
    return head + b"".join(chain.from_iterable((part, bytes(-len(part) % WORD)) for part in parts))


def sealed(data: bytes, name: bytes) -> bytes:
    return crc32(data, crc32(name)).to_bytes(WORD, "little") + data if data else b""


def flat(value: Any) -> bytes:
    """Equal bytes for equal plain data, however its parts came to be; not to be unpacked."""
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    # Else a string that occurs twice would differ from two equal ones.
    pickler.fast = True
    pickler.dump(value)
    return data.getvalue()


def unpacked(data: bytes, packages: Collection[str], name: bytes = b"") -> Any:
    """What `packed` was given. packages: those whose classes may occur.

    Raises `ValueError` for anything else.
    """
    if not (isinstance(data, bytes) and isinstance(name, bytes)):
        raise ValueError("no bytes")
    # A part of the bytes themselves would be copied.
    view = memoryview(data)
    if crc32(view[WORD:], crc32(name)) != int.from_bytes(data[:WORD], "little"):
        raise ValueError("damaged")
    try:
        body, *large = _parts(view)
        return _Plain(io.BytesIO(body), frozenset(packages), large).load()
    except Exception as error:
        raise ValueError("not what was packed") from error


def _parts(view: memoryview) -> Iterator[memoryview]:
    """The body and the large arrays."""
    number = int.from_bytes(view[WORD : 2 * WORD], "little")
    at = (2 + number) * WORD
    if at > len(view):
        raise ValueError("more parts than there is room for")
    for place in range(2 * WORD, at, WORD):
        size = int.from_bytes(view[place : place + WORD], "little")
        yield view[at : at + size]
        at += size + -size % WORD


class _Plain(pickle.Unpickler):
    def __init__(
        self, file: io.BytesIO, packages: frozenset[str], large: Iterable[memoryview]
    ) -> None:
        super().__init__(file, buffers=large)
        self._packages = packages

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "Counter"):
            return Counter
        if module in NUMPY_MODULES and name in NUMPY:
            return super().find_class(module, name)
        if module.partition(".")[0] in self._packages and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and _is_plain(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _is_plain(cls: type) -> bool:
    named_tuple = issubclass(cls, tuple) and hasattr(cls, "_fields")
    return is_dataclass(cls) or issubclass(cls, Enum) or named_tuple
