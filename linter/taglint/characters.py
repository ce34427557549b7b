"""What kinds of characters a form is made of, for rules of any family."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

from taglint.patterns import lazy

# Han characters of all blocks, with 〇 and the iteration mark 々.
HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
HAN_ONLY = lazy(f"[{HAN}]+")
# Marks that are punctuation to Unicode and words to annotators: %, &, @, the possessive '.
WORD_LIKE = frozenset("%％‰&＆@＠#＃*＊§¶†‡'’′/／\\＼_＿·・")
PAIRS = {
    "(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "｛": "｝", "《": "》", "〈": "〉",
    "「": "」", "『": "』", "【": "】", "〔": "〕", "〖": "〗",
}  # fmt: skip
CLOSERS = {closer: opener for opener, closer in PAIRS.items()}


def is_han(text: str) -> bool:
    """Whether a text is Han characters only; an empty one is not."""
    return HAN_ONLY.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_mark(character: str) -> bool:
    """Whether a character is a punctuation mark and nothing else."""
    return category(character).startswith("P") and character not in WORD_LIKE


def is_punctuation(form: str) -> bool:
    """Whether a form is punctuation marks only."""
    return bool(form) and all(map(is_mark, form))


def is_wordlike(form: str) -> bool:
    """Whether a form is letters and digits of any script only."""
    return form.isalnum()
