"""`taglint tagset`: the tags of a tagset with their glosses."""

from __future__ import annotations

import json
from typing import Any

import click

from taglint.commands.options import offered
from taglint.tagsets import Tag, Tagset


@click.command("tagset")
@click.argument("name", required=False, shell_complete=offered("tagsets"))
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
def command(name: str | None, output_format: str) -> int:
    """List tagsets, or a tagset's tags with glosses.

    NAME is an installed tagset, one of its aliases, or the path of a project's own YAML file.
    """
    from taglint.plugins import installed

    plugins = installed()
    if name is None:
        lines = [_overview(tagset) for tagset in plugins.tagsets.values()]
        data: Any = {tagset.name: tagset.title for tagset in plugins.tagsets.values()}
    else:
        tagset = plugins.tagset(name)
        lines = table(tagset)
        data = {tag.name: _as_json(tag) for tag in tagset.tags.values()}
    if output_format == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))
    return 0


def table(tagset: Tagset) -> list[str]:
    """One line a tag: tag, class, Chinese and English gloss, parted by tabs."""
    head = [f"{tagset.name}: {tagset.title.get('en', '')} ({len(tagset.tags)} tags)"]
    if tagset.source:
        head.append(tagset.source)
    rows = [f"{tag.name}\t{tag.cls}\t{tag.zh}\t{tag.en}" for tag in tagset.tags.values()]
    return [*head, "", "tag\tclass\tzh\ten", *rows]


def _overview(tagset: Tagset) -> str:
    return f"{tagset.name:10} {len(tagset.tags):4} tags  {tagset.title.get('en', '')}"


def _as_json(tag: Tag) -> dict[str, Any]:
    return {
        "zh": tag.zh,
        "en": tag.en,
        "class": tag.cls,
        "parent": tag.parent,
        "upos": tag.upos,
        "maps": dict(tag.maps),
        "words": sorted(tag.words),
        "exhaustive": tag.exhaustive,
        "typical": sorted(tag.typical),
    }
