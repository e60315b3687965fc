"""The plan check: small rules over a manuscript, each with its own example; it tells and proposes, and mends only what one asks for."""

from manuscript.check.rules import FAULTS, RULES, check
from manuscript.check.text import Finding, Manuscript

__all__ = ["FAULTS", "RULES", "Finding", "Manuscript", "check"]
