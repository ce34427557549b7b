"""Renders the report: templates escape whatever comes from a corpus."""

from __future__ import annotations

from typing import Any

from taglint.findings import TaglintError
from taglint.pages import HERE, part


def rendered(data: dict[str, Any]) -> str:
    """The report as HTML. Raises `TaglintError` where jinja2 is missing."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise TaglintError("the report needs jinja2: pip install 'taglint[report]'") from error
    from taglint.reporters.display import escaped

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": escaped, "number": _number, "share": _share}
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    template = environment.get_template("report.html.j2")
    return template.render(
        data=data,
        matrix=matrix(data["pairs"]),
        families=sorted(data["families"]),
        style=part("shared.css") + part("report.css"),
        script=part("shared.js") + part("report.js"),
    )


def _number(value: float) -> str:
    return f"{value:,}"


def _share(value: float, whole: float) -> float:
    """Per cent of a whole, for the width of a bar."""
    return round(100 * value / whole, 2) if whole else 0.0


def matrix(pairs: list[dict[str, Any]], most: int = 14) -> dict[str, Any]:
    """The tags that vary most, and for each two of them the places where they do."""
    weight: dict[str, int] = {}
    cells: dict[str, int] = {}
    for row in pairs:
        for tag in (row["common"], row["rare"]):
            weight[tag] = weight.get(tag, 0) + row["places"]
    tags = sorted(weight, key=lambda tag: (-weight[tag], tag))[:most]
    for row in pairs:
        cells[f"{row['common']}\0{row['rare']}"] = row["places"]
    rows = [[cells.get(f"{common}\0{rare}", 0) for rare in tags] for common in tags]
    return {"tags": tags, "rows": rows, "most": max((n for row in rows for n in row), default=0)}
