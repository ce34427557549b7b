"""Which tags the rules on single types let a form bear: what is proposed must not offend them."""

from taglint.characters import is_punctuation, is_wordlike
from taglint.corpus.vocabulary import Judged, Vocabulary
from taglint.rules import Context
from taglint.tagsets import Tagset

# A tag of these classes is no claim that a mark is a word.
NOT_WORDS = frozenset(("punctuation", "symbol", "foreign", "other"))


def tagged_otherwise(vocabulary: Vocabulary, context: Context) -> Judged:
    """The types whose tag is not in the tagset, which may have none."""
    return vocabulary.tagged(_is_unknown, context.tagset)


def _is_unknown(tag: str, tagset: Tagset | None) -> bool:
    return tagset is not None and tag not in tagset


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
