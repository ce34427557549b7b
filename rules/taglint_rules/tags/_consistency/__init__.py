"""How likely each token's tag is wrong, from the counts of a corpus alone.

The way of the data: `view` (types and rows as integers) → `glance` and `candidates` (the tags a
token might bear instead) → `around`, `conditions` and `evidence` (leave-one-out log probabilities
of each) → `noise` and `draw` (tags made wrong on purpose and tags as they are, to learn from) →
`logistic` (what tells them apart) → `calibration` (a score to a probability) → `suspects`.
"""
