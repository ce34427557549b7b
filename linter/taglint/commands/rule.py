"""`taglint rule`: the manual of a rule, from the rule's own module."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from taglint.commands.options import offered
from taglint.rules import Example, Option, Rule


@click.command("rule")
@click.argument("name", required=False, metavar="[RULE]", shell_complete=offered("rules"))
@click.option("--all", "every", is_flag=True, help="The manuals of all rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
def command(name: str | None, every: bool, output_format: str) -> int:
    """Show the manual of a rule.

    RULE is a code (TAG001), a name (unknown-tag) or a family (TAG). Without any, all rules are
    listed, a line each.
    """
    from taglint.commands.terminal import writable
    from taglint.plugins import installed

    # Examples may hold what no encoding has.
    writable(sys.stdout)
    rules = list(installed().rules.values())
    chosen = rules if name is None else matching(rules, name)
    if output_format == "json":
        data = [as_json(rule) for rule in chosen]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif name is None and not every:
        click.echo("\n".join(f"{rule.code}  {rule.name:24}  {rule.summary}" for rule in chosen))
    else:
        click.echo("\n\n".join("\n".join(manual(rule)) for rule in chosen))
    return 0


def matching(rules: list[Rule], name: str) -> list[Rule]:
    """The rules of a code, name or family. Raises `TaglintError` where there is none."""
    wanted = name.lower()
    found = [
        rule
        for rule in rules
        if wanted in (rule.code.lower(), rule.name.lower(), rule.family.lower())
    ]
    if not found:
        from taglint.plugins import unknown

        raise unknown("rule", name, [key for rule in rules for key in (rule.code, rule.name)])
    return found


def manual(rule: Rule) -> Iterator[str]:
    """The manual as lines of text: what it is, the docstring, options and examples."""
    yield f"{rule.code} {rule.name}"
    yield ", ".join(facts(rule))
    yield ""
    yield rule.doc.strip()
    if rule.options:
        yield ""
        yield "Configuration:"
        for name, option in rule.options.items():
            default = json.dumps(option.default, ensure_ascii=False)
            yield f"  {name} ({option.kind}, default {default}): {option.help}"
    for title, examples in (("Not reported:", rule.good), ("Reported:", rule.bad)):
        yield ""
        yield title
        for example in examples:
            yield from shown(example)


def facts(rule: Rule) -> list[str]:
    """What there is to know of a rule in a few words each."""
    known = [rule.severity.value, "on by default" if rule.default else "off by default"]
    known.append(f"{rule.scope} rule")
    if rule.fix:
        known.append(f"fix: {rule.fix}")
    if rule.formats:
        known.append(f"formats: {', '.join(rule.formats)}")
    return known


def shown(example: Example) -> Iterator[str]:
    source = example.text if example.data is None else repr(example.data)
    yield from (f"  {line}" for line in visible(source).split("\n"))
    for line in example.lexicon.splitlines():
        yield f"    lexicon {visible(' '.join(line.split()))}"
    if example.found:
        yield f"    finds {', '.join(visible(text) for text in example.found)}"
    if example.fixed is not None:
        yield f"    fixed {visible(example.fixed)}"


def visible(text: str) -> str:
    """A text whose characters can all be seen; newlines stay."""
    return "".join(
        character if character.isprintable() or character == "\n" else f"\\u{ord(character):04x}"
        for character in text
    )


def as_json(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "summary": rule.summary,
        "doc": rule.doc.strip(),
        "scope": rule.scope.value,
        "severity": rule.severity.value,
        "default": rule.default,
        "fix": rule.fix.value if rule.fix else None,
        "changes_text": rule.changes_text,
        "formats": list(rule.formats),
        "options": {name: _option(option) for name, option in rule.options.items()},
        "good": [_example(example) for example in rule.good],
        "bad": [_example(example) for example in rule.bad],
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "default": option.default,
        "type": option.kind,
        "least": option.least,
        "most": option.most,
        "help": option.help,
    }


def _example(example: Example) -> dict[str, Any]:
    return {
        "text": example.text if example.data is None else None,
        "bytes": example.data.hex() if example.data is not None else None,
        "format": example.format,
        "tagset": example.tagset,
        "options": dict(example.options),
        "lexicon": example.lexicon,
        "found": list(example.found),
        "fixed": example.fixed,
    }
