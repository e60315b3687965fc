"""Plain text to lines: as it is, or with the marks of Markdown ("# Overskrift", "**fed**", "| celle |")."""

import re
from itertools import starmap

from manuscript.line import Line

# A bare address, or a `# status: ...` below it, above a saved text tells where it came from: not its words.
NOTE = re.compile(r"https?://\S+|# [a-zæøå]+: .*")
HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
RULE = re.compile(r"\|?[\s:|-]*-{3}[\s:|-]*\|?")
ROW = re.compile(r"\|(.+)\|")


def lines_of_text(text: str) -> list[Line]:
    """The lines of a text; one whose first line is marked as a heading is read as Markdown."""
    rows = _without_notes([row.strip() for row in text.split("\n")])
    first = next(filter(None, rows), "")
    numbered = enumerate(rows, start=1)
    if HEADING.fullmatch(first):
        return list(starmap(_marked, numbered))
    return list(starmap(Line, numbered))


def _without_notes(rows: list[str]) -> list[str]:
    out: list[str] = []
    for place, row in enumerate(rows):
        if row and not NOTE.fullmatch(row):
            return out + rows[place:]
        out.append("")
    return out


def _marked(number: int, text: str) -> Line:
    """A line without its marks."""
    if heading := HEADING.fullmatch(text):
        return Line(number, STRONG.sub(r"\2", heading[2]), len(heading[1]))
    if "---" in text and RULE.fullmatch(text):
        return Line(number, "")
    if row := ROW.fullmatch(text):
        text = row[1].strip()
    return Line(number, STRONG.sub(r"\2", text))
