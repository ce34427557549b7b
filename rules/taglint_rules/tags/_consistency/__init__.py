"""How likely each token's tag is wrong, from the counts of a corpus alone.

The way of the data: `view` (types and rows as integers) → `glance` and `candidates` (the tags a
token might bear instead) → `conditions` and `evidence` (leave-one-out log probabilities of each)
→ `noise` (tags made wrong on purpose, to learn from) → `logistic` (what tells them from the tags
as they are) → `calibration` (a score to a probability) → `suspects`.
"""
