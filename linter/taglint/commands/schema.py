"""`taglint schema`: the JSON schema of the configuration."""

from __future__ import annotations

import click


@click.command("schema")
@click.option("--markdown", is_flag=True, help="Print a table of the keys in Markdown instead.")
def command(markdown: bool) -> int:
    """Print the JSON schema of .taglint.yaml, with the rules, formats and tagsets installed here.

    Editors use it to complete and check the file.
    """
    import json

    from taglint.configuration import schema
    from taglint.plugins import installed

    if markdown:
        click.echo(schema.markdown(installed()), nl=False)
    else:
        click.echo(json.dumps(schema.json_schema(installed()), indent=2, ensure_ascii=False))
    return 0
