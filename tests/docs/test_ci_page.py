"""The services' files of docs/ci.md and action.yml: held against the services' own schemas, and
the action's script is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from taglint.configuration.ignoring import read_ignored
from taglint.plugins import Plugins

ROOT = Path(__file__).parents[2]
FILES = dict(
    re.findall(
        r"<!-- file: (\S+) -->\n```yaml\n(.*?)^```$",
        (ROOT / "docs" / "ci.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
)


def held_against(schema: str, path: Path, *more: str) -> None:
    pytest.importorskip("check_jsonschema", reason="needs pip install -e '.[dev]'")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *more]
    done = subprocess.run([*command, str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_valid() -> None:
    held_against("vendor.github-actions", ROOT / "action.yml")


@pytest.mark.parametrize(
    ("name", "schema", "more"),
    [
        (".github/workflows/corpus.yml", "vendor.github-workflows", ()),
        (".gitlab-ci.yml", "vendor.gitlab-ci", ("--data-transform", "gitlab-ci")),
    ],
)
def test_the_jobs_are_valid(tmp_path: Path, name: str, schema: str, more: tuple[str, ...]) -> None:
    path = tmp_path / Path(name).name
    path.write_text(FILES[name], "utf-8")
    held_against(schema, path, *more)


@pytest.mark.parametrize(
    "name", [name for name in FILES if name.endswith("pre-commit-config.yaml")]
)
def test_the_hooks_are_valid(tmp_path: Path, name: str) -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="needs pip install -e '.[dev]'")
    path = tmp_path / "config.yaml"
    path.write_text(FILES[name], "utf-8")
    config = clientlib.load_config(path)
    manifest = clientlib.load_manifest(ROOT / ".pre-commit-hooks.yaml")
    used = {hook["id"] for repo in config["repos"] for hook in repo["hooks"]}
    assert used <= {hook["id"] for hook in manifest}


def test_the_suppressions_load(tmp_path: Path) -> None:
    path = tmp_path / "ignore.yaml"
    path.write_text(FILES["corpus/.taglint-ignore.yaml"], "utf-8")
    _, entries = read_ignored(path, Plugins(third_party=False))
    assert len(entries) == 2 and all(entry.reason for entry in entries)


def test_the_action_uses_inputs_that_it_has() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])
    steps = yaml.safe_load(FILES[".github/workflows/corpus.yml"])["jobs"]["taglint"]["steps"]
    given = {key for step in steps if "taglint@" in step["uses"] for key in step["with"]}
    assert given <= set(action["inputs"])


def checked(folder: Path, **inputs: str) -> tuple[int, str]:
    """The action's check as the runner runs it; taglint is this one."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    step = action["runs"]["steps"][1]
    defaults = {name: item["default"] for name, item in action["inputs"].items()}
    values = {**defaults, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    given = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
        for name, text in step["env"].items()
    }
    tool = folder / "temp" / "taglint" / "bin" / "taglint"
    tool.parent.mkdir(parents=True, exist_ok=True)
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m taglint "$@"\n')
    tool.chmod(0o755)
    environment = {
        **os.environ, **given,
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }  # fmt: skip
    (folder / "step.sh").write_text(step["run"])
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(folder / "step.sh")],
        cwd=folder / "work",
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_action_annotates(tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "a corpus").mkdir(parents=True)
    (work / "a corpus" / "a.txt").write_text("昨天/t 下雨/vvn 。/w\n", "utf-8")
    (work / "b.txt").write_text("昨天/t 下雨/v 。/w\n", "utf-8")
    status, out = checked(
        tmp_path, paths="a corpus\nb.txt\n", args="--tagset pku98\n-q", sarif_file="r.sarif"
    )
    assert (status, out) == (
        1,
        "::error file=a corpus/a.txt,line=1,endLine=1,col=9,endColumn=12,title=TAG001 unknown-tag"
        "::tag vvn is not in the tagset pku98; nearest: vn, v, n\n",
    )
    assert (work / "r.sarif").read_text("utf-8").startswith('{"$schema"')
    assert "TAG001" in (tmp_path / "summary.md").read_text("utf-8")
    (work / "a corpus" / "a.txt").write_text("昨天/t 下雨/v 。/w\n", "utf-8")
    assert checked(tmp_path) == (0, "")
