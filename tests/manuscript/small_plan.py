"""A plan in our own words that the reader, the pages and the stories all read.

It has the shape and the faults of a real one: contents that differ from headings, a stale year, a doubled
paragraph, a chapter of numbered areas, one area with two parts, a contact block.
"""

from pathlib import Path

PLAN = Path(__file__).with_name("small_plan.txt").read_text("utf-8").strip()
