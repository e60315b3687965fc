"""What lets a picture stand alone: title, subtitle, key and source as visible text around the drawing."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidens.errors import BadRequest

INK, MUTED, BAND, LINE, MARK, PAPER = "#1a1a1a", "#5a5a5a", "#d7dde3", "#12436d", "#a6321a", "#ffffff"
FONT = "IBM Plex Sans, Arial, sans-serif"
LETTER = 0.56  # the width of a letter against the size of the type, on the safe side
TITLE, TEXT, SMALL = 17, 13, 12  # pixels
LEADING = 1.3
SIGN = 30  # room for a sign of the key
# The signs of a key, drawn in a field of 24 by 12 pixels.
SIGNS = {
    "line": f'<path d="M0 6H24" fill="none" stroke="{LINE}" stroke-width="2"/>',
    "dashed": f'<path d="M0 6H24" fill="none" stroke="{MUTED}" stroke-width="1.2" stroke-dasharray="5 3"/>',
    "dotted": f'<path d="M0 6H24" fill="none" stroke="{MUTED}" stroke-width="1.2" stroke-dasharray="2 3"/>',
    "solid": f'<path d="M0 6H24" fill="none" stroke="{MUTED}" stroke-width="1.2"/>',
    "level": f'<path d="M0 6H24" fill="none" stroke="{INK}" stroke-width="1"/>',
    "band": f'<rect width="24" height="12" fill="{BAND}"/>',
    "dot": f'<circle cx="12" cy="6" r="3.5" fill="{PAPER}" stroke="{LINE}" stroke-width="1.5"/>',
    "filled": f'<circle cx="12" cy="6" r="4.5" fill="{MARK}" stroke="{LINE}" stroke-width="1.5"/>',
    "diamond": f'<path d="M12 0L18 6L12 12L6 6Z" fill="{MARK}"/>',
    "shade": '<path d="M0 0H12V12H0Z" fill="#f4f7fa"/><path d="M12 0H24V12H12Z" fill="#6f9bc8"/>',
    "own": f'<path d="M0 2H24V10H0Z" fill="{LINE}"/><circle cx="12" cy="6" r="4" fill="{PAPER}" '
    f'stroke="{LINE}" stroke-width="2"/>',
    "other": f'<path d="M0.5 2.5H23.5V9.5H0.5Z" fill="{BAND}" stroke="{MUTED}"/>'
    f'<circle cx="12" cy="6" r="4" fill="{MUTED}"/>',
    "newest": f'<rect width="24" height="12" fill="{LINE}"/>',
    "older": f'<rect x="0.5" y="0.5" width="23" height="11" fill="{BAND}" stroke="{MUTED}"/>',
    "blank": f'<rect x="0.5" y="0.5" width="23" height="11" fill="{PAPER}" stroke="{MUTED}"/>',
}
_OPENING = re.compile(r"<svg[^>]*>")
_SIZE = re.compile(r'\s(width|height|viewBox)="([^"]*)"')


@dataclass(frozen=True)
class Face:
    """The words around a picture: below the title, the key as (sign, text), a note, and the source."""

    subtitle: str
    keys: Sequence[tuple[str, str]]
    source: str
    note: str = ""


@dataclass(frozen=True)
class _Texts:
    """Lines of SVG so far, and how far down they reach."""

    lines: list[str]
    down: float

    def more(self, text: str, size: int, wide: float, look: str = "", left: float = 0.0) -> "_Texts":
        """With a text below, broken into lines that fit."""
        found, down = list(self.lines), self.down
        for line in wrapped(text, size, wide - left):
            down += size * LEADING
            found.append(
                f'<text x="{left:.0f}" y="{down:.0f}" font-family="{FONT}" font-size="{size}"{look}>'
                f"{html.escape(line)}</text>"
            )
        return _Texts(found, down)


def standing(svg: str, title: str, face: Face) -> str:
    """The drawing with its words above and below; without a title and the others, where they are empty."""
    opening = _OPENING.match(svg)
    if opening is None:
        raise BadRequest("Tegningen kunne ikke laves.")
    sizes = dict(_SIZE.findall(opening[0]))
    wide, tall = float(sizes["width"]), float(sizes["height"])
    ink, muted = f' fill="{INK}"', f' fill="{MUTED}"'
    above = _Texts([], 2).more(title, TITLE, wide, f'{ink} font-weight="bold"')
    above = above.more(face.subtitle, TEXT, wide, muted)
    top = 0.0
    if above.lines:
        top = above.down + 10
    below = _Texts([], top + tall)
    for sign, text in face.keys:
        at = below.down + TEXT * LEADING - 11
        drawn = f'<g transform="translate(0,{at:.0f})">{SIGNS[sign]}</g>'
        below = _Texts([*below.lines, drawn], below.down).more(text, TEXT, wide, ink, SIGN)
    below = _Texts(below.lines, below.down + 4).more(face.note, SMALL, wide, ink)
    below = below.more(face.source, SMALL, wide, muted)
    height = below.down + 8
    head = _SIZE.sub("", opening[0])[:-1] + f' width="{wide:.0f}" height="{height:.0f}"'
    head += f' viewBox="0 0 {wide:.0f} {height:.0f}">'
    paper = f'<rect width="{wide:.0f}" height="{height:.0f}" fill="{PAPER}"/>'
    picture = svg[opening.end() :].removesuffix("</svg>")
    words = "".join([*above.lines, *below.lines])
    return f'{head}{paper}<g transform="translate(0,{top:.0f})">{picture}</g>{words}</svg>'


def wrapped(text: str, size: int, wide: float) -> list[str]:
    """A text in lines of about that many pixels; words are not broken.

    >>> wrapped("Hærværk i Aalborg", 10, 60)
    ['Hærværk i', 'Aalborg']
    """
    most = max(8, int(wide / (size * LETTER)))
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        lines.append(line)
    return lines
