"""A document's tokens written in another format, and what that format does not hold.

Forms, tags and, in most formats, sentence ids are kept; layout that the whole document shares is
the target's own. Blanks in a form that the target bars are written as the signs for them: `␣` for
a blank, `␉` for a tab, `␊` and `␍` for line ends; a target that allows blanks gets them back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from taglint.corpus.document import Decoded, Document
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Format, Settings
from taglint.formats.conllu_sentences import COLUMNS, FORM, ID, NODE, RANGE, Block
from taglint.formats.delimited import PARAGRAPH_ID
from taglint.formats.roundtrip import Gap, Stretch, stretches

SIGNS = {" ": "␣", "\t": "␉", "\n": "␊", "\r": "␍"}
TO_SIGNS = str.maketrans(SIGNS)
FROM_SIGNS = str.maketrans({sign: blank for blank, sign in SIGNS.items()})
KIND_TITLES = {RANGE: "multiword ranges", NODE: "empty nodes"}
KEPT_COMMENTS = frozenset(("sent_id", "text"))
Token = tuple[str, str]


class Rewriting:
    """One document on its way to another format. `lost` and `notes` are filled by `text`."""

    def __init__(self, document: Document, target: Format, settings: Settings) -> None:
        self.lost: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self._document = document
        self._target = target
        self._settings = settings
        self._in_blocks = "\n" in target.separator
        self._allows_blanks = target.can_write(" a b", "n")
        self._stretches = list(stretches(document))
        self._separator = self._own_separator()
        self._forms: dict[TokenType, str] = {}

    def text(self) -> str:
        """The document in the target format, with the document's usual line end."""
        names = self._document.decoded.names
        text = self._written(with_names=True)
        decoded, vocabulary = self._decoded(text)
        if names and decoded.names != self._expected_names():
            text = self._written(with_names=False)
            decoded, vocabulary = self._decoded(text)
            self.lost["sentence ids"] += len(names)
        self._compare(decoded, vocabulary)
        self._count_layout()
        return text

    def _decoded(self, text: str) -> tuple[Decoded, Vocabulary]:
        vocabulary = Vocabulary()
        return self._target.decode(text, vocabulary, self._settings), vocabulary

    def _expected_names(self) -> dict[int, str]:
        names = self._document.decoded.names
        numbers = [stretch.number for stretch in self._stretches]
        return {place: names[number] for place, number in enumerate(numbers) if number in names}

    def _written(self, with_names: bool) -> str:
        between = "\n\n" if self._in_blocks else "\n"
        text = between.join([self._sentence(item, with_names) for item in self._stretches])
        if text and (self._in_blocks or self._document.text.endswith(("\n", "\r"))):
            text += "\n"
        line_end = usual_line_end(self._document.text)
        return text if line_end == "\n" else text.replace("\n", line_end)

    def _sentence(self, stretch: Stretch, with_names: bool) -> str:
        body = self._separator.join(map(self._token, kept(stretch.tokens)))
        name = self._document.decoded.names.get(stretch.number) if with_names else None
        if name is None:
            return body
        if self._in_blocks:
            return f"# sent_id = {name}\n{body}"
        if not self._separator:
            return body
        written = self._target.token(name, "m")
        if PARAGRAPH_ID.fullmatch(written):
            return f"{written}{self._separator}{body}"
        return f"{name}\t{body}"

    def _token(self, token: TokenType) -> str:
        form = self._form(token)
        return form if token.flaw == "missing-separator" else self._target.token(form, token.tag)

    def _form(self, token: TokenType) -> str:
        """The form as the target can hold it."""
        known = self._forms.get(token)
        if known is None:
            known = self._forms[token] = self._fitting(token)
        return known

    def _fitting(self, token: TokenType) -> str:
        if self._allows_blanks:
            return token.form.translate(FROM_SIGNS)
        if token.form.split() == [token.form] or self._target.can_write(token.form, token.tag):
            return token.form
        return token.form.translate(TO_SIGNS)

    def _compare(self, decoded: Decoded, vocabulary: Vocabulary) -> None:
        """Count the tokens that would be read back as others, and the forms with signs."""
        tokens = [token for stretch in self._stretches for token in kept(stretch.tokens)]
        wanted = [(self._form(token), token.tag) for token in tokens]
        types = vocabulary.types
        found = [(types[index].form, types[index].tag) for index in decoded.ids]
        if found != wanted:
            self.lost["tokens that would be read as others"] += _differences(wanted, found)
        changed = sum(token.form != self._form(token) for token in tokens)
        title = (
            "signs for blanks written as blanks"
            if self._allows_blanks
            else ("forms with blanks, which are written as ␣ and the like")
        )
        self.notes[title] += changed
        own = set("".join(SIGNS.values()))
        if changed and not self._allows_blanks:
            had = sum(bool(own & set(token.form)) for token in tokens)
            self.lost["forms with signs for blanks of their own"] += had

    def _own_separator(self) -> str:
        """The document's usual blanks where the target has blanks between tokens too."""
        target = self._target.separator
        usual = self._usual_gap()
        fits = usual.isspace() and not set(usual) & {"\n", "\r"}
        return usual if fits and target.isspace() and not self._in_blocks else target

    def _usual_gap(self) -> str:
        counts = Counter(gap.text for stretch in self._stretches for gap in stretch.gaps[:-1])
        return max(counts, key=lambda text: (counts[text], text), default="")

    def _count_layout(self) -> None:
        gaps = [gap for stretch in self._stretches for gap in stretch.gaps]
        self.lost["compound brackets"] += sum(_brackets(gap) for gap in gaps)
        for stretch in self._stretches[:1]:
            self.lost["compound brackets"] += len(stretch.opening)
        self.lost["compound brackets"] += sum(
            token.flaw == "detached-bracket"
            for stretch in self._stretches
            for token in stretch.tokens
        )
        if self._document.format == "conllu":
            self.lost += conllu_losses(self._document)
        else:
            self._count_gaps()

    def _count_gaps(self) -> None:
        """Count what stands between tokens, apart from what the document mostly has there."""
        inner = Counter(gap.text for stretch in self._stretches for gap in stretch.gaps[:-1])
        outer = Counter(self._line_gap(stretch) for stretch in self._stretches[:-1])
        for counts, title in ((inner, "blanks between tokens"), (outer, "line ends")):
            usual = max(counts, key=lambda text: (counts[text], text), default="")
            for text, number in counts.items():
                if text.strip():
                    self.lost["pieces of text outside of tokens"] += number
                elif text != usual:
                    self.lost[f"{title} unlike the others"] += number

    def _line_gap(self, stretch: Stretch) -> str:
        """What stands between two sentences without the second one's id."""
        text = stretch.gaps[-1].text
        if not stretch.following:
            return text
        return _without(text, stretch.following)


def kept(tokens: Sequence[TokenType]) -> list[TokenType]:
    """The tokens without brackets that stand alone, which only `slash` knows."""
    return [token for token in tokens if token.flaw != "detached-bracket"]


def usual_line_end(text: str) -> str:
    pairs, ends = text.count("\r\n"), text.count("\n")
    if pairs:
        return "\r\n" if pairs * 2 >= ends else "\n"
    return "\r" if text.count("\r") > ends else "\n"


def _without(text: str, name: str) -> str:
    """A gap without a sentence's id and what marks it as one."""
    before, _, after = text.rpartition(name)
    after = after.removeprefix("/m").removeprefix("_m")
    before = before.removesuffix("# sent_id = ")
    return before + after


def _brackets(gap: Gap) -> int:
    return gap.opening.count("[") + gap.closing.count("]")


def _differences(wanted: list[Token], found: list[Token]) -> int:
    """How many tokens of one list the other does not have."""
    missing = (Counter(wanted) - Counter(found)).total()
    return max(missing, (Counter(found) - Counter(wanted)).total(), 1)


def conllu_losses(document: Document) -> Counter[str]:
    """What a CoNLL-U document has besides forms, tags and sentence ids."""
    lost: Counter[str] = Counter()
    held = (ID, FORM, document.layout.tag_column)
    others = [(column, name) for column, name in enumerate(COLUMNS) if column not in held]
    for block in document.layout.blocks():
        lost["comments"] += sum(item.key not in KEPT_COMMENTS for item in block.comments)
        for column, name in others:
            lost[f"{name} values"] += sum(cell != "_" for cell in block.column(column))
        lost += _kinds(block)
    return lost


def _kinds(block: Block) -> Counter[str]:
    if block.regular:
        return Counter()
    return Counter(KIND_TITLES[row.kind] for row in block.rows if row.kind in KIND_TITLES)
