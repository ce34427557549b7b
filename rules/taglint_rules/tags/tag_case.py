"""Tag whose upper or lower case is wrong.

What it finds: a tag that the tagset does not have, but would have with other upper and lower
case, such as `N` for `n` or `nG` for `Ng`.

Why it matters: to a program they are two tags; counts, models and searches split in two.

Fix: unsafe; writes the tag as the tagset spells it.

Options: none.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability, Severity
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.tags._allowed import tagged_otherwise


def check(token: TokenType, context: Context) -> Problem | None:
    tagset = context.tagset
    if tagset is None or token.tag in tagset:
        return None
    right = tagset.other_case(token.tag)
    if right is None:
        return None
    message = f"tag {token.tag} is spelled {right} in the tagset {tagset.name}"
    change = Change(f"write {right}", Applicability.UNSAFE, tokens=((token.form, right),))
    return Problem(message, part="tag", group=token.tag, change=change)


RULE = Rule(
    code="TAG002",
    name="tag-case",
    doc=__doc__,
    scope=Scope.TYPE,
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    good=(
        Example("摄/Vg 影/Ng", tagset="pku98"),
        Example("The/AT dog/nn", tagset="brown"),
    ),
    bad=(
        Example("今天/T 天气/n", found=("T",), fixed="今天/t 天气/n"),
        Example("摄/vG", tagset="pku98", found=("vG",), fixed="摄/Vg"),
    ),
    among=tagged_otherwise,
    check_type=check,
)
