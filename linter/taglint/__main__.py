"""The command line's entry point."""

from __future__ import annotations

import sys


def main() -> None:
    from taglint.commands.group import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
