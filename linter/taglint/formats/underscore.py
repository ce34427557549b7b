"""`中国_NR 经济_NN`: Penn Chinese Treebank (flat) and Stanford tagger output."""

from taglint.formats.delimited import Delimited

UNDERSCORE = Delimited("underscore", "word_TAG with blanks", "_", brackets=False, separator=" ")
