"""A text is typed with few signs and kept as HTML: there and back it is the same, and nobody meets a tag."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samraad.documents.prose import is_html, to_html, to_text
from samraad.documents.text import clean
from samraad.look.forms import ProseField

KEPT = [
    "<p>Rådet mødes <strong>fire</strong> gange.</p>",
    "<p>Et</p>\n<p>To<br>tre</p>",
    "<p>Rådet får en status.</p>\n<p>Sekretariatet samler op.</p>",
    "<p>Vi siger -</p>\n<p>og hører.</p>",
    "<h3>Møder</h3>\n<p>Vi <em>mødes</em> ofte.</p>",
    "<p>Vi vil:</p>\n<ul>\n<li>gå ture</li>\n<li>tale med butikkerne</li>\n</ul>\n<p>Og mere.</p>",
    "<ol>\n<li>Først</li>\n<li>Så</li>\n</ol>",
    "<blockquote><p>Citat</p></blockquote>",
    '<p>Se <a href="https://politi.dk" rel="noopener">politiets side</a>.</p>',
    "<table><thead><tr><th>Møde</th><th>Form</th></tr></thead>"
    "<tbody><tr><td>15. marts</td><td>fysisk</td></tr></tbody></table>",
]


@pytest.mark.parametrize("kept", KEPT)
def test_it_comes_back_as_it_was(kept: str) -> None:
    typed = to_text(kept)
    assert not is_html(typed)
    assert "<" not in typed
    assert clean(to_html(typed)) == clean(kept)


def test_it_is_typed_as_people_type() -> None:
    field = ProseField()
    assert field.clean("Et afsnit.\n\n- punkt\n- punkt til\n\n## Overskrift\nTekst under") == (
        "<p>Et afsnit.</p>\n<ul>\n<li>punkt</li>\n<li>punkt til</li>\n</ul>\n"
        "<h3>Overskrift</h3>\n<p>Tekst under</p>"
    )
    assert field.clean("| Kommune | Svar |\n| Læsø | ja |").startswith("<table><thead><tr><th>Kommune</th>")
    assert field.clean("5 < 6 & 2 * 3 * 4") == "<p>5 &lt; 6 &amp; 2 * 3 * 4</p>"
    assert field.clean("<p>Klistret <script>x()</script>ind</p>") == "<p>Klistret ind</p>"
    assert field.prepare_value("<p>Gemt <strong>tekst</strong></p>") == "Gemt **tekst**"


@given(st.text(max_size=200))
def test_it_never_lets_a_tag_through(text: str) -> None:
    again = to_text(clean(to_html(text)))
    assert "<script" not in clean(to_html(text)).lower()
    assert clean(to_html(again)) == clean(to_html(to_text(clean(to_html(again)))))


def test_it_keeps_each_of_two_headings_alike() -> None:
    assert to_html("## Maj\n## Maj") == "<h3>Maj</h3>\n<h3>Maj</h3>"


def test_it_takes_the_first_bracket_of_a_link_and_the_nearest_end() -> None:
    assert to_html("[a] [b [c](https://x.dk) d)") == '<p>[a] <a href="https://x.dk">b [c</a> d)</p>'
    assert to_html("[a](https://x [b](mailto:y)") == '<p>[a](https://x <a href="mailto:y">b</a></p>'
    assert (
        to_html("[](https://x) [a](https://) [b](ftp://y)")
        == "<p>[](https://x) [a](https://) [b](ftp://y)</p>"
    )


def test_it_reads_tags_that_are_not_in_order() -> None:
    assert to_text("</tr><p>Et <![ to") == "Et"
    assert to_text("<table><tr><td>Et<td>To") == "| Et | To |"


def test_it_leaves_what_is_nested_beyond_reading_as_it_was_typed() -> None:
    assert clean("<ul>" * 501).startswith("<p>&lt;ul&gt;&lt;ul&gt;")
    assert clean("<ul><li>" * 100 + "Et").startswith("<ul><li><ul><li>")
    assert clean("<p>Et<br>" * 1000).count("<p>") == 1000


LONG = 100_000
HOSTILE = [
    "[", "[a](", "[a](https://", "[a](https://x ", "[a](mailto:", "](https://",
    "**", "**a ", " **a", "*a", " *a", "* ", "`",
    "a\n", "- a\n", "## a\n", "> a\n", "| a |\n", "|", "| ", " ", "\n ", "\r\n", "\x0b",
    "<", "<p", "<p ", "</p", "<p a='", "<![", "<!--", "<?", "&", "&#1",
    "<p>", "<br>", "<ul>", "<ul><li>", "<ul></x>", "<ol><table><td></ol>", "<table>", "<blockquote>",
    "<strong>", "<b><p>", "<p><b></p>", "<a href='https://x'>", "</tr>", "</td> ", "<svg>", "<p> **b",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("before", ["", "<p>- "])
def test_it_takes_under_a_second_whatever_is_typed(piece: str, before: str) -> None:
    text = before + piece * (LONG // len(piece)) + "x"
    for work in (to_html, to_text, clean):
        begun = process_time()
        work(text)
        assert process_time() - begun < 1, work.__name__
