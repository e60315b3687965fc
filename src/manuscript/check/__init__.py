"""The plan check: small rules over a manuscript, each with its own example; it tells and proposes, and
mends only what one asks for."""
