"""Which format and tagset a text is in, and that tables, prose and code are none."""

from pathlib import Path

import pytest

from taglint.corpus.encoding import read
from taglint.formats.base import Guess, Sample
from taglint.formats.conllu import CONLLU, Conllu
from taglint.formats.detection import Detected, detect_format, detect_tagset, sample
from taglint.formats.slash import SLASH
from taglint.plugins import installed

SHARED = Path(__file__).parents[3] / "shared" / "data"
CORPORA = {
    "slash pku98": "迈向/v  充满/v  希望/n  的/u  新/a  世纪/n\n[中央/n  电台/n]nt  １９９８年/t\n",
    "slash penn": "The/DT dog/NN barks/VBZ ./.\nIt/PRP 's/VBZ loud/JJ ,/, he/PRP said/VBD ./.\n",
    "slash brown": "\n\n\tThe/at Jury/nn-tl said/vbd it/pps Friday/nr ./.\n\n\n\tIt/pps did/dod\n",
    "slash ids": "19980101-01-001-001/m  今天/t  天气/n\n\n19980101-01-001-002/m  很/d  好/a\n",
    "slash names": "a#1\tThe/DT dog/NN\na#2\tIt/PRP barks/VBZ\n",
    "slash chunks": "[ The/DT dog/NN ]\nbarks/VBZ\n[ the/DT day/NN ]\n./.\n",
    "slash flaws": "今天/t 天气 很/d 好 /a 。/w 明天/ 也/d 好/a 。/w\n",
    "unspaced": "时/qt两天/nz的/ude1阿里巴巴/nt大会/n近日/t在/p杭州/ns闭幕/vi。/w\n",
    "underscore": "上海_NR 浦东_NR 开发_NN 与_CC 法制_NN 建设_NN 同步_VV 。_PU\n",
    "vertical tab": "今天\tt\n天气\tn\n。\tw\n\n很\td\n好\ta\n。\tw\n",
    "vertical blank": "He PRP B-NP\nreckons VBZ B-VP\nthe DT B-NP\ndeficit NN I-NP\n. . O\n",
    "vertical positions": "爱 O\n刘 B-PER\n海 E-PER\n吸 O\n\n， O\n",
    "vertical index": "#\tsite\t[2005]\n1\tAnna\tB-PER\n2\tlacht\tO\n\n1\tSie\tO\n2\tlacht\tO\n",
    "conllu": (
        "# sent_id = 1\n1\tDogs\tdog\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n"
        "2\tbark\tbark\tVERB\tVBP\t_\t0\troot\t_\t_\n\n"
    ),
}
STRANGERS = {
    "prose": "The committee met on Monday and/or Tuesday.\nIt did not agree on anything.\n" * 9,
    "Chinese prose": "今天天气很好。我们 去 公园。\n明天/后天再说。\n" * 9,
    "markdown": "# Title\n\nUse `a/b` or c_d.\n\n| a | b |\n|---|---|\n| x | NN |\n",
    "code": "import os\nimport sys\n\ndef main_run(a_b):\n    return os.path.join(a_b, 'x/y')\n\n",
    "table": "tag\tgloss\nn\tnoun\nv\tverb\na\tadjective\nd\tadverb\n",
    "Chinese table": "tag\tgloss_zh\nn\t名词\nv\t动词\na\t形容词\n",
    "word list": "天气\tn\n今天\tt\n好\ta\n很\td\n",
    "gold table": "start\tend\tform\ttag\n0\t2\t内外\tf\n4\t6\t贸易\tvn\n9\t11\t、\tw\n",
    "edits": "line\told\tnew\n1\tcan/MD t/RB\tca/MD nt/RB\n2\tm16/NN\tm/NN 16/CD\n",
    "csv": "id,word,tag\n1,dog,NN\n2,barks,VBZ\n",
    "paths": "/usr/lib/python\n/usr/share/doc\nsrc/a/b.txt\n./x\n",
    "settings": "Port 22\nLogin no\nForward yes\nSubsystem sftp\n",
    "json": '{"a": "b/c", "d": [1, 2]}\n',
    "binary": "a\0b/n c/v",
}


def detected(text: str, suffix: str = "") -> Detected:
    return detect_format(sample(text, suffix), installed().formats.values())


def tagset_of(text: str) -> str | None:
    format_ = detected(text).format
    assert format_
    found = detect_tagset(sample(text), format_, installed().tagsets)
    return found.name if found else None


@pytest.mark.parametrize("name", CORPORA)
def test_corpora_are_known(name: str) -> None:
    found = detected(CORPORA[name])
    assert found.format, found.reason
    assert found.format.name == name.split(maxsplit=1)[0]
    assert found.reason.startswith(found.format.name)


@pytest.mark.parametrize("name", CORPORA)
def test_line_ends_make_no_difference(name: str) -> None:
    for line_end in ("\r\n", "\r"):
        found = detected(CORPORA[name].replace("\n", line_end))
        assert found.format and found.format.name == name.split(maxsplit=1)[0]


@pytest.mark.parametrize("name", STRANGERS)
def test_other_texts_are_no_corpora(name: str) -> None:
    found = detected(STRANGERS[name])
    assert found.format is None, found.reason
    assert found.reason


def test_an_empty_text_is_an_empty_corpus() -> None:
    assert detected("").format
    assert detected(" \n").reason == "the file is empty"


def test_a_suffix_tells_a_list_of_tagged_words_apart() -> None:
    found = detected(STRANGERS["word list"], ".vert").format
    assert found and found.name == "vertical"


@pytest.mark.parametrize("name", ["slash pku98", "slash penn", "slash brown"])
def test_tagsets_are_known(name: str) -> None:
    assert tagset_of(CORPORA[name]) == name.split()[1]


def test_names_of_things_have_no_tagset() -> None:
    assert tagset_of(CORPORA["vertical positions"]) is None


def shared_files() -> list[Path]:
    return sorted(path for path in SHARED.rglob("*") if path.suffix in (".txt", ".tsv", ".md"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the data for measuring is not on this machine")
def test_the_data_for_measuring() -> None:
    for path in shared_files():
        found = detected(read(path.read_bytes())[0], path.suffix).format
        assert (found.name if found else None) == expected(path), path


def expected(path: Path) -> str | None:
    """Every text file there is a corpus; the others are tables and notes."""
    if path.suffix != ".txt":
        return None
    unspaced = path.parent.name == "docs" or path.name.startswith("000_")
    return "unspaced" if unspaced else "slash"


class Counting(Conllu):
    """Counts how often it is asked."""

    name = "counting"
    suffixes = ()

    def __init__(self) -> None:
        self.asked = 0

    def guess(self, sample: Sample) -> Guess:
        self.asked += 1
        return Guess(0.0, "never")


@pytest.mark.parametrize(("suffix", "asked"), [(".conllu", 0), (".txt", 1)])
def test_what_is_sure_by_its_suffix_is_not_looked_at_by_other_formats(
    suffix: str, asked: int
) -> None:
    other = Counting()
    text = "1\tHi\thi\tINTJ\t_\t_\t0\troot\t_\t_\n\n"
    assert detect_format(Sample(text, suffix), [other, CONLLU]).format is CONLLU
    assert other.asked == asked


def test_a_suffix_alone_makes_no_format_sure() -> None:
    other = Counting()
    found = detect_format(Sample("今天/t 天气/n 很/d 好/a\n", ".conllu"), [other, CONLLU, SLASH])
    assert (found.format, other.asked) == (SLASH, 1)
