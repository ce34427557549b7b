"""`迈向/v  充满/v  希望/n`: PFR, ICTCLAS, LCMC, Brown and the like.

The last slash separates, so `1/2/m` is a form `1/2`. Compounds stand in brackets that a closing
tag labels: `[中央/n 电台/n]nt`.
"""

from taglint.formats.delimited import Delimited

SLASH = Delimited("slash", "word/tag with blanks", "/", brackets=True, separator=" ")
