"""What plainly is in order about many CoNLL-U sentences at once.

All that is not plainly in order a rule has to look at closely; whether it is in order is not said
here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from taglint.formats.conllu_lines import NODE, RANGE, Blocks, Lines, Others, Rows
from taglint.formats.conllu_sentences import FORM, METADATA, MOST_REGULAR
from taglint.formats.distinct import BLANKS, MASKS, WORD, Units, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

SPACE = ord(" ")
# How the comments begin that most sentences have.
SENT_ID, TEXT = "# sent_id = ", "# text = "
# What a relation is, and what is noted of a value of MISC: no blank behind the word, and whether
# blanks are spoken of at all.
NONE, OTHER, ROOT = range(3)
CLOSED, MARKED = 1, 2
# What is noted of a comment: that it may be metadata, and that its key is that of one of the usual
# comments.
DOUBTFUL, SAME = 1, 2
# The longest form that is compared with the text.
LONGEST = 64
FILLERS = re.compile(r"[-_\s#]")


class Surface(NamedTuple):
    """The rows that make the running text. closed: whether no blank stands behind each."""

    rows: Rows
    closed: Flags


class Titles(NamedTuple):
    """The comments of blocks.

    usual: whether there is an id and a text, each in the usual way, and no other. plain: whether
    there is no metadata but these. names, texts: where ids and texts stand in the usual comments.
    """

    usual: Flags
    plain: Flags
    names: tuple[Integers, Integers]
    texts: tuple[Integers, Integers]


class Keys(dict[str, int]):
    """What is noted of a comment by what stands before its equals sign, and that sign."""

    def __missing__(self, key: str) -> int:
        name = key[1:-1].strip()
        bare = FILLERS.sub("", name).lower()
        known = self[key] = DOUBTFUL * (bare in METADATA) | SAME * (name in ("sent_id", "text"))
        return known

    def noted(self, comment: str) -> int:
        key, sign, _ = comment.partition("=")
        if sign:
            return self[key + sign]
        bare = FILLERS.sub("", comment).lower()
        same = comment[1:].strip() in ("sent_id", "text")
        return DOUBTFUL * bare.startswith(METADATA) | SAME * same


def trees(words: Rows, heads: Integers, relations: Numbers, number: int) -> Flags:
    """Which of so many blocks are trees. words: all of each block."""
    sizes = np.bincount(words.block, minlength=number)
    root = heads == 0
    wrong = (heads < 0) | (heads > sizes[words.block]) | (heads == words.number)
    wrong |= (relations == NONE) | (root != (relations == ROOT))
    bad = _blocks_with(words, wrong, number)
    bad |= np.bincount(words.block, root, number) != 1
    first = np.arange(len(words)) - words.number
    parents = np.where(root | bad[words.block], words.number, heads) + first
    bad |= _blocks_with(words, ~_rooted(parents), number)
    return ~bad


def _rooted(parents: Integers) -> Flags:
    """Whether the way up from each node ends. parents: a root is its own."""
    root = parents == np.arange(len(parents))
    for _ in range(MOST_REGULAR.bit_length()):
        higher = parents[parents]
        if np.array_equal(higher, parents):
            break
        parents = higher
    ended: Flags = root[parents]
    return ended


def _blocks_with(rows: Rows, flags: Flags, number: int) -> Flags:
    """Which of so many blocks have a row with a flag."""
    found = np.zeros(number, bool)
    found[rows.block[flags]] = True
    return found


def disordered(
    rows: Rows, words: Rows, others: Others, plain: Flags, marked: Flags, number: int
) -> tuple[Flags, Flags]:
    """Which of so many blocks have ranges or empty nodes that may be out of order, and which words
    are part of a range.

    plain: whether each range or node has nothing in columns that are not its own. marked: whether
    each row speaks of the blank behind it.
    """
    block = rows.block[others.at]
    sizes = np.bincount(words.block, minlength=number)
    ranges = others.kind == RANGE
    wrong = ~plain | np.where(
        ranges, _wrong_range(rows, others, sizes[block]), _wrong_node(rows, others)
    )
    wrong |= ~ranges & marked[others.at]
    bad = np.zeros(number, bool)
    bad[block[wrong]] = True
    inside = _inside(words, others, block, ranges & ~bad[block])
    at = others.words(len(rows))
    bad[words.block[inside & marked[at]]] = True
    return bad, inside


def _wrong_range(rows: Rows, others: Others, sizes: Integers) -> Flags:
    """Which rows, if they are ranges, do not stand before the first of several words that there
    are, behind all other ranges. sizes: how many words there are."""
    left, right, block = others.left, others.right, rows.block[others.at]
    wrong: Flags = (left != rows.number[others.at] + 1) | (right <= left) | (right > sizes)
    ranges = np.flatnonzero(others.kind == RANGE)
    before, here = ranges[:-1], ranges[1:]
    wrong[here] |= (block[before] == block[here]) & (right[before] >= left[here])
    return wrong


def _wrong_node(rows: Rows, others: Others) -> Flags:
    """Which rows, if they are empty nodes, are not numbered in order behind their word."""
    left, right, block = others.left, others.right, rows.block[others.at]
    behind = (np.diff(others.at) == 1) & (block[1:] == block[:-1])
    expected = np.ones(len(left), np.int32)
    expected[1:][behind] += np.where(others.kind[:-1] == NODE, right[:-1], 0)[behind]
    wrong: Flags = (left != rows.number[others.at]) | (right != expected)
    wrong[1:] |= behind & (others.kind[:-1] == RANGE)
    return wrong


def _inside(words: Rows, others: Others, block: Integers, chosen: Flags) -> Flags:
    """Which words are part of one of the chosen ranges."""
    first = np.searchsorted(words.block, block[chosen]) - 1
    size = len(words) + 1
    steps = np.bincount(first + others.left[chosen], minlength=size)
    steps -= np.bincount(first + others.right[chosen] + 1, minlength=size)
    inside: Flags = np.cumsum(steps)[:-1] > 0
    return inside


def titles_of(units: Units, lines: Lines, blocks: Blocks, keys: Keys) -> Titles:
    """The comments of the uniform blocks."""
    number = len(blocks.uniform)
    comments = np.flatnonzero(lines.comment & blocks.uniform[lines.blocks])
    usual, plain, left = blocks.uniform.copy(), blocks.uniform.copy(), np.ones(len(comments), bool)
    found = []
    for prefix in (SENT_ID, TEXT):
        begins = lines.starts[comments] + len(prefix)
        ends = lines.ends[comments]
        right = np.flatnonzero(begin(units, lines.starts[comments], left & (ends > begins), prefix))
        right = right[~BLANKS.take(units.codes[begins[right]], mode="clip")]
        right = right[~BLANKS.take(units.codes[ends[right] - 1], mode="clip")]
        left[right] = False
        block = lines.blocks[comments[right]]
        usual &= np.bincount(block, minlength=number) == 1
        extents = np.zeros(number, np.int64), np.zeros(number, np.int64)
        extents[0][block], extents[1][block] = begins[right], ends[right]
        found.append(extents)
    others = comments[left]
    extent = zip(lines.starts[others].tolist(), lines.ends[others].tolist(), strict=True)
    noted = np.array([keys.noted(units.text[start:end]) for start, end in extent], np.int32)
    usual[lines.blocks[others[noted & SAME != 0]]] = False
    plain[lines.blocks[others[noted & DOUBTFUL != 0]]] = False
    return Titles(usual, plain, found[0], found[1])


def begin(units: Units, starts: Integers, right: Flags, prefix: str) -> Flags:
    """At which offsets, of those that are right so far, a prefix stands."""
    step = WORD // units.width
    wanted = units_of(prefix, units.width).words
    if len(prefix) <= step:
        # Shorter than a comparison of some alone would take.
        differ = units.words[starts] ^ wanted[0]
        same: Flags = (differ & MASKS[len(prefix) * units.width] == 0) & right
        return same
    some = np.flatnonzero(right)
    places = starts[some]
    for place in range(0, len(prefix), step):
        differ = units.words[places + place] ^ wanted[place]
        same = differ & MASKS[min(step, len(prefix) - place) * units.width] == 0
        if not same.all():
            some, places = some[same], places[same]
    found = np.zeros(len(starts), bool)
    found[some] = True
    return found


def spelt(units: Units, surface: Surface, texts: tuple[Integers, Integers], number: int) -> Flags:
    """Which of so many blocks have a text that is their forms to the letter. texts: where the texts
    stand."""
    block = surface.rows.block
    starts, stops = surface.rows.cells(FORM)
    lengths = stops - starts
    begun = np.ones(len(starts) + 1, bool)
    begun[1:-1] = block[1:] != block[:-1]
    spaced = ~(surface.closed | begun[1:])
    behind = np.cumsum(lengths + spaced)
    before = behind - lengths - spaced
    first = np.flatnonzero(begun[:-1])
    sizes = np.zeros(number, np.int64)
    sizes[block[first]] = np.diff(before[first], append=behind[-1:])
    right = (sizes == texts[1] - texts[0]) & (sizes > 0)
    # Where the text would begin if the forms of all blocks followed each other.
    shift = texts[0].copy()
    shift[block[first]] -= before[first]
    places = before + shift[block]
    right[block[lengths > LONGEST]] = False
    spaces = np.flatnonzero(spaced & right[block])
    gone = units.codes[places[spaces] + lengths[spaces]] != SPACE
    right[block[spaces[gone]]] = False
    some = np.flatnonzero(right[block])
    starts, places, lengths = starts[some], places[some], lengths[some]
    step = WORD // units.width
    while len(some):
        differ = units.words[starts] ^ units.words[places]
        differ &= MASKS[np.minimum(lengths, step) * units.width]
        right[block[some[differ != 0]]] = False
        left = np.flatnonzero(lengths > step)
        some, lengths = some[left], lengths[left] - step
        starts, places = starts[left] + step, places[left] + step
    found: Flags = right
    return found
