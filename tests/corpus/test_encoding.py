"""Bytes to text and back without losing a byte, and the guess which encoding they are in."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.corpus.encoding import BOMS, ENCODINGS, Source, detect, read, write
from taglint.findings import TaglintError

SIMPLIFIED = (
    "迈向/v  充满/v  希望/n  的/u  新/a  世纪/n  。/w\n中国/ns  人民/n  在/p  这/r  一年/t\n"
)
TRADITIONAL = (
    "邁向/v  充滿/v  希望/n  的/u  新/a  世紀/n  。/w\n中國/ns  人民/n  在/p  這/r  一年/t\n"
)
WESTERN = "Müller/np geht/v über/p die/d Straße/n ./.\nVoilà/x un/d été/n français/a ./.\n"
ASCII = "The/at dog/nn barked/vbd ./.\n"


@given(st.binary(max_size=200), st.sampled_from(sorted(ENCODINGS)))
@settings(max_examples=1000)
def test_any_bytes_are_written_as_they_were_read(data: bytes, encoding: str) -> None:
    assert write(*read(data, encoding)) == data


@pytest.mark.parametrize("encoding", ["cp950", "big5hkscs", "gb18030", "cp1252"])
def test_every_pair_of_bytes_is_written_as_it_was_read(encoding: str) -> None:
    for first in range(0x80, 0x100):
        data = b"".join(bytes((first, second)) + b"/n " for second in range(0x100))
        assert write(*read(data, encoding)) == data


def test_second_codes_of_big5_are_escaped_and_the_rest_is_read() -> None:
    assert read(b"\xa4\x51/m \xa2\xcc/m", "cp950")[0] == "十/m \udca2\udccc/m"


@given(st.text(max_size=100), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]))
def test_any_text_is_read_as_it_was_written(text: str, codec: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8").lstrip("\ufeff")
    assert read(text.encode(codec), codec) == (text, Source(codec))


@given(st.text(st.characters(codec="big5"), max_size=50))
def test_big5_text_is_read_as_it_was_written(text: str) -> None:
    data = text.encode("cp950", "ignore")
    assert read(data, "cp950")[0] == data.decode("cp950")


@pytest.mark.parametrize(
    "text", [SIMPLIFIED, TRADITIONAL, ASCII, WESTERN, ASCII[:6], "中国/ns", "x"]
)
@pytest.mark.parametrize(("bom", "codec"), BOMS)
def test_byte_order_mark_settles_the_encoding(text: str, bom: bytes, codec: str) -> None:
    data = bom + text.encode(codec)
    read_text, source = read(data)
    assert (read_text, source) == (text, Source(codec, bom))
    assert source.label == f"{codec} with byte order mark"
    assert write(read_text, source) == data


@pytest.mark.parametrize(
    ("text", "codec", "expected"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
        ("香港/ns 嘅/u 㗎/y 中國/ns 人/n 咗/u", "big5hkscs", "big5hkscs"),
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "latin-1", "latin-1"),
        (WESTERN, "utf-16-le", "utf-16-le"),
        (ASCII, "ascii", "utf-8"),
        (ASCII, "utf-16-be", "utf-16-be"),
        ("中国/ns", "gbk", "gb18030"),
        ("迈向/v", "gbk", "gb18030"),
        ("蓦然/d", "gbk", "gb18030"),
        ("中國/ns", "big5", "cp950"),
        ("邁向/v", "big5", "cp950"),
        ("迈向/v  充满/v\n" * 1000, "gbk", "gb18030"),
        ("邁向/v  充滿/v\n" * 1000, "big5", "cp950"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_encoding_is_guessed(text: str, codec: str, expected: str) -> None:
    data = text.encode(codec)
    assert detect(data) == expected
    assert read(data)[0] == text


@pytest.mark.parametrize(
    ("text", "codec", "expected"),
    [
        (SIMPLIFIED, "utf-8", {"utf-8"}),
        (SIMPLIFIED, "gbk", {"gb18030"}),
        (SIMPLIFIED, "utf-16-le", {"utf-16-le"}),
        (TRADITIONAL, "big5", {"cp950", "big5hkscs"}),
    ],
)
@pytest.mark.parametrize("share", [0.001, 0.01, 0.03])
def test_damage_does_not_mislead_the_guess(
    text: str, codec: str, expected: set[str], share: float
) -> None:
    data, random = bytearray((text * 50).encode(codec)), Random(1)
    for _ in range(int(len(data) * share)):
        data[random.randrange(len(data))] = random.randrange(0x80, 0x100)
    assert detect(bytes(data)) in expected


def test_noise_is_not_taken_for_chinese() -> None:
    assert {detect(Random(seed).randbytes(2000)) for seed in range(30)} == {"utf-8"}


def test_utf8_text_with_a_nul_is_no_utf16() -> None:
    assert detect(b"The/at \0 dog/nn barked/vbd ./. \0\n" * 3) == "utf-8"


def test_one_foreign_byte_does_not_make_latin1_of_ascii() -> None:
    assert read(b"The/at d\xffog/nn") == ("The/at d\udcffog/nn", Source("utf-8"))


def test_korean_and_japanese_are_no_chinese() -> None:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4, 28)]
    korean = " ".join("".join(syllables[at : at + 3]) for at in range(0, len(syllables), 3))
    assert detect(korean.encode("euc-kr", "ignore")) == "utf-8"
    assert detect(("日本語のコーパスは多いです。" * 20).encode("shift-jis")) == "utf-8"


def test_odd_last_byte_and_lone_surrogates_of_utf16_are_kept_apart() -> None:
    text, source = read(b"\xff\xfeA\0\x80\xdc")
    assert (text, source.tail) == ("A\udc80", b"")
    text, source = read(b"\xff\xfeA\0\x80")
    assert (text, source.tail) == ("A", b"\x80")
    assert write("AB", source) == b"\xff\xfeA\0B\0\x80"


def test_configured_encoding_is_obeyed() -> None:
    data = b"\xff\xfeA\0"
    assert read(data, "utf-8") == ("\udcff\udcfeA\0", Source("utf-8"))
    assert read(data, "utf-16") == ("A", Source("utf-16-le", b"\xff\xfe"))
    assert read("中/n".encode("utf-16-be"), "utf-16") == ("中/n", Source("utf-16-be"))
    assert read("中國".encode("big5"), "big5") == ("中國", Source("cp950"))


def test_bad_bytes_of_gb18030_leave_the_ascii_bytes_readable() -> None:
    text, source = read(b"\x81/n \xb0\xa1/v \x81", "gb18030")
    assert text == "\udc81/n 啊/v \udc81"
    assert write(text, source) == b"\x81/n \xb0\xa1/v \x81"


@pytest.mark.parametrize("encoding", ["auto", "utf-8", "gb18030", "big5", "utf-16"])
def test_a_megabyte_of_bad_bytes_is_no_trouble(encoding: str) -> None:
    for data in (b"\xff" * 1_000_000, b"\x81\xff/" * 300_000, b"\xd8\x00" * 500_000):
        text, source = read(data, encoding)
        assert write(text, source) == data


def test_character_without_a_place_in_the_encoding_is_one_clear_line() -> None:
    with pytest.raises(TaglintError, match=r"cannot write '😀' \(U\+1F600\) in cp950"):
        write("中/n 😀/x", Source("cp950"))
    with pytest.raises(TaglintError, match="convert the file to UTF-8"):
        write("中/n", Source("latin-1"))
