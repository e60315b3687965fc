"""What stands where in a picture: its texts with the room they take, and its colours in grey."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

LETTER = 0.54  # the width of a letter against the size of its type, on average
SVG = "{http://www.w3.org/2000/svg}"


class Text(NamedTuple):
    """A text, whether it belongs to an axis, and the room it takes in pixels."""

    words: str
    axis: bool
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Text") -> bool:
        """Whether the two overlap by more than a pixel."""
        beside = self.right - 1 <= other.left or other.right - 1 <= self.left
        above = self.bottom - 1 <= other.top or other.bottom - 1 <= self.top
        return not (beside or above)


def texts(svg: str) -> list[Text]:
    """All drawn texts; one that is drawn twice in its place (its edge and its letters) once."""
    return list(dict.fromkeys(_texts(ET.fromstring(svg), 0.0, 0.0, False)))


def _texts(element: ET.Element, x: float, y: float, axis: bool) -> Iterator[Text]:
    axis = axis or "role-axis" in element.get("class", "")
    turned = "rotate" in element.get("transform", "")
    moved = re.search(r"translate\(([-\d.e]+),([-\d.e]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{SVG}text" and element.text:
        yield _text(element, x, y, axis, turned)
    for child in element:
        yield from _texts(child, x, y, axis)


def _text(element: ET.Element, x: float, y: float, axis: bool, turned: bool) -> Text:
    size = float(element.attrib["font-size"].removesuffix("px"))
    words = str(element.text)
    x, y = x + float(element.get("x", 0)), y + float(element.get("y", 0))
    wide = len(words) * size * LETTER
    before = {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    if turned:
        return Text(words, axis, x - size * 0.75, y - wide + before, x + size * 0.2, y + before)
    return Text(words, axis, x - before, y - size * 0.75, x - before + wide, y + size * 0.2)


def overlapping(svg: str) -> list[tuple[str, str]]:
    """The pairs of texts that overlap."""
    found = texts(svg)
    pairs = []
    for n, one in enumerate(found):
        for other in found[n + 1 :]:
            if one.covers(other):
                pairs.append((one.words, other.words))
    return pairs


def cut(svg: str) -> list[str]:
    """The texts that reach beyond the picture."""
    root = ET.fromstring(svg)
    wide, tall = float(root.attrib["width"]), float(root.attrib["height"])
    return [
        one.words
        for one in texts(svg)
        if one.left < -1 or one.top < -1 or one.right > wide + 1 or one.bottom > tall + 1
    ]


def luminance(colour: str) -> float:
    """How light a colour is when it is mapped to grey."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Of two colours in grey, as in WCAG."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
