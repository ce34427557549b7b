"""The built-in reporters, offered through the same hook as any plugin's."""

from __future__ import annotations

from taglint.plugins import hookimpl
from taglint.reporters.base import Reporter
from taglint.reporters.checkstyle import Checkstyle
from taglint.reporters.concise import Concise
from taglint.reporters.full import Full
from taglint.reporters.github import GitHub
from taglint.reporters.gitlab import GitLab
from taglint.reporters.grouped import Grouped
from taglint.reporters.json_object import JsonObject
from taglint.reporters.jsonl import JsonLines
from taglint.reporters.junit import JUnit
from taglint.reporters.markdown import Markdown
from taglint.reporters.rdjson import RdJson
from taglint.reporters.rule_statistics import Statistics
from taglint.reporters.sarif import Sarif


@hookimpl
def taglint_reporters() -> list[Reporter]:
    return [
        Full(),
        Concise(),
        Grouped(),
        JsonObject(),
        JsonLines(),
        Statistics(),
        Markdown(),
        GitHub(),
        GitLab(),
        Sarif(),
        JUnit(),
        Checkstyle(),
        RdJson(),
    ]
