"""A sentence with a comment, for the examples."""

from taglint.rules import Example


def example(comment: str, found: bool = False, tag: str = "NOUN") -> Example:
    """A sentence of one word with this tag; found: whether the comment is."""
    lines = ("# sent_id = s1", "# text = 天", comment, f"1\t天\t天\t{tag}\t_\t_\t0\troot\t_\t_")
    return Example(
        "\n".join((*lines, "", "")),
        found=(comment,) if found else (),
        format="conllu",
        tagset="upos",
    )
