"""The words of HTML, and long lines cut after a word."""

from hypothesis import given
from hypothesis import strategies as st

from manuscript.text import plain, shortened


def test_it_parts_the_cells_of_a_table() -> None:
    head = "<tr><th>Emne</th>\n<th>Behandlet</th></tr>"
    table = f"<table>{head}<tr><td>politiets opgaveløsning</td><td>ikke behandlet</td></tr></table>"
    assert plain(table) == "Emne | Behandlet\npolitiets opgaveløsning | ikke behandlet"


@given(st.text(max_size=300), st.integers(5, 200))
def test_it_cuts_after_a_word_and_never_gets_longer(text: str, length: int) -> None:
    line = " ".join(text.split())
    cut = shortened(text, length)
    assert len(cut) <= length
    assert cut == line or (cut.endswith(" …") and line.startswith(cut.removesuffix(" …")))


def test_it_cuts_no_word_in_two() -> None:
    assert shortened("Kredsrådet planlægger, at ligesom sidste år", 22) == "Kredsrådet …"
    assert shortened("Kredsrådet planlægger, at ligesom sidste år", 24) == "Kredsrådet planlægger …"
    assert shortened("Trafiksikkerhedsudvalget", 10) == "Trafiksi …"
