"""CoNLL-U sentences that are not separated by exactly one blank line.

What it finds: no blank line behind the last sentence or between two (ids begin at 1 again);
several blank lines in a row or one at the very beginning; blank lines with blanks in them; a
blank line between comments and their words; comments behind or among the words of a sentence;
comments without a sentence.

Why it matters: the blank line is what ends a sentence. Without it two sentences are read as one,
and with a spare one programs meet a sentence without words.

Fix: missing blank lines are entered, spare ones and the blanks in them removed. Comments that
belong to no sentence are left as they are.

Options: none.

Source: the format description and validation level 1 of Universal Dependencies.
"""

from collections.abc import Iterator
from operator import sub

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit, Severity
from taglint.formats.conllu_sentences import UNIFORM, Block, ConlluLayout
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined, restarts


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    text, newline = document.text, _newline(document.text)
    if not layout.flags:
        return
    wanted = newline * 2
    for index, left, right in _gaps(layout):
        gap = text[left:right]
        if index == 0:
            yield from _gap((left, right), gap, "")
        elif gap != wanted and _standard(gap) != "\n\n":
            detached = index < len(layout.flags) and _detached(layout, index)
            yield from _gap((left, right), gap, newline if detached else wanted)
        elif index < len(layout.flags) and _detached(layout, index):
            yield _problem("blank line between comments and words", (left, right), newline)
    for block in layout.disordered():
        if not block.uniform or restarts(block):
            yield from _inside(block, newline)
    for index in layout.without(UNIFORM):
        yield from _lonely(layout, index)


def _gaps(layout: ConlluLayout) -> Iterator[tuple[int, int, int]]:
    """Index and extent of what stands before each block and behind the last, but for gaps that
    can only be a blank line behind a sentence."""
    begins, ends, number = layout.begins, layout.ends, len(layout.flags)
    widths = list(map(sub, begins[1:], ends))
    if layout.line_end is None:
        odd = {*range(1, number)}
    else:
        # The characters of a line end and a blank line.
        usual = 2 * len(layout.line_end)
        odd = {index + 1 for index in layout.without(UNIFORM)} - {number}
        if widths.count(usual) < len(widths):
            odd |= {index for index, width in enumerate(widths, 1) if width != usual}
    yield 0, 0, begins[0]
    for index in sorted(odd):
        yield index, ends[index - 1], begins[index]
    yield number, ends[-1], len(layout.text)


def _gap(span: tuple[int, int], gap: str, wanted: str) -> Iterator[Problem]:
    if not gap and not wanted:
        return
    lines = _standard(gap).count("\n")
    if gap.strip("\r\n"):
        message = "blank line with blanks in it"
    elif not wanted:
        message = "blank line before the first sentence"
    elif lines < 2:
        message = "no blank line behind the last sentence"
    else:
        message = "several blank lines in a row"
    yield _problem(message, span, wanted)


def _problem(message: str, span: tuple[int, int], text: str) -> Problem:
    change = Change("separate by one blank line", Applicability.SAFE, edits=(Edit(*span, text),))
    return Problem(message, span=span, group=message, change=change)


def _detached(layout: ConlluLayout, index: int) -> bool:
    """Whether the block before is comments alone, which belong to the words of this one."""
    if layout.flags[index - 1] & UNIFORM:
        return False
    before, block = layout.block(index - 1), layout.block(index)
    return not before.rows and not block.comments


def _inside(block: Block, newline: str) -> Iterator[Problem]:
    anew = {block.rows[index].start for index in restarts(block)}
    pending: list[tuple[int, int]] = []
    begun = False
    for at, line in block.lines:
        if line.startswith("#"):
            pending += [(at, at + len(line))] if begun else []
            continue
        if at in anew:
            start = pending[0][0] if pending else at
            change = Change(
                "enter a blank line", Applicability.SAFE, edits=(Edit(start, start, newline),)
            )
            yield Problem("no blank line before this sentence", span=(at, at + len(line)),
                          group="joined", change=change)  # fmt: skip
            pending = []
        yield from _misplaced(pending)
        pending, begun = [], True
    yield from _misplaced(pending)


def _misplaced(comments: list[tuple[int, int]]) -> Iterator[Problem]:
    for span in comments:
        yield Problem("comment behind the first word of a sentence", span=span, group="comment")


def _lonely(layout: ConlluLayout, index: int) -> Iterator[Problem]:
    block = layout.block(index)
    followed = index + 1 < len(layout.flags) and _detached(layout, index + 1)
    if not block.rows and not followed:
        span = (block.start, block.end)
        yield Problem("comments without a sentence", span=span, group="lonely")


def _newline(text: str) -> str:
    """What ends the first line; `\\n` where nothing does."""
    at = text.find("\n")
    if at > 0 and text[at - 1] == "\r":
        return "\r\n"
    return "\r" if at < 0 and "\r" in text else "\n"


def _standard(gap: str) -> str:
    return gap.replace("\r\n", "\n").replace("\r", "\n")


ONE = joined("# sent_id = 1", "1 Hi hi INTJ _ _ 0 root _ _")
TWO = joined("# sent_id = 2", "1 Ho ho INTJ _ _ 0 root _ _")
HEAD, WORDS = ONE.split("\n")[:2]

RULE = Rule(
    code="TOK107",
    name="conllu-blank-lines",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(ONE), example(ONE + TWO), example((ONE + TWO).replace("\n", "\r\n"))),
    bad=(
        example(ONE[:-1], "\n", fixed=ONE),
        example(ONE + TWO[:-2], "", fixed=ONE + TWO),
        example(ONE + "\n" + TWO, "\n\n\n", fixed=ONE + TWO),
        example(ONE[:-1] + " \n" + TWO, "\n \n", fixed=ONE + TWO),
        example("\n" + ONE, "\n", fixed=ONE),
        example(ONE[:-1] + TWO, TWO.split("\n")[1], fixed=ONE + TWO),
        example(f"{HEAD}\n\n{WORDS}\n\n", "\n\n", fixed=ONE),
        example(f"{WORDS}\n{HEAD}\n\n", HEAD),
        example(f"{ONE}# end\n\n", "# end"),
    ),
    check_document=check,
)
