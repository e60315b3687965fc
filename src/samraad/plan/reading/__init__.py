"""Reads a plan written elsewhere: bytes -> lines (`source`) -> what it is (`recognise`) and its tree (`structure`).

The reader reports and proposes; it never corrects, merges or drops. No rule is keyed to a file.
"""

from samraad.plan.reading.plan_text import PlanText, read

__all__ = ["PlanText", "read"]
