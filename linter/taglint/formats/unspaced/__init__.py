"""Decoding of `word/tag` text without blanks, such as `时/qt两天/nz的/ude1`.

After a tag the next form may begin with Latin letters or digits: `需要/vgpu/gi` may be
`需要/v gpu/gi` or `需要/vg pu/gi`, `叫/vinvlink/nz` one of three. `decode` weighs the readings
with the statistics of the text itself and of tagsets in general; it never looks at other texts.
"""

# A boundary that is won by less is undecidable; in nats: odds of twenty to one.
DOUBTFUL = 3.0
