"""`taglint server`: the language server, for editors."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import click

from taglint.findings import TaglintError
from taglint.interrupting import die


@click.command("server")
@click.option("--stdio", is_flag=True, help="Use standard input and output, as it always does.")
@click.option("-v", "--verbose", is_flag=True, help="Log every message to standard error.")
def command(stdio: bool, verbose: bool) -> int:
    """Serve an editor over the language server protocol.

    Editors start it; docs/editors.md says how. It needs `pip install 'taglint[server]'`.
    """
    from taglint.server.warming import warm_up
    from taglint.server.worker import Worker

    worker = Worker()
    try:
        # Loading pygls takes as long as loading what the first check needs.
        worker.begin(warm_up)
        from taglint.server.features import make_server
    except ModuleNotFoundError as error:
        worker.close()
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        advice = "the language server is not installed; run pip install 'taglint[server]'"
        raise TaglintError(advice) from error
    import logging

    logging.basicConfig(level=logging.DEBUG if verbose else logging.CRITICAL)
    server = make_server(worker)
    # A thread that waits for the next message does not hear of what is raised here.
    die()
    server.start_io(sys.stdin.buffer, _own_output())
    return server.status


def _own_output() -> BinaryIO:
    """Standard output for the protocol alone: what else is printed goes to standard error."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return stream
