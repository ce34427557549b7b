"""Tags without what they say besides what a word is, such as that it stands in a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from taglint.corpus.contexts import EDGE, Contexts

if TYPE_CHECKING:
    from taglint.tagsets import Tagset


def unmarked(table: Contexts, tagset: Tagset | None) -> Contexts:
    """The table with tags that have no marks; its rows are the same, in the same order."""
    names = sorted(set(table.tags.tolist()))
    plain = {name: tagset.unmarked(name) for name in names} if tagset else {}
    if all(name == other for name, other in plain.items()):
        return table
    tags = map(plain.__getitem__, table.tags.tolist())
    types = dict.fromkeys(zip(table.forms.tolist(), tags, strict=True))
    return _renamed(table, list(types), plain)


def _renamed(table: Contexts, types: list[tuple[str, str]], plain: dict[str, str]) -> Contexts:
    """The table with these types, of which each stands for all that differ in marks alone."""
    number = {each: at for at, each in enumerate(types, 1)}
    pairs = zip(table.forms.tolist(), table.tags.tolist(), strict=True)
    again = np.array([EDGE, *(number[form, plain[tag]] for form, tag in pairs)], np.int32)
    keys = np.zeros(len(types), np.uint64)
    keys[again[1:] - 1] = table.keys
    forms, tags = np.empty(len(types), object), np.empty(len(types), object)
    forms[:], tags[:] = ([each[side] for each in types] for side in (0, 1))
    sides = again[table.middle], again[table.left], again[table.right]
    return Contexts(keys, forms, tags, *sides, table.counts)
