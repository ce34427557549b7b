"""Form with letters of another script that look like its own.

What it finds: a Latin word with Cyrillic or Greek letters that look Latin (`соrpus` with a
Cyrillic с), a Cyrillic or Greek word with such Latin ones, and single such letters among Chinese
characters (`Т恤` with a Cyrillic Т).

Why it matters: nobody sees the difference, and the form is counted and looked up as another one.

Fix: unsafe; writes the letters of the script that most letters are in.

Options: none.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.patterns import lazy
from taglint.rules import Change, Context, Example, Problem, Rule, Scope

CYRILLIC = dict(zip("аеорсухіјѕАВЕКМНОРСТУХІЈЅ", "aeopcyxijsABEKMHOPCTYXIJS", strict=True))
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
LETTERS = lazy(r"[^\W\d_]+")
LATIN_LETTER = lazy("[A-Za-zÀ-ÖØ-öø-ɏ]")
SCRIPTS = ((lazy("[Ѐ-ӿ]"), CYRILLIC), (lazy("[Ͱ-Ͽ]"), GREEK))
OTHER = lazy("[Ͱ-ӿ]")
CHINESE = lazy("[\u4e00-\u9fff]")


def check(token: TokenType, context: Context) -> Problem | None:
    if not OTHER.search(token.form):
        return None
    mended = LETTERS.sub(lambda match: _mended(match.group()), token.form)
    return _problem(token, mended) if mended != token.form else None


def _mended(word: str) -> str:
    """A run of letters in one script, if all letters of the rarer one have a double in it."""
    latin = LATIN_LETTER.findall(word)
    for letter, alike in SCRIPTS:
        others = letter.findall(word)
        if latin and len(latin) < len(others):
            back = {plain: double for double, plain in alike.items()}
            return _written(word, latin, back)
        if others and (latin or (len(others) == 1 and CHINESE.search(word))):
            return _written(word, others, alike)
    return word


def _written(word: str, rare: list[str], alike: dict[str, str]) -> str:
    """The word with its rare letters replaced, but for an acronym before or behind another word
    (`IPадрес`)."""
    joined = "".join(rare)
    acronym = len(rare) > 1 and joined.isupper() and not word.isupper()
    acronym = acronym and (word.startswith(joined) or word.endswith(joined))
    if acronym or not set(rare) <= alike.keys():
        return word
    return "".join(alike.get(letter, letter) for letter in word)


def _problem(token: TokenType, mended: str) -> Problem:
    pairs = zip(token.form, mended, strict=True)
    strange = [f"{old} (U+{ord(old):04X})" for old, new in pairs if old != new]
    message = f"{token.form} has letters of another script: {', '.join(dict.fromkeys(strange))}"
    change = Change(f"write {mended}", Applicability.UNSAFE, tokens=((mended, token.tag),))
    return Problem(message, part="form", group=token.form, change=change)


RULE = Rule(
    code="TXT016",
    name="mixed-script-form",
    doc=__doc__,
    scope=Scope.TYPE,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(
        Example("corpus/n корпус/n σώμα/n α粒子/n Δt/n Ω/q T恤/n", tagset=None),
        Example("βカロチン/n μm/q IPадрес/n", tagset=None),
    ),
    bad=(
        Example("\u0441orpus/n", found=("\u0441orpus",), fixed="corpus/n"),
        Example("к\x6fрпус/n", found=("к\x6fрпус",), fixed="корпус/n"),
        Example("\u0422恤/n", found=("\u0422恤",), fixed="T恤/n"),
    ),
    among=lambda vocabulary, _: vocabulary.containing(OTHER),
    check_type=check,
)
