"""taglint: a linter for part-of-speech tagged corpora."""

__version__ = "0.1.0"
