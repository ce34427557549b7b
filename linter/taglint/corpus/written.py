"""What the files begin with that taglint writes beside corpora, and takes for none."""

BASELINE = "# The baseline of taglint: "
LEXICON = "# form\ttag\tcount\n"
OWN = (BASELINE, LEXICON)
