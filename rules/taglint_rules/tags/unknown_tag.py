"""Tag that is not in the tagset.

What it finds: a token whose tag the corpus's tagset does not have, neither by itself nor as one
of the compound tags that the tagset allows.

Why it matters: programs that read the corpus meet a category nobody defined; most often it is a
slip of the keyboard or the remains of another tagset.

Fix: none by itself; the message names the tags that are spelled most alike. A tag that differs
only in upper and lower case is left to `tag-case`.

Options: `allow` lists further tags to accept.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Severity
from taglint.rules import Context, Example, Option, Problem, Rule, Scope
from taglint_rules.tags._allowed import tagged_otherwise


def check(token: TokenType, context: Context) -> Problem | None:
    tagset, tag = context.tagset, token.tag
    if tagset is None or tag in tagset or tag in context.options["allow"]:
        return None
    if tagset.other_case(tag):
        return None
    near = ", ".join(tagset.nearest(tag))
    hint = f"; nearest: {near}" if near else ""
    return Problem(f"tag {tag} is not in the tagset {tagset.name}{hint}", part="tag", group=tag)


RULE = Rule(
    code="TAG001",
    name="unknown-tag",
    doc=__doc__,
    scope=Scope.TYPE,
    severity=Severity.ERROR,
    options={"allow": Option([], "further tags to accept", kind="list")},
    good=(
        Example("今天/t 天气/n 好/a"),
        Example("今天/qzz 天气/n", options={"allow": ["qzz"]}),
        Example("The/at dog/nn barked/vbd ./.", tagset="brown"),
        Example("Of/in-tl Fulton/np-tl", tagset="brown"),
    ),
    bad=(
        Example("今天/t 天气/nnq 好/a", found=("nnq",)),
        Example("今天/t 天气/5 好/a", found=("5",)),
    ),
    among=tagged_otherwise,
    check_type=check,
)
