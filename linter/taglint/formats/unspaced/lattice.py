"""The readings of a stretch of chunks whose cuts are open, and the best and likely among them.

A stretch begins and ends with a chunk whose cut is settled. A node is a cut at a chunk; an edge
from one node to a later one is a token: the form that begins at the first, the tag at the second.
Edges that leave out chunks are forms with slashes in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from typing import NamedTuple

from .chunks import LONGEST_UNKNOWN, Cut
from .letters import letters
from .model import LINE_START, Model, Opinions
from .shapes import runs

SLASHES = 10  # in one form at most; bounds the edges of a node
LONG = 500  # chunks; where so many in a row are open, the text is hardly one,
FEW_SLASHES = 2  # and forms with many slashes in it are not worth the time
NEVER = -1e300
WORDS = re.compile(r"[A-Za-z][\w.~%#?=&+:@-]*", re.ASCII)  # in paths and addresses
LIKELY = log(0.82)  # a token or form below this is no evidence yet
SURE = -1e-5  # a node above this needs no second thought
GLUED = 4.0  # nats that a tag before a word makes it worse at least
ODD_START = -6.0  # a word that a digit or sign begins, such as .com
SLASH_IN_FORM = -12.0
MORE_SLASHES = -4.0
SLASH_FIRST = -4.0
SLASH_AS_FORM = -3.0
NO_FORM = -20.0
NO_TAG = -20.0
ORPHAN = -25.0
UNKNOWN_TAG = -10.0
UNKNOWN_LETTER = -2.5


class Node(NamedTuple):
    place: int  # index of the chunk in the stretch
    cut: Cut
    chunk: str


class Edge(NamedTuple):
    source: int  # index of a node
    form: str


@dataclass(frozen=True)
class Stretch:
    """`edges[k]`: the tokens that end at node `k`. Node 0 is the settled cut on the left; `at[p]`
    are the nodes at place `p`; the nodes at the last place end the stretch."""

    nodes: list[Node]
    edges: list[list[Edge]]
    at: list[list[int]]
    slashes: int = SLASHES


def stretch(chunks: Sequence[str], cuts: Sequence[Sequence[Cut]]) -> Stretch:
    """The lattice over chunks with their cuts; the first chunk has one."""
    slashes = SLASHES if len(chunks) < LONG else FEW_SLASHES
    found = Stretch([Node(0, cuts[0][0], chunks[0])], [[]], [[0]], slashes)
    inside: dict[str, bool] = {}
    barren = 0  # chunks in a row without a node
    for place in range(1, len(chunks)):
        options = cuts[place]
        barren = 0 if options else barren + 1
        if barren == slashes:
            options, barren = (Cut("", chunks[place], kind="none"),), 0
        found.at.append([])
        for cut in options:
            _add_node(found, place, cut, chunks, inside)
        if chunks[place] not in inside:
            inside[chunks[place]] = _may_be_inside(chunks[place], cuts[place])
    return found


def _add_node(
    lattice: Stretch, place: int, cut: Cut, chunks: Sequence[str], inside: Mapping[str, bool]
) -> None:
    incoming = []
    between = f"/{cut.orphan}" if cut.kind == "bare" else ""
    for before in range(place - 1, max(-1, place - 2 - lattice.slashes), -1):
        for source in lattice.at[before]:
            incoming.append(Edge(source, lattice.nodes[source].cut.rest + between))
        if not (before and inside[chunks[before]]):
            break
        between = f"/{chunks[before]}{between}"
    lattice.at[place].append(len(lattice.nodes))
    lattice.nodes.append(Node(place, cut, chunks[place]))
    lattice.edges.append(incoming)


def _may_be_inside(chunk: str, cuts: Sequence[Cut]) -> bool:
    """Whether the slash before a chunk may belong to a form: where no form begins in the chunk, and
    where the whole chunk is about as good a word as what a tag would leave of it (`output`)."""
    if "\n" in chunk:
        return False
    if not cuts or any(not cut.rest for cut in cuts):
        return True
    if not WORDS.fullmatch(chunk):
        return False
    return letters(runs(chunk)[0][1]) > max(_word(cut.rest) for cut in cuts) - GLUED


def _word(form: str) -> float:
    kind, run = runs(form)[0]
    return letters(run) if kind == "L" else ODD_START


def weigh(lattice: Stretch, model: Model) -> list[list[float]]:
    """The score of every edge, in nats."""
    nodes = lattice.nodes
    return [
        [_token(nodes[edge.source], node, edge.form, model) for edge in incoming]
        for node, incoming in zip(nodes, lattice.edges, strict=True)
    ]


def _token(left: Node, right: Node, form: str, model: Model) -> float:
    score = _form(form, left.chunk, model)
    cut = right.cut
    if cut.orphan:
        score += ORPHAN + (0.0 if cut.kind == "bare" else model.form(cut.orphan, right.chunk))
    if cut.kind == "unknown":
        return score + UNKNOWN_TAG + UNKNOWN_LETTER * min(len(cut.tag), LONGEST_UNKNOWN)
    if cut.kind != "known":
        return score + NO_TAG
    before = LINE_START if left.cut.ends_line else left.cut.tag
    return score + model.step(before, cut.tag) + model.tag(cut.tag, form, right.chunk)


def _form(form: str, chunk: str, model: Model) -> float:
    if "/" not in form:
        return model.form(form, chunk) if form else NO_FORM
    key = form, chunk
    found = model.slashed.get(key)
    if found is None:
        found = model.slashed[key] = _slashed(form.split("/"), chunk, model)
    return found


def _slashed(parts: list[str], chunk: str, model: Model) -> float:
    """ln p of a form that holds slashes between its parts."""
    slashes = len(parts) - 1
    if not any(parts):
        return SLASH_AS_FORM * slashes
    score = SLASH_IN_FORM + MORE_SLASHES * (slashes - 1)
    score += model.form(parts[0], chunk) if parts[0] else SLASH_FIRST
    return score + sum(model.form(part, part) for part in parts[1:] if part)


def likelihoods(lattice: Stretch, scores: list[list[float]]) -> tuple[list[float], list[float]]:
    """Forward and backward log probabilities of the nodes; their sum less `backward[0]` is that
    of passing through a node."""
    nodes, edges = lattice.nodes, lattice.edges
    forward, backward = [0.0] * len(nodes), [NEVER] * len(nodes)
    for k in range(1, len(nodes)):
        forward[k] = _log_sum(
            [forward[edge.source] + score for edge, score in zip(edges[k], scores[k], strict=True)]
        )
    for k in lattice.at[-1]:
        backward[k] = 0.0
    for k in range(len(nodes) - 1, 0, -1):
        behind = backward[k]
        if behind > NEVER:
            for edge, score in zip(edges[k], scores[k], strict=True):
                backward[edge.source] = _log_add(backward[edge.source], behind + score)
    return forward, backward


def _log_sum(values: list[float]) -> float:
    if len(values) == 1:
        return values[0]
    high = max(values)
    return high + log(sum(exp(value - high) for value in values))


def _log_add(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a if b <= NEVER else a + log1p(exp(b - a))


class Testimony(NamedTuple):
    """What is likely in a stretch. `forms`: form, chunk it begins in, probability; `tokens`: tag
    before, form, tag, chunk of the tag, expected number; `sure`: nothing in it is in doubt."""

    forms: list[tuple[str, str, float]]
    tokens: list[tuple[str, str, str, str, float]]
    sure: bool

    def give(self, into: Opinions) -> None:
        for form in self.forms:
            into.add_form(*form)
        for token in self.tokens:
            into.add_token(*token)


def believe(lattice: Stretch, scores: list[list[float]], times: int) -> Testimony:
    """What is likely in a stretch, which the text has `times` times."""
    forward, backward = likelihoods(lattice, scores)
    whole, nodes, last = backward[0], lattice.nodes, len(lattice.at) - 1
    sure, forms, tokens = 0, [], []
    for k in range(1, len(nodes)):
        node = nodes[k]
        behind = backward[k] - whole
        share = forward[k] + behind
        if share < LIKELY:
            continue
        sure += share > SURE
        if node.cut.kind != "known":
            continue
        if node.place < last and node.cut.rest:
            forms.append((node.cut.rest, node.chunk, exp(min(0.0, share))))
        for edge, score in zip(lattice.edges[k], scores[k], strict=True):
            share = forward[edge.source] + score + behind
            if share > LIKELY and nodes[edge.source].place == node.place - 1:
                left = nodes[edge.source].cut
                before = LINE_START if left.ends_line else left.tag
                weight = times * exp(min(0.0, share))
                tokens.append((before, edge.form, node.cut.tag, node.chunk, weight))
    return Testimony(forms, tokens, sure == last)


class Choice(NamedTuple):
    """What was chosen at a place: a cut, or none where the slash belongs to a form. `margin`: nats
    by which the best reading with another choice there (`runner_up`) is worse."""

    cut: Cut | None
    runner_up: Cut | None
    margin: float


def best(lattice: Stretch, scores: list[list[float]]) -> list[Choice]:
    """The choice at each place but the first, in the best reading."""
    forward, via = _best_forward(lattice, scores)
    backward = _best_backward(lattice, scores)
    path = set()
    node = max(lattice.at[-1], key=forward.__getitem__)
    while node:
        path.add(node)
        node = via[node]
    skipped = _best_skips(lattice, scores, forward, backward)
    through = [ahead + behind for ahead, behind in zip(forward, backward, strict=True)]
    return [_choice(lattice, place, path, through, skipped) for place in range(1, len(lattice.at))]


def _choice(
    lattice: Stretch, place: int, path: set[int], through: list[float], skipped: list[float]
) -> Choice:
    chosen, rival, chosen_score, rival_score = None, None, skipped[place], NEVER
    on_path = [k for k in lattice.at[place] if k in path]
    if on_path:
        chosen, chosen_score, rival_score = (
            lattice.nodes[on_path[0]].cut, through[on_path[0]], skipped[place],
        )  # fmt: skip
    for k in lattice.at[place]:
        if k not in path and through[k] > rival_score:
            rival, rival_score = lattice.nodes[k].cut, through[k]
    return Choice(chosen, rival, chosen_score - rival_score)


def _best_forward(lattice: Stretch, scores: list[list[float]]) -> tuple[list[float], list[int]]:
    forward, via = [0.0] * len(lattice.nodes), [0] * len(lattice.nodes)
    for k in range(1, len(lattice.nodes)):
        forward[k], via[k] = max(
            (forward[edge.source] + score, edge.source)
            for edge, score in zip(lattice.edges[k], scores[k], strict=True)
        )
    return forward, via


def _best_backward(lattice: Stretch, scores: list[list[float]]) -> list[float]:
    backward = [NEVER] * len(lattice.nodes)
    for k in lattice.at[-1]:
        backward[k] = 0.0
    for k in range(len(lattice.nodes) - 1, 0, -1):
        for edge, score in zip(lattice.edges[k], scores[k], strict=True):
            backward[edge.source] = max(backward[edge.source], backward[k] + score)
    return backward


def _best_skips(
    lattice: Stretch, scores: list[list[float]], forward: list[float], backward: list[float]
) -> list[float]:
    """The best reading in which the slash at each place belongs to a form."""
    skipped = [NEVER] * len(lattice.at)
    for k in range(1, len(lattice.nodes)):
        place = lattice.nodes[k].place
        for edge, score in zip(lattice.edges[k], scores[k], strict=True):
            for between in range(lattice.nodes[edge.source].place + 1, place):
                value = forward[edge.source] + score + backward[k]
                skipped[between] = max(skipped[between], value)
    return skipped
