"""The CoNLL-U rules on arbitrary text: no error, spans in the text, fixes that settle."""

from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.engine.fixing import fix_all
from taglint.engine.session import Session
from taglint.findings import Applicability
from taglint.plugins import installed

PATH = "example"
CODES = tuple(rule.code for rule in installed().rules.values() if rule.formats == ("conllu",))
CELLS = st.sampled_from(
    ["_", "", " ", "a", "a b", " a", "NOUN", "noun", "0", "1", "2", "99999999999", "1-2", "3-2",
     "0.1", "1.1", "root", "dep", "B=C|A=B", "A=C,B|", "1:dep|0:root", "1:x|1:x", "1.1:dep|",
     "SpaceAfter=No", "spaceafter=No|", "Ref=a|Ref=a", "字"]
)  # fmt: skip
IDS = st.sampled_from(["1", "2", "3", "1-2", "1.1", "x", ""])
ROWS = st.tuples(IDS, st.lists(CELLS, min_size=8, max_size=10)).map(
    lambda row: "\t".join((row[0], *row[1]))
)
COMMENTS = st.sampled_from(
    ["# sent_id = 1", "# sent_id = 1 ", "# sent_id", "# text = a a", "# text =  a ", "# text = ",
     "# newdoc id = d", "# newpar", "# Text: a", "# parallel_id = x", "#", "1 a a NOUN _ _ 0 x _ _"]
)  # fmt: skip
GOOD = st.sampled_from(
    ["1\ta\ta\tNOUN\t_\t_\t0\troot\t_\t_", "2\ta\ta\tVERB\t_\t_\t1\tdep\t_\tSpaceAfter=No"]
)
LINES = st.lists(
    st.one_of(ROWS, COMMENTS, GOOD, GOOD, st.sampled_from(["", " ", "\t"])), max_size=9
)
TEXTS = st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 3)).map(
    lambda parts: parts[1].join(parts[0]) + parts[1] * parts[2]
)


def session(text: str) -> Session:
    options = FileOptions(format="conllu", tagset="penn", select=CODES)
    return Session(installed(), Configuration(options=options), lambda path: text.encode())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_checked_and_its_fixes_settle(text: str) -> None:
    one = session(text)
    report = one.check([PATH])
    assert not report.errors
    assert all(0 <= item.start <= item.end <= len(text) for item in report.findings)
    fixed = fix_all(one, lambda: one.check([PATH]), (Applicability.SAFE, Applicability.UNSAFE))
    assert not fixed.warnings
    again = session(one.text(PATH)).check([PATH])
    refused = {item.fingerprint for item in fixed.refused}
    assert not [item for item in again.findings if item.fix and item.fingerprint not in refused]
