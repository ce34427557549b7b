"""Programs from npm that read what taglint writes, installed once into pytest's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGES = (
    "@actions/core@3.0.1",
    "@microsoft/sarif-multitool@5.7.0",
    "@umbrelladocs/rdformat-validator@1.0.1",
    "danger-plugin-lint-report@1.8.1",
)
Node = Callable[..., str]


@pytest.fixture(scope="session")
def npm(request: pytest.FixtureRequest) -> Path:
    """The folder `node_modules`; tests are skipped where npm or its registry cannot be had."""
    cache = request.config.cache
    assert cache is not None
    home = cache.mkdir("taglint-npm")
    wanted = home / "-".join(name.rpartition("@")[2] for name in PACKAGES)
    if not wanted.exists():
        install(wanted)
    return wanted / "node_modules"


def install(wanted: Path) -> None:
    if not shutil.which("npm"):
        pytest.skip("needs npm")
    made = Path(tempfile.mkdtemp(dir=wanted.parent))
    (made / "package.json").write_text("{}")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    done = subprocess.run(command, cwd=made, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        shutil.rmtree(made)
        pytest.skip(f"npm could not install: {done.stderr.strip()[-200:]}")
    # Their scripts are not run; the one that is needed makes this file executable.
    for tool in made.glob("node_modules/@microsoft/*/Sarif.Multitool"):
        tool.chmod(0o755)
    try:
        made.rename(wanted)
    except OSError:  # another process was faster
        shutil.rmtree(made)


@pytest.fixture(scope="session")
def node(npm: Path) -> Node:
    """Runs a JavaScript module beside the packages; gives what it prints."""

    def call(script: str, *arguments: str, stdin: str = "", suffix: str = ".mjs") -> str:
        handle, name = tempfile.mkstemp(suffix=suffix, dir=npm.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(script)
        command = ["node", name, *arguments]
        done = subprocess.run(
            command, input=stdin, capture_output=True, encoding="utf-8", check=False
        )
        Path(name).unlink()
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call
