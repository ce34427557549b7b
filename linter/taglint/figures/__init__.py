"""Figures of a corpus: what it holds, what varies in it, what was found, how versions differ."""
