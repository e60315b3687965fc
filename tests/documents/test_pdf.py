"""PDF files: built by the rules, nobody's markup, the same bytes, in bounds; what cannot be shown is said."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from samraad.documents import pdf
from samraad.documents.model import Block, Document, Front, Heading, Prose, Table
from samraad.documents.pdf import NotMade, letters, press, to_pdf, typesetter, unshown
from tests.documents.pdf_rules import FONTS, bookmarks, faults, fonts, headings, structure, words

FULL = [
    Heading("Natteliv", number="1."),
    Prose(
        "<p>Vi <strong>går <em>nu</em></strong> ud &amp; <em>hjem</em>, se "
        '<a href="https://samraad.example/a">planen</a>.</p>'
        "<ul><li>Fredag<ol><li>kl. 22</li><li>kl. 23<p>også i byen</p></li></ol></li><li>Lørdag</li></ul>"
        "<ol><li>Et</li><li>To</li></ol><h3>Mere</h3><blockquote>Sagt</blockquote>"
    ),
    Table(["Løfte", "Frist"], [["Gå tur <b>nu</b>", "1. maj"]], "Løfter på området."),
    Prose("Ren tekst\n\nmed to afsnit"),
]
FRONT = Front("Kredsrådet", ["Aalborg", "Læsø"], ["Udgave 1"])


def paper(*blocks: Block, front: Front | None = None, title: str = "Samarbejdsplan 2022") -> Document:
    facts = [("År", "2022"), ("Kommuner", "Aalborg, Læsø")]
    return Document(title, "Kredsrådet", facts, list(blocks), front=front, dated=date(2022, 1, 20))


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.parametrize("front", [None, FRONT])
def test_it_is_built_by_the_rules(front: Front | None) -> None:
    made = to_pdf(paper(*FULL, front=front))
    assert faults(made) == []
    with opened(made) as file:
        assert fonts(file) == FONTS
        assert str(file.docinfo["/Title"]) == "Samarbejdsplan 2022"
        assert str(file.docinfo["/CreationDate"]).startswith("D:20220120")


def test_it_tags_lists_tables_quotes_and_the_title() -> None:
    with opened(to_pdf(paper(*FULL))) as file:
        tags = [str(tag.S) for tag in structure(file)]
        assert bookmarks(file) == ["1. Natteliv", "Mere"]
        assert headings(file) == [1, 2]
    assert tags.count("/Title") == 1
    assert tags.count("/L") == 3
    assert tags.count("/LI") == 6
    assert tags.count("/TH") == 4
    assert tags.count("/Link") == 1


def test_it_shows_text_as_text() -> None:
    """What looks like typst's markup, or like tags, is what the person typed."""
    typed = '#panic("x") *a* _b_ @c $d$ `e` = f <g> \\u{41} // h'
    told = words(
        to_pdf(
            paper(Heading(typed), Prose(f"<p>{typed.replace('<', '&lt;')}</p>"), Table([typed], [[typed]]))
        )
    )
    assert told.replace("\n", " ").count('#panic("x") *a* _b_ @c $d$ `e` = f <g> \\u{41} // h') >= 2
    assert "Gå tur <b>nu</b>" in words(to_pdf(paper(*FULL)))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(paper(*FULL, front=FRONT)) == to_pdf(paper(*FULL, front=FRONT))
    assert to_pdf(paper(*FULL)) != to_pdf(paper(*FULL[:-1]))


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (paper(Heading("Natteliv"), Prose("<p>Hej 한 igen 한</p>")), "Natteliv"),
        (paper(Heading("Natteliv 한")), "Natteliv 한"),
        (paper(Heading("Byer"), Table(["By"], [["한"]])), "Byer"),
        (paper(title="Plan 한"), "Plan 한"),
        (paper(front=Front("한")), "Samarbejdsplan 2022"),
        (paper(Heading("Løb"), Prose("<ul><li>a<ul><li>한</li></ul></li></ul>")), "Løb"),
    ],
)
def test_it_names_a_sign_that_no_font_has_before_anything_is_made(
    document: Document, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "pressed", lambda *_: pytest.fail("der blev lavet en fil"))
    with pytest.raises(NotMade) as error:
        to_pdf(document)
    assert str(error.value).startswith(f"PDF kan ikke vise tegnet “한” under “{place}”.")


def test_it_says_that_a_title_is_missing() -> None:
    with pytest.raises(NotMade, match="har ingen titel"):
        to_pdf(paper(*FULL, title=" \x01"))


def test_it_names_three_signs_and_counts_the_others() -> None:
    with pytest.raises(NotMade, match="“한” under “A”, “国” under “A”, “😀” under “A” og 1 andre"):
        to_pdf(paper(Heading("A"), Prose("한国😀☐")))


def test_who_releases_a_text_hears_of_the_sign_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert unshown("Æblegrød 한 og 国") == "“한”"
    assert unshown("SSP\u2011lærer, e\u0301n → to") == ""
    letters._known.cache_clear()
    monkeypatch.setattr(press, "PLACES", (tmp_path / "ingen",))
    assert unshown("한") == ""  # no fonts: nothing is known, and nothing stops
    monkeypatch.undo()
    letters._known.cache_clear()


def test_it_knows_exactly_what_the_fonts_can_show() -> None:
    """Every sign that letters.py lets through is set by typst, and the standards take it."""
    usual = "".join(chr(number) for number in range(0x20, 0x2300)) + "✓→−½"
    shown = "".join(sign for sign in letters.printed(usual) if not letters.unprintable(sign))
    assert len(shown) > 700
    assert {"æ", "Å", "é", "§", "“", "–", "ł", "я", "α", "€"} <= set(shown)
    assert faults(to_pdf(paper(Heading("Tegn"), Prose(shown)))) == []


def test_it_says_the_same_with_signs_that_fonts_lack() -> None:
    told = words(to_pdf(paper(Prose("e\u0301n\ufeff SSP\u2011lærer kl.\u200914"))))
    assert "én SSP-lærer kl." in told.replace("\u2060", "")


def test_it_writes_what_holds_control_signs() -> None:
    """Such text was kept before the forms took them out."""
    told = words(
        to_pdf(
            paper(Heading("d\x0c"), Prose("<p>e\x1f</p>"), Prose("Et\x0bto"), Table(["f\x00"], [["g\x08"]]))
        )
    )
    assert "Et\nto" in told


def test_it_closes_up_headings_and_leaves_out_empty_ones() -> None:
    blocks = [
        Heading("A", 3),
        Heading(" \u200b"),
        Prose("<h4>b</h4><p>x</p><h3>c</h3>"),
        Heading("D", 1),
        Heading("E", 3),
    ]
    made = to_pdf(paper(*blocks))
    assert faults(made) == []
    with opened(made) as file:
        assert bookmarks(file) == ["A", "b", "c", "D", "E"]
        assert headings(file) == [1, 2, 2, 1, 2]


def test_it_keeps_what_is_short_together_and_breaks_what_is_long() -> None:
    """A heading, its text and what was decided stand on one page where they can."""
    filling = Prose("".join(f"<p>Linje {number}</p>" for number in range(34)))
    short = [
        Heading("Punktet", 2),
        Prose("Sagt."),
        Prose("<p>Vedtaget</p>", "boxed"),
        Prose("Udfald", "quiet"),
    ]
    made = pypdfium2.PdfDocument(to_pdf(paper(Heading("A"), filling, *short)))
    pages = [page.get_textpage().get_text_range() for page in made]
    [here] = [page for page in pages if "Punktet" in page]
    assert "Sagt." in here
    assert "Vedtaget" in here
    assert "Udfald" in here
    long = Prose("<p>Lang</p>" * 300)
    assert len(pypdfium2.PdfDocument(to_pdf(paper(Heading("A"), Heading("B", 2), long)))) > 4


def test_it_tears_no_date_or_paragraph_apart() -> None:
    told = words(to_pdf(paper(Prose("retsplejelovens § 113, kl. 13, den 6. december og de 3. i alt"))))
    assert "§\u00a0113, kl.\u00a013, den 6.\u00a0december og de 3. i alt" in told


def test_it_turns_the_page_for_a_broad_table_and_takes_the_heading_along() -> None:
    broad = Table([f"Trafiksikkerhedsudvalg{number}" for number in range(7)], [["Færdselsafdelingen"] * 7])
    with opened(to_pdf(paper(Heading("Før"), Prose("x"), Heading("Bred"), broad, Heading("Efter")))) as file:
        boxes = [[float(side) for side in page.MediaBox] for page in file.pages]
    assert [box[2] > box[3] for box in boxes] == [False, True, False]


def test_it_breaks_a_row_that_is_longer_than_a_page() -> None:
    long = " ".join(f"ord{number}" for number in range(3000))
    made = to_pdf(paper(Table(["Part", "Bemærkning"], [["Aalborg", long], ["Rebild", "kort"]])))
    assert {"ord0", "ord1500", "ord2999", "kort"} <= set(words(made).split())


def test_it_breaks_a_long_address_in_a_narrow_cell() -> None:
    address = "https://samraad.example/" + "nordjylland/" * 20
    made = to_pdf(paper(Table(["A", "B", "C"], [[address, address, "kort"]])))
    with opened(made) as file:
        width = float(file.pages[0].MediaBox[2])
    document = pypdfium2.PdfDocument(made)
    text = document[0].get_textpage()
    assert max(text.get_rect(place)[2] for place in range(text.count_rects())) < width


def test_it_reads_no_file_beside_its_template(tmp_path: Path) -> None:
    """Nor does a template fetch a package: what it names beyond its folder is refused."""
    outside = tmp_path / "hemmelig.txt"
    outside.write_text("hemmelig", "utf-8")
    inside = tmp_path / "inde"
    inside.mkdir()
    for line in ('#read("../hemmelig.txt")', f'#read("{outside}")', '#import "@preview/cetz:0.3.4": canvas'):
        template = inside / "skabelon.typ"
        template.write_text(f"#set document(title: [T])\n= A\n{line}", "utf-8")
        with pytest.raises(Exception, match=r"escape|not found|failed"):
            typesetter.set_by_typst("{}", press.fonts(), 0, template)
    own = typesetter.TEMPLATE.read_text("utf-8")
    assert "@preview" not in own
    assert "eval(" not in own
    assert "read(" not in own


def test_it_takes_a_font_that_is_not_there_for_a_fault(tmp_path: Path) -> None:
    template = tmp_path / "skabelon.typ"
    template.write_text('#set document(title: [T])\n#set text(font: "Findes Ikke")\n= A', "utf-8")
    with pytest.raises(ValueError, match="unknown font family"):
        typesetter.set_by_typst("{}", press.fonts(), 0, template)


def test_it_ends_what_takes_too_long_or_too_much(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a process of its own: the site goes on, and the person reads a sentence."""
    content = '{"blocks": 1'
    done = subprocess.run(
        [sys.executable, "-I", typesetter.__file__, str(press.fonts()), "1", "0"],
        input=content.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    monkeypatch.setattr(press, "SECONDS", 0)
    with pytest.raises(NotMade, match="for stort"):
        press.pressed({"blocks": []}, date(2022, 1, 20))


def test_it_says_when_the_fonts_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(press, "PLACES", (tmp_path / "ingen",))
    with pytest.raises(NotMade, match="skrifterne mangler"):
        to_pdf(paper())
