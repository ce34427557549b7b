"""The real pre-commit on fresh repositories, with this checkout as the source of its hooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "linter", "rules")
OFFLINE = ("No matching distribution", "Could not find a version", "connection", "timed out")


def git(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    done = run(["git", *who, *arguments], folder, environment)
    assert done.returncode == 0, done.stdout
    return done.stdout


def run(
    command: Sequence[str], folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command with what it prints, errors included, as one text."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@dataclass(frozen=True)
class Source:
    """A repository with the hooks, and where pre-commit has installed them.

    seconds: of processor time that installing took.
    """

    path: Path
    commit: str
    home: Path
    seconds: float

    @property
    def environment(self) -> dict[str, str]:
        """As a shell has it: pre-commit and git found, nothing of this test run."""
        unset = ("CI", "FORCE_COLOR", "NO_COLOR", "PRE_COMMIT", "COLUMNS", "PYTHONPATH")
        kept = {key: value for key, value in os.environ.items() if key not in unset}
        path = os.pathsep.join((str(Path(sys.executable).parent), kept["PATH"]))
        return {**kept, "PRE_COMMIT_HOME": str(self.home), "PATH": path}


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    pytest.importorskip("pre_commit", reason="needs pip install -e '.[dev]'")
    folder = tmp_path_factory.mktemp("hooks")
    path = folder / "source"
    path.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, path / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, path / name)
    git(path, "init", "-q")
    git(path, "add", "-A")
    git(path, "commit", "-q", "-m", "x")
    commit = git(path, "rev-parse", "HEAD").strip()
    return installed(Source(path, commit, folder / "home", 0.0), folder / "first")


def installed(source: Source, folder: Path) -> Source:
    """The source after pre-commit has installed its hooks from a repository that uses them."""
    repository = Repository(folder, source)
    repository.hooks("taglint")
    began = spent()
    done = repository.pre_commit("install-hooks")
    seconds = spent() - began
    if done.returncode and any(sign in done.stdout for sign in OFFLINE):
        pytest.skip("the packages that the hooks need cannot be had")
    assert done.returncode == 0, done.stdout
    return Source(source.path, source.commit, source.home, seconds)


def spent() -> float:
    """Seconds of processor time of all processes that this one has waited for."""
    times = os.times()
    return times.children_user + times.children_system


class Repository:
    """A corpus under git that uses the hooks."""

    def __init__(self, folder: Path, source: Source) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.source = source
        self.git("init", "-q")
        self.write(".taglint.yaml", "{corpus: [.], tagset: pku98}\n")

    def git(self, *arguments: str) -> str:
        return git(self.folder, *arguments, environment=self.source.environment)

    def write(self, name: str, text: str, encoding: str = "utf-8") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def hooks(self, *names: str, **settings: str) -> None:
        """Use these hooks, with these settings in all of them, written as YAML."""
        lines = [f"- repo: {self.source.path}", f"  rev: {self.source.commit}", "  hooks:"]
        for name in names:
            lines.append(f"  - id: {name}")
            lines += (f"    {key}: {value}" for key, value in settings.items())
        text = "\n".join(["repos:", *lines, ""])
        self.write(".pre-commit-config.yaml", text)

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", *arguments]
        return run(command, self.folder, self.source.environment)

    def committed(self) -> None:
        """Everything as it is, past the hooks."""
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "-m", "x")

    def commit(self) -> subprocess.CompletedProcess[str]:
        """What a person does: add and commit."""
        self.git("add", "-A")
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        command = ["git", *who, "commit", "-m", "x"]
        return run(command, self.folder, self.source.environment)


@pytest.fixture
def repository(source: Source, tmp_path: Path) -> Repository:
    """An empty corpus in a fresh repository, with git's own hook in place."""
    made = Repository(tmp_path / "corpus", source)
    done = made.pre_commit("install")
    assert done.returncode == 0, done.stdout
    return made
