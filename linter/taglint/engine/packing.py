"""Results as bytes and back: what the cache holds.

Reading a pickle can run any code, so only plain data is let through: NumPy arrays, and the data
classes, enumerations and named tuples of taglint and its plugins. A cache that somebody else wrote
can then give wrong findings, but do nothing.
"""

from __future__ import annotations

import io
import pickle
from collections import Counter
from collections.abc import Collection
from dataclasses import is_dataclass
from enum import Enum
from typing import Any
from zlib import crc32

NUMPY = frozenset(("_reconstruct", "ndarray", "dtype", "scalar", "_frombuffer"))
NUMPY_MODULES = ("numpy", "numpy.core.multiarray", "numpy._core.multiarray",
                 "numpy.core.numeric", "numpy._core.numeric")  # fmt: skip


def packed(value: Any, name: bytes = b"") -> bytes:
    """Nothing where a plugin's data cannot be packed. name: what it has to be asked for by."""
    return sealed(loose(value), name)


def loose(value: Any) -> bytes:
    """As `packed`, where the name is not known yet: to be `sealed`."""
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception:
        return b""


def sealed(data: bytes, name: bytes) -> bytes:
    return crc32(data, crc32(name)).to_bytes(4, "little") + data if data else b""


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
    if crc32(memoryview(data)[4:], crc32(name)) != int.from_bytes(data[:4], "little"):
        raise ValueError("damaged")
    try:
        # Bytes are shared with a file in memory, a part of them would be copied.
        file = io.BytesIO(data)
        file.seek(4)
        return _Plain(file, frozenset(packages)).load()
    except Exception as error:
        raise ValueError("not what was packed") from error


class _Plain(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, packages: frozenset[str]) -> None:
        super().__init__(file)
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
