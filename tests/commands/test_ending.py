"""How the process ends: at once, but with all that was to be said and done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import atexit, sys
from taglint.__main__ import program
atexit.register(print, "at the end")
{more}
sys.argv = ["taglint", "check", "--isolated", "--no-cache", "a.txt"]
program()
"""


def ended(folder: Path, more: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "a.txt").write_text("今天/t 下／v 雨/n 。/w\n" * 500, "utf-8")
    command = [sys.executable, "-c", PROGRAM.format(more=more)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def test_what_is_to_be_done_at_the_end_is_done_and_all_is_written(tmp_path: Path) -> None:
    done = ended(tmp_path)
    assert done.returncode == 1 and not done.stderr
    assert done.stdout.count("a.txt:") == 500 and done.stdout.endswith("at the end\n")


def test_it_does_not_wait_to_take_its_memory_apart(tmp_path: Path) -> None:
    more = "class Kept:\n    def __del__(self):\n        print('taken apart')\nkept = Kept()"
    assert "taken apart" not in ended(tmp_path, more).stdout


def test_threads_are_waited_for(tmp_path: Path) -> None:
    more = "import threading, time\n" + (
        "threading.Thread(target=lambda: (time.sleep(1), print('a thread is done'))).start()"
    )
    done = ended(tmp_path, more)
    assert done.returncode == 1 and "a thread is done\nat the end\n" in done.stdout


def test_a_profiler_has_its_say() -> None:
    command = [sys.executable, "-m", "cProfile", "-m", "taglint", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.startswith("taglint ") and "function calls" in done.stdout
