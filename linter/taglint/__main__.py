"""The command line's entry point."""

from __future__ import annotations

import gc
import signal
import sys
from typing import NoReturn

# Many objects are made and few circles of them: looking for those often takes a tenth of a run.
COLLECTED = (10_000, 20, 50)
TERMINATED = 128 + signal.SIGTERM


def main() -> None:
    from taglint.commands.group import run

    gc.freeze()
    gc.set_threshold(*COLLECTED)
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(sys.argv[1:]))


def _stop(*_: object) -> NoReturn:
    """Told to stop, as by a CI job that ran out of time: what is half done is cleaned up."""
    raise SystemExit(TERMINATED)


if __name__ == "__main__":
    main()
