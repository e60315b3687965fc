"""A text is typed with few signs and kept as HTML: there and back it is the same, and nobody meets a tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samraad.documents.prose import is_html, to_html, to_text
from samraad.documents.text import clean
from samraad.look.forms import ProseField

KEPT = [
    "<p>Rådet mødes <strong>fire</strong> gange.</p>",
    "<p>Et</p>\n<p>To<br>tre</p>",
    "<h3>Møder</h3>\n<p>Vi <em>mødes</em> ofte.</p>",
    "<p>Vi vil:</p>\n<ul>\n<li>gå ture</li>\n<li>tale med butikkerne</li>\n</ul>\n<p>Og mere.</p>",
    "<ol>\n<li>Først</li>\n<li>Så</li>\n</ol>",
    "<blockquote><p>Citat</p></blockquote>",
    '<p>Se <a href="https://politi.dk" rel="noopener">politiets side</a>.</p>',
    "<table><thead><tr><th>Møde</th><th>Form</th></tr></thead><tbody><tr><td>15. marts</td><td>fysisk</td></tr></tbody></table>",
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
        "<p>Et afsnit.</p>\n<ul>\n<li>punkt</li>\n<li>punkt til</li>\n</ul>\n<h3>Overskrift</h3>\n<p>Tekst under</p>"
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
