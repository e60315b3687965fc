"""Our own plans with what is true of them, in four forms: text, Word, web page and PDF; and how well a
reading meets it."""

import html
import io
import json
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import docx
import typst

from manuscript.reading import PlanText
from manuscript.rows import FindingRow

HERE = Path(__file__).parent
Pair = tuple[int, int]
# What the check says of every plan and no truth is written for: gaps in the work, which a text always has.
GAPS = {"promise_without_owner", "promise_without_date", "area_without_promise", "abbreviation"}


def same(text: str) -> str:
    """A text without what is no difference."""
    return re.sub(r"[^\wæøå§]+", " ", text.lower()).strip()


def value_of(value: Any) -> str:
    """A figure's absolute value as one word."""
    if value == "none":
        return "null"
    if isinstance(value, list):
        value = [None if each in (-1, "none") else each for each in value]
    return json.dumps(abs(value) if isinstance(value, int | float) else value)


@dataclass(frozen=True)
class OwnPlan:
    """A plan in blocks, each with what a careful reader finds in it."""

    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Its file's name."""
        return str(self.data["name"])

    @cached_property
    def blocks(self) -> list[dict[str, Any]]:
        """Its blocks in order."""
        return list(self.data["block"])

    def forms(self) -> list[tuple[str, bytes]]:
        """The same plan as (ending, content)."""
        return [
            ("txt", self.text().encode()),
            ("docx", self.word()),
            ("html", self.web().encode()),
            ("pdf", self.pdf()),
        ]

    def heading(self, block: dict[str, Any]) -> str:
        """A heading with its number."""
        return f"{block.get('number', '')} {block['text']}".strip()

    def text(self) -> str:
        """Plain text: blocks between blank lines."""
        out = []
        for block in self.blocks:
            if block["kind"] == "toc":
                out.append(
                    "Indhold\n\n"
                    + "\n".join(f"{number}\t{title}\t{page}".strip() for number, title, page in block["rows"])
                )
            elif block["kind"] == "table":
                out.append("\n".join(" | ".join(row) for row in block["rows"]))
            else:
                out.append(("- " if block["kind"] == "li" else "") + self.heading(block))
        return "\n\n".join(out) + "\n"

    def web(self) -> str:
        """A page with a menu and a script, as a content system makes it."""
        out = [
            "<!DOCTYPE html><html lang='da'>"
            "<head><title>Politi</title><style>p{color:red}</style></head><body>"
            "<nav><ul><li><a href='/'>Forside</a></li><li>Kontakt</li></ul></nav><main><div class='page'>"
        ]
        for block in self.blocks:
            if block["kind"] == "toc":
                rows = "".join(
                    f"<p>{html.escape(f'{number} {title} {page}'.strip())}</p>"
                    for number, title, page in block["rows"]
                )
                out.append(f"<p>Indhold</p>{rows}")
            elif block["kind"] == "table":
                cells = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block["rows"]]
                out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
            else:
                tag = {"title": "h1", "h1": "h2", "h2": "h3", "h3": "h4"}.get(block["kind"], block["kind"])
                out.append(f"<{tag}>{html.escape(self.heading(block))}</{tag}>")
        return "\n".join([*out, "</div></main><script>var x = 'nej';</script></body></html>"])

    def word(self) -> bytes:
        """A Word document with real styles."""
        document = docx.Document()
        for block in self.blocks:
            if block["kind"] == "toc":
                document.add_paragraph("Indhold")
                for number, title, page in block["rows"]:
                    document.add_paragraph(f"{number} {title} {page}".strip())
            elif block["kind"] == "table":
                table = document.add_table(rows=0, cols=len(block["rows"][0]))
                for row in block["rows"]:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
            elif block["kind"] == "li":
                document.add_paragraph(block["text"], style="List Bullet")
            elif block["kind"] == "p":
                document.add_paragraph(block["text"])
            else:
                document.add_heading(
                    self.heading(block), {"title": 0, "h1": 1, "h2": 2, "h3": 3}[block["kind"]]
                )
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def pdf(self) -> bytes:
        """A PDF, in two columns when the layout says so."""
        columns = 2 if self.data["layout"] == "two_columns" else 1
        return typeset(self.blocks, columns)

    def score(self, found: PlanText, lines: list[str]) -> dict[str, Pair]:
        """How many of each class were found, of how many; "rigtige" is how many of the found promises are
        true."""
        heads = [block for block in self.blocks if block["kind"] in ("h1", "h2", "h3")]
        titles = {same(row["title"]) for s in found.sections for row in [s, *s["subheadings"]]}
        areas = {same(area["title"]) for area in found.focus_areas}
        own = [same(re.sub(r"^\w+ \d+\s*[:.-]\s*", "", b["text"])) for b in heads if b.get("area")]
        promises = [promise for block in self.blocks for promise in block.get("promises", [])]
        said = [same(row["text"]) for row in found.commitments]
        counted = [p for p in promises if not p.get("weak")]
        figures = [(block, figure) for block in self.blocks for figure in block.get("figures", [])]
        names = {forum["name"].lower() for forum in found.fora}
        return {
            "afsnit": (
                sum(same(b["text"]) in titles or same(self.heading(b)) in titles for b in heads),
                len(heads),
            ),
            "områder": (
                sum(title in {same(re.sub(r"^\w+ \d+ ", "", a)) for a in areas} | areas for title in own),
                len(own),
            ),
            "kommuner": (int(found.municipalities == self.data["municipalities"]), 1),
            "løfter": (
                sum(any(s.startswith(same(p["anchor"])) for s in said) for p in counted),
                len(counted),
            ),
            "rigtige": (sum(any(s.startswith(same(p["anchor"])) for p in promises) for s in said), len(said)),
            "tal": (sum(self._has(found, lines, block, figure) for block, figure in figures), len(figures)),
            "fora": (
                sum(name.lower() in names for name in self.data.get("fora", [])),
                len(self.data.get("fora", [])),
            ),
            "fejl": self._defects(found, lines),
            "falske": (len(self.false_alarms(found, lines)), len(found.findings)),
        }

    def _stands_in(self, block: dict[str, Any], lines: list[str], line: int) -> bool:
        text = same(lines[line - 1])
        if block["kind"] == "toc":
            return any(same(str(row[1])) in text for row in block["rows"])
        if block["kind"] == "table":
            return any(same(row[0]) in text for row in block["rows"])
        return bool(text) and (same(block["text"])[:50] in text or text[:50] in same(block["text"]))

    def _has(self, found: PlanText, lines: list[str], block: dict[str, Any], figure: dict[str, Any]) -> bool:
        want = value_of(figure["value"])
        return any(
            value_of(row["value"]) == want and self._stands_in(block, lines, row["line"])
            for row in found.figures
        )

    def _defects(self, found: PlanText, lines: list[str]) -> Pair:
        planted = [(block, code) for block in self.blocks for code in block.get("defects", [])]
        hits = sum(
            any(
                row["code"] == code
                and any(self._stands_in(block, lines, line) for line in {row["line"], *row["lines"]})
                for row in found.findings
            )
            for block, code in planted
        )
        return hits, len(planted)

    def false_alarms(self, found: PlanText, lines: list[str]) -> list[FindingRow]:
        """Findings that nobody planted."""
        planted = [(block, code) for block in self.blocks for code in block.get("defects", [])]
        return [
            row
            for row in found.findings
            if row["code"] not in GAPS
            and not any(
                code == row["code"]
                and any(self._stands_in(b, lines, n) for n in {row["line"], *row["lines"]})
                for b, code in planted
            )
        ]


def typeset(blocks: list[dict[str, Any]], columns: int) -> bytes:
    """Blocks as a PDF by typst: title, contents, headings by size, running text, lists and tables."""
    source = (HERE / "page.typ").read_bytes()
    return bytes(typst.compile(source, sys_inputs={"d": json.dumps({"blocks": blocks, "columns": columns})}))


def plans(group: str = "") -> list[OwnPlan]:
    """Our own plans: the first six, those the rules were mended on "later", or the "unseen", which no rule
    may be mended on."""
    return [OwnPlan(tomllib.loads(path.read_text("utf-8"))) for path in sorted((HERE / group).glob("*.toml"))]


A_PAGE = 27  # blocks


def long_pdf(pages: int) -> bytes:
    """A PDF of about so many pages: all our plans one after the other; where they are used up, again with
    every third word of a paragraph from the next one, so that no paragraph comes twice, nor nearly."""
    blocks = [block for group in ("", "later", "unseen") for plan in plans(group) for block in plan.blocks]
    blocks = [block for block in blocks if block["kind"] in ("h1", "h2", "p", "li")]
    many: list[dict[str, Any]] = [{"kind": "title", "text": "Samarbejdsplan 2024"}]
    for place in range(pages * A_PAGE):
        block, turn = blocks[place % len(blocks)], place // len(blocks)
        words, others = block["text"].split(), blocks[(place + turn) % len(blocks)]["text"].split()
        mixed = [
            others[i % len(others)] if turn and i % 3 == turn % 3 else word for i, word in enumerate(words)
        ]
        many.append({**block, "number": "", "text": " ".join(mixed)})
    return typeset(many, 1)
