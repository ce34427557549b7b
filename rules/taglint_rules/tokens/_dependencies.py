"""Reads and checks values of DEPS, the enhanced dependencies of one word in CoNLL-U."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from unicodedata import category

from taglint.patterns import lazy

HEAD = lazy(r"(?:0|[1-9][0-9]{0,8})(?:\.[1-9][0-9]{0,8})?")
MAIN = lazy(r"[a-z]+")
MOST_PARTS = 4
# Lower-case letters, letters without case, and the marks on them.
LETTERS = frozenset(("Ll", "Lm", "Lo", "Mn", "Mc", "Me"))


def faults_of(deps: str) -> list[str]:
    """What is wrong about a value of DEPS by itself; blanks are another rule's business."""
    if len(deps.split()) != 1 or deps != deps.strip():
        return []
    items = deps.split("|")
    faults = [fault for item in items for fault in _item_faults(item)]
    if faults:
        return faults
    if len(set(items)) != len(items):
        faults.append("a dependency is repeated")
    if items != sorted(items, key=_key):
        faults.append("dependencies are not in order of their heads")
    return faults


def mended(deps: str) -> str:
    """The dependencies in order, each once; `""` where that does not mend them."""
    items = deps.split("|")
    if any(True for item in items for _ in _item_faults(item)):
        return ""
    return "|".join(sorted(set(items), key=_key))


def heads_of(deps: str) -> list[str]:
    """The well-formed heads in a value of DEPS."""
    heads = [item.partition(":")[0] for item in deps.split("|")]
    return [head for head in heads if HEAD.fullmatch(head)]


def unreachable(graph: Mapping[str, Collection[str]]) -> list[str]:
    """The nodes that no path leads to from 0. graph: the heads of each node."""
    children: dict[str, list[str]] = {}
    for name, heads in graph.items():
        for head in heads:
            children.setdefault(head, []).append(name)
    reached, todo = {"0"}, ["0"]
    while todo:
        new = [name for name in children.get(todo.pop(), ()) if name not in reached]
        reached.update(new)
        todo += new
    return [name for name in graph if name not in reached]


def _item_faults(item: str) -> Iterator[str]:
    head, sign, relation = item.partition(":")
    if not sign or not HEAD.fullmatch(head):
        yield f"{item or 'an empty item'} is no head:relation"
    elif not _is_relation(relation):
        yield f"{relation or 'nothing'} is no name of a relation"
    elif (head == "0") != (relation == "root"):
        yield f"{item}: root goes with head 0 and with no other"


def _is_relation(relation: str) -> bool:
    main, *parts = relation.split(":")
    plain = MAIN.fullmatch(main) is not None and len(parts) < MOST_PARTS
    return plain and all(map(_is_part, parts))


def _is_part(part: str) -> bool:
    """Letters, joined by single underscores where there are several words (`such_as`)."""
    words = part.split("_")
    return all(words) and all(category(character) in LETTERS for character in part.replace("_", ""))


def _key(item: str) -> tuple[int, int, str]:
    head, _, relation = item.partition(":")
    word, _, number = head.partition(".")
    return int(word), int(number or 0), relation
