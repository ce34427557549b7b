"""The command line's entry point."""

from __future__ import annotations

import gc
import os
import sys

# `python -m` would import what lies in this folder: a corpus from elsewhere could run code.
if __name__ == "__main__" and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109
    del sys.path[0]

from taglint.interrupting import INTERRUPTED, abandon, die, leave, obey
from taglint.processor import prepare_numpy

# Many objects are made and few circles of them: looking for those often takes a tenth of a run.
COLLECTED = (50_000, 20, 50)


def program() -> None:
    """As `main`, which is for use within another program; ends this process at once if it can."""
    try:
        main()
    except SystemExit as ended:
        abandon(ended.code)
        raise


def main() -> None:
    try:
        obey()
        status = _run()
        die()
    except KeyboardInterrupt:
        die()
        print("taglint: interrupted", file=sys.stderr)
        status = INTERRUPTED
    leave(status)


def _run() -> int:
    prepare_numpy()
    from taglint.commands.group import run

    gc.freeze()
    gc.set_threshold(*COLLECTED)
    return run(sys.argv[1:])


if __name__ == "__main__":
    program()
