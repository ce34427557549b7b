"""The command line's entry point."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

TERMINATED = 128 + signal.SIGTERM


def main() -> None:
    from taglint.commands.group import run

    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(sys.argv[1:]))


def _stop(*_: object) -> NoReturn:
    """Told to stop, as by a CI job that ran out of time: what is half done is cleaned up."""
    raise SystemExit(TERMINATED)


if __name__ == "__main__":
    main()
