"""Reads a plan written elsewhere: bytes -> lines (`source`) -> what it is (`recognise`), its tree (`structure`), what it says
(`commitments`, `figures`, `fora`) -> the whole as JSON (`plan_text.read`).

The reader reports and proposes; it never corrects, merges or drops. No rule is keyed to a file.
"""
