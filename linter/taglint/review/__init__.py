"""Adjudication: a person goes through findings, and what they rule is kept as decisions."""
