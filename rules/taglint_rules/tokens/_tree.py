"""Checks the heads and relations of one CoNLL-U sentence: do they make a tree?"""

from __future__ import annotations

from collections.abc import Iterator

from taglint.formats.conllu_sentences import DEPREL, HEAD
from taglint.patterns import lazy

HEAD_ID = lazy(r"0|[1-9][0-9]*")
# Index of the word in its sentence, column, message.
Fault = tuple[int, int, str]


def faults_of(ids: list[str], heads: list[str], relations: list[str]) -> Iterator[Fault]:
    """What is wrong about the heads of a sentence; ids are 1, 2, 3 in order."""
    if all(head == "_" for head in heads):
        return
    known = {"0", *ids}
    related = any(relation != "_" for relation in relations)
    sound = True
    for index, (name, head, relation) in enumerate(zip(ids, heads, relations, strict=True)):
        message = "" if head in known and head != name else _head_fault(name, head)
        sound = sound and head in known and head != name
        if message:
            yield index, HEAD, message
        elif related and relation == "_" and head != "_":
            yield index, DEPREL, "no relation, where other words of the sentence have one"
        elif related and relation and (head == "0") != (relation.partition(":")[0] == "root"):
            yield index, DEPREL, _root_fault(head, relation)
    roots = [index for index, head in enumerate(heads) if head == "0"]
    for index in roots[1:]:
        yield index, HEAD, f"a second root: {ids[roots[0]]} has head 0 as well"
    circle = _circle([int(head) for head in heads]) if sound else []
    if circle:
        path = " → ".join(map(str, circle))
        yield circle[0] - 1, HEAD, f"the heads of these words lead in a circle: {path}"


def _head_fault(name: str, head: str) -> str:
    """Empty heads and blanks in them are another rule's business."""
    if not head or len(head.split()) != 1 or head != head.strip():
        return ""
    if head == name:
        return f"word {name} is its own head"
    if head == "_":
        return "no head, where other words of the sentence have one"
    what = "there is no such word" if HEAD_ID.fullmatch(head) else "not an id of a word"
    return f"head {head}: {what}"


def _root_fault(head: str, relation: str) -> str:
    if head == "0":
        return f"the relation of a word with head 0 is root, not {relation}"
    return f"relation {relation} with head {head}: the head of a root is 0"


def _circle(heads: list[int]) -> list[int]:
    """Word ids that lead back to the first of them; none where every word leads to 0."""
    state = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        path, at = [], start
        while at and not state[at]:
            state[at] = start
            path.append(at)
            at = heads[at - 1]
        if at and state[at] == start:
            return [*path[path.index(at) :], at]
    return []
