"""The tokens whose tag is probably wrong, with the tag that is probably right."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taglint_rules.tags._consistency.calibration import Calibration, calibrate
from taglint_rules.tags._consistency.candidates import Compared, Rivals, Tokens, compare, rivals
from taglint_rules.tags._consistency.draw import Draw
from taglint_rules.tags._consistency.evidence import Evidence
from taglint_rules.tags._consistency.glance import Glance
from taglint_rules.tags._consistency.logistic import fit
from taglint_rules.tags._consistency.misspelling import Misspellings
from taglint_rules.tags._consistency.noise import sample, wrong_tags
from taglint_rules.tags._consistency.view import Floats, Integers, View

# A tag that a form bears nearly always is no suspect.
DOMINANT = 0.8
# Rows that errors are made in, and suspects that these are told from.
MADE, SUSPECTS = 4_000, 6_000
# The rate of errors that fitting assumes of a corpus: too high does little harm, too low more.
ASSUMED_RATE = 0.02
# What is less likely is not worth a place in a report, whatever is asked for; in a corpus with few
# errors what is so many times as likely wrong as any of its tokens.
LEAST, TIMES = 0.01, 3.0
# From this chance on it matters whether the form is misspelled rather than the tag wrong.
DOUBTED = 0.02
# What is left of the chance that a tag is wrong which nobody gives by mistake: one of no word
# class, and one of morphemes that so small a share of the tokens bears.
DELIBERATE, RARE = 0.2, 1 / 2000
# How often a form bears a tag, in cells, and the tokens below which a cell says little.
OFTEN = (1, 5)
CELLS, FEW = len(OFTEN) + 1, 3.0


@dataclass(frozen=True, eq=False)
class Suspects:
    """compared: the tokens, as rows of the table, with own and other tag. chance: that the own
    tag is wrong. rate: errors a token that the whole corpus seems to have. least: the chance
    below which nothing is said."""

    view: View
    glance: Glance
    compared: Compared
    chance: Floats
    rate: float
    least: float


def find_suspects(
    view: View,
    about: Callable[[Integers], NDArray[np.bool_]],
    never: Collection[str] = (),
    morphemes: Collection[str] = (),
) -> Suspects | None:
    """Judge tokens by the counts; None where no form has a tag that could be wrong.

    about: of rows, which ones are to be judged. never: tags that nobody gives by mistake.
    morphemes: tags of morphemes, of which the same is true where they are rare.
    """
    if not len(view.table):
        return None
    glance, made = Glance(view), sample(view, MADE)
    rows = _open_rows(view)
    draw, has = Draw.of(view, rows)
    true = rivals(glance, _as_they_are(view, rows[has | about(rows)]))
    wrong = rivals(glance, Tokens(made, view.own(made), wrong_tags(view, made, never)))
    if not len(true.index) or not len(wrong.index):
        return None
    evidence = Evidence(glance, np.concatenate((_rows(true), _rows(wrong))))
    found, errors = compare(evidence, true), compare(evidence, wrong)
    drawn = np.flatnonzero(draw.has(found.row))
    if not len(drawn):
        return None
    score, calibration = _weighed(draw, drawn, found, errors, len(made) - len(errors.row))
    chance = Misspellings(view).discounted(found, calibration.chance(score), DOUBTED)
    chance[_deliberate(view, never, morphemes)[found.own]] *= DELIBERATE
    least = min(LEAST, TIMES * calibration.rate) if calibration.read else LEAST
    return Suspects(view, glance, found, chance, calibration.rate, least)


def _weighed(
    draw: Draw, drawn: Integers, found: Compared, errors: Compared, missed: int
) -> tuple[Floats, Calibration]:
    """The scores of what was found, and what they mean, learnt from the drawn part of it and from
    the made errors, of which so many were missed."""
    view, learnt = draw.view, found.at(drawn)
    seen = view.table.counts[learnt.row].astype(np.float64)
    times = draw.stands_for(learnt.row)
    weight, tokens = seen * times, int(view.table.counts.sum())
    odds = _odds_of_tags(learnt, weight, errors, len(view.tags))
    for compared in (found, learnt, errors):
        compared.features[:, -1] = odds[_cell(compared)]
    some = draw.first(learnt.row, SUSPECTS)
    share = ASSUMED_RATE * tokens / weight.sum()
    model = fit(learnt.features[some], seen[some], errors.features, share)
    score, made = model.score(found.features), model.score(errors.features)
    return score, calibrate(made, missed, score[drawn], seen, times, tokens)


def _deliberate(
    view: View, never: Collection[str], morphemes: Collection[str]
) -> NDArray[np.bool_]:
    """By tag, whether it is given on purpose only."""
    rare = view.tag_count < RARE * view.tag_count.sum()
    named = [[tag in tags for tag in view.tags] for tags in (never, morphemes)]
    found: NDArray[np.bool_] = np.array(named[0]) | (np.array(named[1]) & rare)
    return found


def _as_they_are(view: View, rows: Integers) -> Tokens:
    # What is looked up of a form stands together.
    rows = rows[np.argsort(view.middle(rows), kind="stable")]
    own = view.own(rows)
    return Tokens(rows, own, own)


def _rows(some: Rivals) -> Integers:
    return some.tokens.row[some.index]


def _open_rows(view: View) -> Integers:
    """The rows whose tag is not the usual one of the form."""
    types = view.table.middle
    others = view.form_count[view.form] - 1
    unusual = view.type_count - 1 <= DOMINANT * others
    return np.flatnonzero(unusual[types])


def _odds_of_tags(found: Compared, weight: Floats, errors: Compared, tags: int) -> Floats:
    """By tag and how often the form bears it, the log odds of made errors against suspects.

    Tags that are rare by design, such as those of morphemes or of parts of words, are borne once
    by many words: that is no sign of an error where such tokens are as many as they are.
    """
    made = np.bincount(_cell(errors), minlength=tags * CELLS).astype(np.float64)
    real = np.bincount(_cell(found), weight, tags * CELLS) * (len(errors.row) / weight.sum())
    odds: Floats = np.log((made + FEW) / (real + FEW))
    return odds


def _cell(compared: Compared) -> Integers:
    return compared.own * CELLS + np.searchsorted(OFTEN, compared.own_seen, "right")
