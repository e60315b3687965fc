"""The plan check: small rules over a manuscript, each with its own example; it tells and proposes, and mends only what one asks for."""

from samraad.plan.check.manuscript import Finding, Manuscript
from samraad.plan.check.rules import FAULTS, RULES, check

__all__ = ["FAULTS", "RULES", "Finding", "Manuscript", "check"]
