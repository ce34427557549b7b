"""What findings depend on besides the text of the corpus: the cache's entries are keyed by it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from taglint import __version__
from taglint.configuration import Configuration, FileOptions
from taglint.plugins import Plugins

READ = (".py", ".yaml", ".txt")


def packages_of(plugins: Plugins) -> list[str]:
    """The packages that rules and formats come from."""
    offered = (rule.gather or rule.check_document or rule.check_type or rule.check_suppression
               for rule in plugins.rules.values())  # fmt: skip
    modules = {function.__module__ for function in offered if function is not None}
    modules |= {type(item).__module__ for item in plugins.formats.values()}
    return sorted({module.partition(".")[0] for module in modules} | {"taglint"})


def signature(plugins: Plugins, configuration: Configuration) -> bytes:
    """A digest of the code, of the configuration, and of the files that the options name."""
    digest = blake2b(digest_size=16)
    digest.update(repr((__version__, sys.version, sorted(plugins.tagset_files.items()))).encode())
    for name in packages_of(plugins):
        for line in _sources(name):
            digest.update(line.encode("utf-8", "surrogatepass"))
    digest.update(repr((configuration.options, configuration.overrides)).encode("utf-8", "replace"))
    profiles = [configuration.options, *(item.changes for item in configuration.overrides)]
    for options in profiles:
        for name in ("tagset", "lexicon", "outside_lexicon"):
            known = isinstance(options, FileOptions)
            value = getattr(options, name) if known else dict(options).get(name)  # type: ignore[call-overload]
            digest.update(_content(str(value or "")))
    return digest.digest()


def _sources(package: str) -> Iterator[str]:
    """The files of a package with size and time: enough to see that it was changed."""
    file = getattr(sys.modules.get(package), "__file__", None)
    if file is None:
        return
    folders = [os.path.dirname(file)] if file.endswith("__init__.py") else []  # noqa: PTH120
    if not folders:
        yield _stamp(file)
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir() and entry.name != "__pycache__":
                    folders.append(entry.path)
                elif entry.name.endswith(READ):
                    yield _stamp(entry.path)


def _stamp(path: str) -> str:
    known = os.stat(path)  # noqa: PTH116 - for each source file, at every start
    return f"{path}\0{known.st_size}\0{known.st_mtime_ns}\n"


def _content(name: str) -> bytes:
    """The digest of a file that an option names, or the version of a package."""
    path = Path(name)
    if name and path.is_file():
        return blake2b(path.read_bytes(), digest_size=16).digest()
    if name and name.isidentifier():
        return _version(name).encode()
    return b""


def _version(package: str) -> str:
    """The name of an installed package's metadata, which has its version."""
    for folder in sys.path:
        for found in sorted(Path(folder).glob(f"{package}-*-info")):
            return found.name
    return ""
