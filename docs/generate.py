"""Writes the parts of the documentation that come from the code.

python docs/generate.py            write them
python docs/generate.py --check    fail if they are not current
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from consoles import with_consoles

from taglint.commands.rule import facts, shown
from taglint.configuration.schema import markdown
from taglint.plugins import Plugins
from taglint.rules import Rule

ROOT = Path(__file__).parents[1]
# The pages with commands and what they print.
PAGES = ("ci.md", "fixing.md", "formats-and-tagsets.md", "lexicons.md", "output.md")
FAMILIES = {
    "DEC": "decisions",
    "TXT": "bytes and characters",
    "TOK": "malformed tokens",
    "TAG": "tags",
    "NUM": "numbering",
    "SEG": "segmentation",
    "SUP": "suppressions",
}


def main() -> int:
    plugins = Plugins(third_party=False)
    wanted = {
        ROOT / "README.md": with_blocks(
            ROOT / "README.md",
            rules=table(plugins),
            weather=printed("check", "examples/weather.txt", "--output-format", "full"),
            concise=printed("check", "examples"),
        ),
        ROOT / "docs" / "configuration.md": with_blocks(
            ROOT / "docs" / "configuration.md", keys=markdown(plugins).splitlines()
        ),
        ROOT / "docs" / "rules.md": "\n".join(manuals(plugins)) + "\n",
        **{ROOT / "docs" / name: with_consoles(read(ROOT / "docs" / name)) for name in PAGES},
    }
    stale = [path for path, text in wanted.items() if read(path) != text]
    if "--check" not in sys.argv:
        for path in stale:
            path.write_text(wanted[path], "utf-8")
        return 0
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not current: run python docs/generate.py")
    return 1 if stale else 0


def read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def with_blocks(path: Path, **blocks: Iterable[str]) -> str:
    """The text of a file with its generated blocks written anew, each given as lines."""
    text = read(path)
    for name, lines in blocks.items():
        start, end = f"<!-- {name}: generated -->", f"<!-- {name}: end -->"
        block = "\n".join((start, *lines, end))
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        text = pattern.sub(lambda _, block=block: block, text)  # type: ignore[misc]
    return text


def printed(*arguments: str) -> Iterator[str]:
    """A command and what it prints, as a block of text."""
    yield "```text"
    yield f"$ taglint {' '.join(arguments)}"
    command = [sys.executable, "-m", "taglint", *arguments, "--isolated", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    yield from done.stdout.splitlines()
    yield "```"


def table(plugins: Plugins) -> Iterator[str]:
    yield "| code | name | finds | on | fix |"
    yield "|---|---|---|---|---|"
    for rule in plugins.rules.values():
        on = "yes" if rule.default else ""
        finds = rule.summary.rstrip(".").replace("|", "\\|")
        yield f"| {rule.code} | {rule.name} | {finds} | {on} | {rule.fix or ''} |"


def manuals(plugins: Plugins) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "Generated from the rules' modules by `python docs/generate.py`."
    family = ""
    for rule in plugins.rules.values():
        if rule.family != family:
            family = rule.family
            yield ""
            yield f"## {family}: {FAMILIES.get(family, '')}"
        yield from manual(rule)


def manual(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### {rule.code} {rule.name}"
    yield ""
    yield f"*{', '.join(facts(rule))}*"
    yield ""
    yield from rule.doc.strip().split("\n")
    for option, described in rule.options.items():
        yield ""
        yield f"`{option}` ({described.kind}, default `{described.default}`): {described.help}."
    for title, examples in (("Not reported", rule.good), ("Reported", rule.bad)):
        yield ""
        yield f"{title}:"
        yield ""
        for example in examples:
            yield from (f"  {line}" for line in shown(example))


if __name__ == "__main__":
    sys.exit(main())
