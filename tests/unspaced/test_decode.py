"""Examples: what the decoder makes of short texts, sound and malformed."""

from __future__ import annotations

import pytest

from taglint.formats.unspaced.decoder import TagPrior, decode
from taglint.formats.unspaced.decoding import Decoding
from taglint.formats.unspaced.letters import letters
from taglint.formats.unspaced.model import Counts, Model, Opinions, word_lists

TAGS = {
    "n": "open", "nz": "open", "ng": "morpheme", "nt": "open", "nx": "foreign", "v": "open",
    "vi": "open", "vg": "morpheme", "vn": "open", "a": "open", "ad": "open", "d": "open",
    "c": "closed", "cc": "closed", "p": "closed", "ude1": "closed", "ule": "closed", "m": "numeral",
    "q": "open", "w": "punctuation", "x": "foreign", "gi": "open", "o": "open", "h": "affix",
}  # fmt: skip


def read(text: str, **options: object) -> list[tuple[str, str]]:
    decoding = decode(text, TAGS, **options)  # type: ignore[arg-type]
    check_spans(text, decoding)
    return pairs(decoding)


def pairs(decoding: Decoding) -> list[tuple[str, str]]:
    return [
        (decoding.forms[form], decoding.tags[tag])
        for form, tag in zip(decoding.form_ids.tolist(), decoding.tag_ids.tolist(), strict=True)
    ]


def check_spans(text: str, decoding: Decoding) -> None:
    """Forms and tags stand where the spans say; slashes, line ends and blanks lie between."""
    rest = 0
    spans = decoding.spans(0, len(decoding))
    for (form, tag), (start, end, tag_start, tag_end) in zip(pairs(decoding), spans, strict=True):
        assert text[start:end] == form
        assert text[tag_start:tag_end] == tag
        assert text[end:tag_start] in ("", "/")
        assert not text[rest:start].strip(" \t\r\n\u3000")
        rest = tag_end
    assert not text[rest:].strip(" \t\r\n\u3000")


def flaws(text: str) -> dict[str, str]:
    decoding = decode(text, TAGS)
    check_spans(text, decoding)
    found = pairs(decoding)
    return {"/".join(found[token]): flaw for token, flaw in decoding.flaws.items()}


def test_plain_text_needs_no_evidence() -> None:
    assert read("我们/n喜欢/v的/ude1茶/n。/w") == [
        ("我们", "n"), ("喜欢", "v"), ("的", "ude1"), ("茶", "n"), ("。", "w"),
    ]  # fmt: skip


def test_classes_may_be_given_as_a_sequence() -> None:
    tags = [TagPrior("n", "open"), TagPrior("v", "open")]
    assert pairs(decode("茶/n喝/v", tags)) == [("茶", "n"), ("喝", "v")]


def test_a_latin_form_known_from_elsewhere_is_found_again() -> None:
    sure = "的/ude1gpu/nz和/cc" * 3 + "需要/v茶/n，/w"
    assert read(sure + "需要/vgpu/nz。/w")[-3:] == [("需要", "v"), ("gpu", "nz"), ("。", "w")]


def test_the_tag_of_the_word_elsewhere_decides() -> None:
    sure = "支持/vn茶/n，/w支持/vn水/n，/w大/a茶/n，/w" * 3
    assert read(sure + "支持/vnlink/nz。/w")[-3:-1] == [("支持", "vn"), ("link", "nz")]


def test_digits_after_a_tag_that_ends_in_a_digit() -> None:
    assert read("茶/n的/ude12015/m")[1:] == [("的", "ude1"), ("2015", "m")]


def test_a_slash_can_be_a_form() -> None:
    assert read("和/cc//w或/c") == [("和", "cc"), ("/", "w"), ("或", "c")]


def test_a_form_can_hold_slashes() -> None:
    assert read("磁盘/ni/o/nz慢/a") == [("磁盘", "n"), ("i/o", "nz"), ("慢", "a")]


def test_blanks_belong_to_forms() -> None:
    assert read("茶/n /x水 壶/n") == [("茶", "n"), (" ", "x"), ("水 壶", "n")]


def test_line_ends_belong_to_no_token() -> None:
    decoding = decode("茶/n喝/v\r\n\n水/n\n", TAGS)
    check_spans("茶/n喝/v\r\n\n水/n\n", decoding)
    assert pairs(decoding) == [("茶", "n"), ("喝", "v"), ("水", "n")]
    assert decoding.line_starts.tolist() == [0, 2, 2, 3]


def test_a_letter_glued_to_a_character_when_the_form_is_in_the_lexicon() -> None:
    text = "白/a色/nt恤/n，/w"
    lexicon = {"t恤": {"n": 9}, "色": {"n": 3}}
    assert ("t恤", "n") in read(text, lexicon=lexicon)


def test_closed_words_keep_their_tag() -> None:
    text = "茶/n和/ccoffee/nz"
    assert read(text, words={"cc": ["和"], "c": ["或"]})[1] == ("和", "cc")


def test_a_typical_word_of_a_tag_decides_where_nothing_else_does() -> None:
    assert read("茶/n睡觉/vitso/nz")[1:] == [("睡觉", "v"), ("itso", "nz")]
    words = {"v": ["调用"], "vi": ["睡觉"]}
    assert read("茶/n睡觉/vitso/nz", words=words)[1:] == [("睡觉", "vi"), ("tso", "nz")]
    assert read("茶/n调用/vicon/nz")[1:] == [("调用", "vi"), ("con", "nz")]
    assert read("茶/n调用/vicon/nz", words=words)[1:] == [("调用", "v"), ("icon", "nz")]


def test_a_common_latin_word_beats_a_shorter_string() -> None:
    for common, rest in (("image", "mage"), ("index", "ndex"), ("node", "ode")):
        assert letters(common) > letters(rest)
    assert letters("seq") > letters("iseq")
    assert letters("siri") > letters("fsiri")


def test_typical_words_are_weighed_against_the_text() -> None:
    sure = "升级/v茶/n，/w升级/v水/n，/w大/a升级/v茶/n，/w" * 5
    text = f"{sure}升级/vimax/nz。/w"
    assert read(text, words={"vi": ["升级"]})[-3:-1] == [("升级", "v"), ("imax", "nz")]


def test_of_several_tags_that_list_a_mark_the_text_prefers_one() -> None:
    tags = {**TAGS, "wm": "punctuation"}
    text = "，/w茶/n。/w水/n" * 3 + "：/wmbox/nz。/w"
    words = {"w": ["：", "，", "。"], "wm": ["："]}
    assert ("mbox", "nz") in pairs(decode(text, tags, words))
    text = "，/w茶/n：/wm水/n" * 9 + "：/wmbox/nz。/w"
    assert ("box", "nz") in pairs(decode(text, tags, words))


def test_a_letter_glued_to_a_character_when_the_form_is_a_listed_word() -> None:
    text = "颜色/nt台/n，/w茶/n，/w"
    assert read(text)[:2] == [("颜色", "nt"), ("台", "n")]
    assert read(text, words={"n": ["t台"]})[:2] == [("颜色", "n"), ("t台", "n")]


def test_names_of_organisations_are_long() -> None:
    assert read("，/w颜色/ntable/nz")[1] == ("颜色", "n")
    counts = Counts()
    model = Model(counts, Opinions(), TAGS, word_lists({}, TAGS))
    short, long = (
        model.tag("nt", form, "") - model.tag("n", form, "") for form in ("颜色", "联合工会")
    )
    assert short < -1.5
    assert long > 1.5


def test_hundreds_of_open_chunks_in_a_row() -> None:
    text = "gpu/nzcpu/nz" * 400
    assert read(text) == [("gpu", "nz"), ("cpu", "nz")] * 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("茶", {"茶/": "missing-tag"}),
        ("茶/n水", {"水/": "missing-tag"}),
        ("茶/n水\n大/a", {"水/": "missing-tag"}),
        ("茶/n\n水壶\n大/a", {"水壶/": "missing-tag"}),
        ("茶/", {"茶/": "missing-tag"}),
        ("茶/\n水/n", {"茶/": "missing-tag"}),
        ("/n水/n", {"/n": "missing-form"}),
        ("茶/n\n/v水/n", {"/v": "missing-form"}),
        ("茶/yyy", {"茶/yyy": "unknown-tag"}),
        ("水/n茶/大", {"茶/大/": "missing-tag"}),
    ],
)
def test_malformed_text(text: str, expected: dict[str, str]) -> None:
    assert flaws(text) == expected


def test_decoding_goes_on_behind_malformed_text() -> None:
    assert read("茶/n\n水壶 大\n小/a水/n")[2:] == [("小", "a"), ("水", "n")]


def test_an_unknown_tag_seen_often_is_a_tag_of_the_text() -> None:
    text = "茶/nww的/ude1水/nww，/w的/ude1，/w大/nww。/w。/w的/ude1茶/nww的/ude1"
    assert {pair for pair in read(text) if pair[1] == "nww"} == {
        ("茶", "nww"), ("水", "nww"), ("大", "nww"),
    }  # fmt: skip
    assert set(flaws(text).values()) == {"unknown-tag"}


def test_empty_text() -> None:
    decoding = decode("", TAGS)
    assert len(decoding) == 0
    assert decoding.line_starts.tolist() == [0]


def test_a_tagset_without_tags() -> None:
    assert decode("茶/n水/v", {}).flaws


def test_open_boundaries_are_reported() -> None:
    decoding = decode("叫/vilink/nz", TAGS, doubtful=1e9)
    doubt = decoding.doubts[0]
    assert doubt.token == 0
    assert {doubt.chosen, doubt.runner_up} <= {("v", "ilink"), ("vi", "link")}
    assert doubt.offset == 2 + len(doubt.chosen[0])


def test_a_text_decodes_the_same_again() -> None:
    text = "需要/vgpu/gi的/ude1cpu/nz和/ccoffee/nx，/w叫/vilink/nz" * 3
    assert read(text) == read(text)
