"""The pages that taglint shows in a browser, each one self-contained file: no network."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def part(name: str) -> str:
    """The text of a style sheet, script or page of this folder."""
    return (HERE / name).read_text("utf-8")
