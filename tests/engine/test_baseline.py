"""The baseline holds exactly while content stays the same, however it is spread over files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import LONG
from tests.engine.corpora import PLUGINS, lines, session

from taglint.engine.baseline import (
    Baseline,
    BaselineFilter,
    Entry,
    baseline_of,
    pruned,
    read_baseline,
    written,
)
from taglint.engine.filtering import Run, filtered
from taglint.findings import Finding, TaglintError
from taglint.report import Report

# Rules about a file as a whole: what they find changes where files are split or merged.
OF_FILES = ("TXT001", "TXT005", "TXT006", "TXT012", "TXT014", "TOK013", "TOK015")
bounded = settings(max_examples=30 * LONG, deadline=None)
# What begins with a byte order mark is another thing at the beginning of a file than inside it.
rows = lines.filter(lambda line: not line.startswith("\ufeff"))
sentences = st.lists(rows, max_size=12)


def files_of(parts: Mapping[str, list[str]]) -> dict[str, bytes]:
    """Each file begins with a sound line, by which its separator and blanks are known."""
    return {path: "\n".join(("今天/t 好/a", *part, "")).encode() for path, part in parts.items()}


def findings(parts: Mapping[str, list[str]]) -> list[Finding]:
    files = files_of(parts)
    return session(files, ignore=OF_FILES).check(sorted(files)).findings


def uncovered(baseline: Baseline, parts: Mapping[str, list[str]]) -> list[Finding]:
    files = files_of(parts)
    one = session(files, ignore=OF_FILES)
    return filtered(one.check(sorted(files)), [BaselineFilter(baseline)], Run(one)).findings


def fingerprints(found: list[Finding]) -> Counter[str]:
    return Counter(item.fingerprint for item in found)


@st.composite
def rearranged(draw: st.DrawFn) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The same sentences in some order in some files, twice."""
    texts = draw(sentences)
    names = st.sampled_from(("a", "b", "x/c", "d"))

    def spread(ordered: list[str]) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = {"a": []}
        for line in ordered:
            parts.setdefault(draw(names), []).append(line)
        return parts

    return spread(texts), spread(draw(st.permutations(texts)))


@bounded
@given(rearranged(), rows)
def test_moving_sentences_changes_nothing_and_a_new_one_shows(
    corpora: tuple[dict[str, list[str]], dict[str, list[str]]], line: str
) -> None:
    before, after = corpora
    baseline = baseline_of(findings(before))
    assert uncovered(baseline, after) == []
    grown = {**after, "a": [*after["a"], line]}
    new = fingerprints(findings(grown)) - fingerprints(findings(before))
    assert fingerprints(uncovered(baseline, grown)) == new


@bounded
@given(rearranged())
def test_files_checked_one_by_one_share_what_is_accepted(
    corpora: tuple[dict[str, list[str]], dict[str, list[str]]],
) -> None:
    """Of a corpus with one sentence more, the hook on each file finds at least what the whole
    run does, and nothing where that finds nothing."""
    before, after = corpora
    baseline = baseline_of(findings(before)[1:])
    files = files_of(after)
    whole = fingerprints(uncovered(baseline, after))
    apart: Counter[str] = Counter()
    for path in files:
        one = session(files, ignore=OF_FILES)
        others = [other for other in files if other != path]
        run = Run(
            one, elsewhere=lambda one=one, others=others, path=path: one.check(others, [path])
        )
        report = filtered(one.check([path], others), [BaselineFilter(baseline)], run)
        apart += fingerprints(report.findings)
    assert whole <= apart
    assert whole.keys() == apart.keys()


@bounded
@given(sentences)
def test_written_and_read_again_it_is_the_same(texts: list[str]) -> None:
    baseline = baseline_of(findings({"a": texts}))
    text = written(baseline)
    path = Path("/nowhere/.taglint-baseline.tsv")
    parsed = read_text(text, path)
    assert parsed == baseline
    assert written(parsed) == text
    # Lines keep their order when others come or go, as merging needs.
    some = dict(list(baseline.entries.items())[::2])
    kept = [line for line in text.splitlines() if line.split("\t")[0] in some]
    assert written(Baseline(some)).splitlines()[2:] == kept


def read_text(text: str, path: Path) -> Baseline:
    from taglint.engine.baseline import _entries

    return Baseline(dict(_entries(text, path)))


@bounded
@given(sentences, sentences)
def test_pruning_takes_out_what_is_gone_and_adds_nothing(old: list[str], new: list[str]) -> None:
    before, now = baseline_of(findings({"a": old})), baseline_of(findings({"a": new}))
    assert pruned(before, now.counts).counts == before.counts & now.counts


def one_report(*marks: str) -> Report:
    base = findings({"a": ["天气／n"]})[0]
    items = [
        replace(base, fingerprint=mark, start=index, line=index + 1)
        for index, mark in enumerate(marks)
    ]
    return Report(items)


def test_of_places_that_are_alike_the_surplus_is_reported() -> None:
    baseline = Baseline({"a" * 16: Entry(2)})
    report = filtered(
        one_report(*["a" * 16] * 3, "b" * 16), [BaselineFilter(baseline)], Run(session({}))
    )
    assert [item.line for item in report.findings] == [3, 4]
    assert report.covered == {"in the baseline": 2}


def test_one_that_was_fixed_makes_no_room_for_another() -> None:
    baseline = Baseline({"a" * 16: Entry(1), "b" * 16: Entry(1)})
    report = filtered(one_report("b" * 16, "b" * 16), [BaselineFilter(baseline)], Run(session({})))
    assert [item.line for item in report.findings] == [2]


def test_lines_of_two_branches_are_united() -> None:
    text = f"{'a' * 16}\t1\tTAG001\tx\n{'a' * 16}\t3\tTAG001\tx\n"
    assert read_text(text, Path("b")).counts == {"a" * 16: 3}


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "0123", f"{'a' * 16}\t0", f"{'a' * 16}\t-1", f"{'g' * 16}\t1"]
)
def test_what_is_no_entry_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "b.tsv"
    path.write_text(f"# head\n{'a' * 16}\t1\n{line}\n", "utf-8")
    with pytest.raises(TaglintError, match=r"b\.tsv:3: no entry"):
        read_baseline(path)


UNSPACED = (
    "今天/t天气/n很/d好/a,/n我们/rr去/v公园/n。/w明天/t下雨/v,/n不/d去/v。/w小王/nr说/v,/n好/a！/w"
)


def test_sentences_of_a_file_of_one_line_are_known_again() -> None:
    """Where a format's sentence is a whole document, its inner sentences count."""
    pieces = [piece + mark for piece, mark in zip(
        UNSPACED.replace("！/w", "。/w").split("。/w"), ("。/w", "。/w", "！/w"), strict=False
    )]  # fmt: skip
    found = []
    for text in ("".join(pieces), "".join(reversed(pieces)), "\n".join(pieces)):
        one = session({"a": text.encode()}, "unspaced", ignore=OF_FILES)
        found.append(fingerprints(one.check(["a"]).findings))
    assert found[0] and found[0] == found[1] == found[2]


def test_neighbours_keep_their_names_when_boundaries_marks_and_widths_are_mended() -> None:
    """Mending one finding must not make those beside it look new."""

    def name(line: str) -> str:
        found = [item for item in findings({"a": [line]}) if item.code == "TAG001"]
        return found[0].fingerprint

    texts = (
        "本报/r 记者/n 王/nr 小明/nr 报道/vvn ,/n １９９８/m 年/q 天/n 气/n",
        "本报/r 记者/n 王小明/nr 报道/vvn ，/w 1998/m 年/q 天气/n",
        "本/r 报/n 记/v 者/k 王小明/v 报道/vvn 1998年/t 天气/n",
    )
    assert len({name(text) for text in texts}) == 1


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_blanks_at_line_ends_belong_to_their_own_line(blank: str) -> None:
    rows = [f"今天/t 天气/n{blank}", "很/d 好/a", f"我们/r 去/v{blank}"]
    names = [
        sorted(item.fingerprint for item in findings({"a": order}) if item.code == "TXT013")
        for order in (rows, rows[::-1])
    ]
    assert len(names[0]) == 2 and names[0] == names[1]


def test_every_rule_of_files_exists() -> None:
    assert PLUGINS.rules.keys() >= set(OF_FILES)
