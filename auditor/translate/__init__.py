"""Engines behind one callable, texts to texts; the health of what they say.

`gloss/` reads word by word with the auditor's own dictionaries and needs no model; `supplied` hands on a translation that came with the
texts; `health` says whether an English text may speak as a witness.
"""
