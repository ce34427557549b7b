"""Whatever goes wrong at whatever step of writing: each file has its old bytes or its new ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.corpora import COMMAND, CORPUS, changed, contents, left, put
from tests.faults.tally import FAILING, WRITING
from tests.faults.tally import fault as injected

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the driver forks")
ROOT = Path(__file__).parents[2]


def runs(tmp_path: Path, fault: str) -> list[dict[str, Any]]:
    """A run without a fault, then one for each step at which it may strike."""
    pristine, work = put(tmp_path / "pristine"), tmp_path / "work"
    work.mkdir()
    command = [sys.executable, "-m", "tests.faults.driver", str(pristine), str(work), fault]
    done = subprocess.run(
        [*command, *COMMAND], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    fixed = contents(Path(found[0]["folder"]))
    assert {name for name in CORPUS if fixed[name] != CORPUS[name]} == {"a.txt", "b.txt", "c.txt"}
    assert len(found) > 20, "the driver no longer sees the steps of writing"
    for run in found:
        run["changed"] = changed(Path(run["folder"]), fixed)
    return found


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return runs(tmp_path_factory.mktemp("killed"), "kill")


@needs_fork
def test_killed_at_any_step_no_file_is_a_mixture(killed: list[dict[str, Any]]) -> None:
    for run in killed[1:]:
        with injected(WRITING):
            folder = Path(run["folder"])
            assert run["ended"] == -9
            # Nobody is left to take away the file that was being written; later runs pass it over.
            assert len(left(folder)) <= 1
            assert run["at"] > 1 or not run["changed"]


@needs_fork
def test_a_run_after_a_killed_one_finishes_the_work(
    killed: list[dict[str, Any]], tmp_path: Path
) -> None:
    fixed = contents(Path(killed[0]["folder"]))
    for number, run in enumerate(killed[1 :: len(killed) // 4]):
        folder = shutil.copytree(run["folder"], tmp_path / str(number))
        subprocess.run(
            [sys.executable, "-m", "taglint", *COMMAND], cwd=folder, check=False, timeout=60
        )
        assert contents(folder) == fixed


@needs_fork
def test_told_to_stop_it_leaves_nothing_behind(tmp_path: Path) -> None:
    for run in runs(tmp_path, "terminate")[1:]:
        with injected(WRITING):
            assert run["ended"] in (-15, 143), run
            assert not left(Path(run["folder"])), run


@needs_fork
@pytest.mark.parametrize(
    ("fault", "reason"), [("no-space", "No space left"), ("io-error", "Input/output error")]
)
def test_a_step_that_fails_is_said_and_the_other_files_are_fixed(
    tmp_path: Path, fault: str, reason: str
) -> None:
    harmless = 0
    for run in runs(tmp_path, fault)[1:]:
        with injected(FAILING):
            assert not left(Path(run["folder"])), run
            missed = {"a.txt", "b.txt", "c.txt"} - run["changed"]
            if missed:
                (name,) = missed
                assert run["ended"] == 2
                assert f"taglint: {name}: cannot write: {reason}" in run["said"]
            else:
                harmless += 1
    assert harmless < 10, "only what keeps the owner may fail without harm"
