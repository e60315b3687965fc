"""Forms whose labels stand on lines of their own: "Ansvarlig", and below it "Skoleafdelingen". Each value is
put beside its label, as the other forms have it."""

from collections.abc import Iterator

from manuscript.fields import is_field, label_of
from manuscript.line import ITEM, Line

LEAST = 2  # labels for who or when: with so many a document has a form
LONGEST = 40  # letters of a label


def with_values(lines: list[Line]) -> list[Line]:
    """The lines of a document with each value of a form beside its label, whose own line is left empty."""
    labels: dict[int, str] = {}
    for line in filter(_may_be_a_label, lines):
        labels[line.number] = label_of(_bare(line.text))
    kinds = list(labels.values())
    if kinds.count("who") + kinds.count("when") < LEAST or "who" not in kinds or "what" not in kinds:
        return lines
    return list(_joined(lines, labels))


def _joined(lines: list[Line], labels: dict[int, str]) -> Iterator[Line]:
    label = ""
    told = False  # has the label a value already?
    for line in lines:
        if labels.get(line.number):
            label, told = _bare(line.text), False
            yield line._replace(text="", heading=0)
        elif not line.text or not label:
            yield line
        elif line.heading or is_field(line) or " | " in line.text or (told and _is_over(label, line)):
            label = ""
            yield line
        else:
            told = True
            yield line._replace(text=f"{label}: {ITEM.sub('', line.text)}")


def _is_over(label: str, line: Line) -> bool:
    """Is a second line below a label no more of its value: who and when are told in one line, or in items?"""
    return label_of(label) in ("who", "when") and not ITEM.match(line.text)


def _may_be_a_label(line: Line) -> bool:
    return 2 < len(line.text) < LONGEST and not ITEM.match(line.text) and label_of(_bare(line.text)) != ""


def _bare(text: str) -> str:
    return text.rstrip(" :?")
