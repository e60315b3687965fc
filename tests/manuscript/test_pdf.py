"""PDF files as people make them: where a line ends, what belongs to a paragraph, and what a hyphen means."""

import typst

from manuscript.pdf.letters import Row
from manuscript.pdf.order import without_furniture
from manuscript.pdf.pages import lines_of_pdf

SAYS = (
    "Politiet og kommunen vil i 2022 arbejde sammen om trafiksikkerheden ved skolerne, "
    "og lokalrådet drøfter indsatsen hvert kvartal. "
)
WHOLE = SAYS.strip()
SIGNS = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <B7> <F0B7> endbfchar"


def read(source: str) -> list[str]:
    """The lines of a page set by typst."""
    page = '#set page(width: 148mm, height: 210mm, margin: 20mm)\n#set text(lang: "da", size: 10pt)\n'
    return [line.text for line in lines_of_pdf(typst.compile((page + source).encode())) if line.text]


def printed(scale: float, lines: list[str]) -> bytes:
    """A PDF whose letters are drawn large and made smaller by the page's matrix, as browsers print them;
    steps of 14 points."""
    size = 12 / scale
    words = "".join(
        f"BT /F 1 Tf {size:.2f} 0 0 {size:.2f} "
        f"{50 / scale:.2f} {(700 - 14 * n) / scale:.2f} Tm ({line}) Tj ET\n"
        for n, line in enumerate(lines)
    )
    content = f"q {scale} 0 0 {scale} 0 0 cm\n{words}Q".encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(SIGNS), SIGNS),
    ]
    out = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj%s\nendobj\n" % (n, body) for n, body in enumerate(objects, start=1)
    )
    return out + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


def test_it_keeps_short_paragraphs_apart_and_long_ones_whole() -> None:
    assert read("\n\n".join(["Kort."] * 8) + f"\n\n{SAYS}\n\n{SAYS}") == [*["Kort."] * 8, WHOLE, WHOLE]


def test_it_is_not_led_astray_by_a_close_block_in_a_wide_text() -> None:
    lines = " \\\n".join(["Rebild Kommune", "Hobrovej 110", "9530 Støvring", "Telefon", "rebild.dk"])
    address = f"#block[#set par(leading: 0.4em)\n{lines}]"
    found = read(f"#set par(leading: 1.2em, spacing: 2em)\n{address}\n\n{SAYS}\n\n{SAYS}")
    assert found[-2:] == [WHOLE, WHOLE]


def test_it_measures_letters_as_they_are_printed() -> None:
    lines = [
        "Lokalrådet mødes hver måned og taler om",
        "trafikken ved skolerne i hele kommunen.",
        "Det bliver skrevet ned.",
    ]
    for scale in (1.0, 0.75, 0.24):
        text = " ".join(line.text for line in lines_of_pdf(printed(scale, lines)) if line.text)
        assert text == " ".join(lines)
        assert len([line for line in lines_of_pdf(printed(scale, lines)) if line.text]) == 1


def test_it_passes_over_lines_without_words() -> None:
    assert read(f"{SAYS}\n\nNavn:\n#pagebreak()\n#box(width: 1fr, repeat[.])\n\n{SAYS}") == [
        WHOLE,
        "Navn:",
        WHOLE,
    ]
    assert read(f"{SAYS}\n#pagebreak()\n\u00ad\n\n{SAYS}") == [WHOLE, WHOLE]


def test_it_knows_a_broken_word_from_a_word_with_a_hyphen() -> None:
    broken = [
        "Børne-|Ungeudvalget",
        "Pre-|Exit",
        "SSP-|lærere",
        "§ 115-|udvalg",
        "fore-|byggelse",
        "by-|og landråd.",
    ]
    set_so = ", ".join(broken).replace("|", "\\\n")
    assert read(f"{SAYS}\n\nVi hører {set_so}")[-1] == (
        "Vi hører Børne-Ungeudvalget, Pre-Exit, SSP-lærere, § 115-udvalg, forebyggelse, by- og landråd."
    )
    assert (
        read(f"{SAYS}\n\nEn exit-enhed hjælper. En exit-\\\nenhed rådgiver.")[-1]
        == "En exit-enhed hjælper. En exit-enhed rådgiver."
    )


def test_it_reads_a_broken_word_in_a_table_s_last_cell() -> None:
    work = "Kommunen afholder et trafiksikkerhedsarrangement for kriminalitetsforebyggende partnere"
    row = f"[1. maj], [Politiet], [{work}]"
    found = read(
        f"{SAYS}\n#table(columns: (20mm, 25mm, 32mm), [Frist], [Ansvarlig], [Indsats], {row}, {row})\n{SAYS}"
    )
    assert found[2] == f"1. maj | Politiet | {work}"


def test_it_knows_the_mark_of_a_list_in_a_font_of_signs() -> None:
    lines = [
        "Det vil vi:",
        "· Besøge alle skoler inden sommer.",
        "· Holde et møde med de handlende.",
    ]  # the dot is read as U+F0B7, as Word's
    assert [line.text for line in lines_of_pdf(printed(1.0, lines)) if line.text] == [
        line.replace("·", "•") for line in lines
    ]


def test_it_parts_a_heading_in_bold_from_the_text_below_it() -> None:
    heading = '#block(below: 0.65em, text(weight: "bold")[Natteliv i midtbyen])'
    assert read(f"{SAYS}\n\n{heading}\n{SAYS}") == [WHOLE, "Natteliv i midtbyen", WHOLE]
    assert read(f"{SAYS}\n\n*Formål:* {SAYS}")[-1] == f"Formål: {WHOLE}"


def test_it_ends_a_table_where_running_text_or_a_heading_begins() -> None:
    cells = "[Indsats], [Ansvarlig], [Frist], [Besøg], [Politiet], [1. maj]"
    table = f"#table(columns: (30mm, 30mm, 30mm), inset: (left: 0mm), {cells})"
    for below, says in ((SAYS, WHOLE), ("#text(size: 13pt)[Indbrud]", "Indbrud")):
        assert read(f"{SAYS}\n{table}\n{below}") == [
            WHOLE,
            "Indsats | Ansvarlig | Frist",
            "Besøg | Politiet | 1. maj",
            says,
        ]


def test_it_follows_a_record_over_a_page() -> None:
    work = "Møde med skolernes ledere og forældre om trafik og lys på stier og veje i byen"
    cells = f"[Indsats], [Ansvarlig], [Frist], [{work}], [Politiet], [1. maj]"
    table = f"#table(columns: (30mm, 30mm, 30mm), {cells})"
    found = read(f"{SAYS}\n#v(132mm)\n{table}\n{SAYS}")
    assert found == [WHOLE, "Indsats | Ansvarlig | Frist", f"{work} | Politiet | 1. maj", WHOLE]


def test_a_number_at_the_end_of_a_sentence_is_no_page_number() -> None:
    letters = [
        Row("Bænkene flyttes i uge", 50, 150, 500, 11, 1),
        Row("15", 50, 60, 486, 11, 1),
        Row("Porten males i maj.", 50, 150, 472, 11, 1),
        Row("3", 300, 306, 30, 9, 1),
    ]
    assert [row.text for row in without_furniture([letters])] == [
        "Bænkene flyttes i uge",
        "15",
        "Porten males i maj.",
    ]


def test_a_running_foot_on_two_pages_is_left_out() -> None:
    pages = [
        [
            Row(f"Side om emne nummer {'abc'[page]}", 50, 150, 500, 11, page),
            Row("Handleplan 2026 – side", 50, 150, 30, 9, page),
        ]
        for page in (1, 2)
    ]
    assert len(without_furniture(pages)) == 2
