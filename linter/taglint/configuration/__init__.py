"""Configuration: what is checked, how it is read, and which rules apply where."""

from taglint.configuration.loading import find, load
from taglint.configuration.model import (
    AUTO,
    DEFAULT_MIN_CONFIDENCE,
    Configuration,
    FileOptions,
    Override,
    path_spec,
    relative_to,
)
from taglint.configuration.overriding import with_options

__all__ = [
    "AUTO",
    "DEFAULT_MIN_CONFIDENCE",
    "Configuration",
    "FileOptions",
    "Override",
    "find",
    "load",
    "path_spec",
    "relative_to",
    "with_options",
]
