"""Prints how many faults were injected and survived: `pytest tests/faults`."""

from __future__ import annotations

import pytest

from tests.faults import tally


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if tally.injected:
        terminalreporter.section("faults")
        for line in tally.lines():
            terminalreporter.write_line(line)
