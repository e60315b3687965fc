"""The page and the styles of a Word file, the foot with the page's number, and the paragraphs on it."""

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

WIDTH, HEIGHT = 210, 297  # millimetres of the page
MARGIN = 24
FONT = "Arial"  # what every office machine has
INK = RGBColor(0x0B, 0x3C, 0x49)
QUIET = RGBColor(0x4A, 0x54, 0x59)
# style: size, bold, points before and after, stays with what follows
STYLES: dict[str, tuple[float, bool, float, float, bool]] = {
    "Normal": (11, False, 0, 6, False),
    "Title": (24, True, 0, 6, True),
    "Subtitle": (11, False, 0, 6, True),
    "Tilstand": (11, True, 0, 8, False),
    "Heading 1": (15, True, 16, 6, True),
    "Heading 2": (12.5, True, 12, 6, True),
    "Heading 3": (11, True, 8, 6, True),
    "Heading 4": (11, False, 8, 6, True),
    "Caption": (10, False, 4, 4, True),
    "Oplysning": (10, False, 0, 6, False),
    "Beslutning": (11, False, 4, 8, False),
    "Footer": (8.5, False, 0, 0, False),
    "Tabeltekst": (10, False, 1, 2, False),
    "Tabelhoved": (10, True, 1, 2, True),
    "Efter tabel": (4, False, 0, 4, False),
}
COLOURED = ("Title", "Subtitle", "Tilstand", "Heading 1", "Heading 2", "Heading 3", "Heading 4")


def set_page(file: Any) -> None:
    """A4 that stands."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)


def set_styles(file: Any) -> None:
    """The styles of STYLES in our letters, and Danish."""
    known = {style.name for style in file.styles}
    for name, (size, bold, before, after, stays) in STYLES.items():
        style = file.styles[name] if name in known else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.bold, style.font.italic, style.font.name = Pt(size), bold, False, FONT
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            if fonts.get(qn(theme)) is not None:
                del fonts.attrib[qn(theme)]
        layout = style.paragraph_format
        layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), stays
        if name in COLOURED:
            style.font.color.rgb = INK
        elif name == "Oplysning":
            style.font.color.rgb = QUIET
        elif name == "Caption":
            style.font.color.rgb = RGBColor(0, 0, 0)
    _box(file.styles["Beslutning"])
    file.styles["Normal"].paragraph_format.line_spacing = 1.2
    for name in ("Tabeltekst", "Tabelhoved", "Efter tabel"):
        file.styles[name].paragraph_format.line_spacing = 1.0
    border = file.styles["Title"].element.find(".//" + qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    for language in file.styles.element.iter(qn("w:lang")):
        for attribute in ("w:val", "w:eastAsia"):
            language.set(qn(attribute), "da-DK")


def _box(style: ParagraphStyle) -> None:
    """A style on a light ground with a line along its left side."""
    properties = style.element.get_or_add_pPr()
    borders, ground = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    line = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", str(INK))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F0F6F7")):
        ground.set(qn(f"w:{name}"), value)
    spacing = properties.find(qn("w:spacing"))  # the order of these is fixed by the format
    spacing.addprevious(borders)
    spacing.addprevious(ground)


def add_paragraph(file: Any, style: str, text: str = "") -> Any:
    """A paragraph upright on the page: after a broad table the page turns back."""
    turn(file, broad=False)
    paragraph = file.add_paragraph(text)
    put_style(paragraph, style)
    return paragraph


def put_style(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph a style by the number that Word knows it by: its name without blanks.

    Asked for it by its name, python-docx looks through all styles each time.
    """
    if name != "Normal":
        paragraph._p.style = name.replace(" ", "")


def turn(file: Any, *, broad: bool) -> None:
    """Go on on a page that lies down, or one that stands."""
    if (file.sections[-1].orientation == WD_ORIENT.LANDSCAPE) != broad:
        section = file.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if broad else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (
            (Mm(HEIGHT), Mm(WIDTH)) if broad else (Mm(WIDTH), Mm(HEIGHT))
        )


def set_footer(file: Any, text: str) -> None:
    """The foot of every page."""
    paragraph = file.sections[0].footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.add_run(f"{text}  ·  side ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" af ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """What Word counts itself."""
    for kind, content in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(content if kind == "text" else "")._r
        if kind in ("begin", "separate", "end"):
            run.append(OxmlElement("w:fldChar"))
            run[-1].set(qn("w:fldCharType"), kind)
        elif not kind:
            run.append(OxmlElement("w:instrText"))
            run[-1].text = content
