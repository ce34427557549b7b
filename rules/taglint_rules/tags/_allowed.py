"""Which tags the rules on single types let a form bear: what is proposed must not offend them."""

from taglint.characters import is_punctuation, is_wordlike
from taglint.tagsets import Tagset

# A tag of these classes is no claim that a mark is a word.
NOT_WORDS = frozenset(("punctuation", "symbol", "foreign", "other"))


def may_bear(form: str, tag: str, tagset: Tagset | None) -> bool:
    """Whether a form may bear a tag, as far as the tagset tells."""
    if tagset is None:
        return True
    known = tagset.find(tag)
    if known is None:
        return False
    if {form, form.lower()} & known.words:
        return True
    if known.exhaustive and known.name == tag:
        return False
    if known.cls == "punctuation":
        return not is_wordlike(form)
    return known.cls in NOT_WORDS or not is_punctuation(form)
