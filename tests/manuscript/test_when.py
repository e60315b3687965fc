"""The words for when in a sentence: all of them, and none that say something else."""

import pytest

from manuscript.dates import OFTEN, when
from manuscript.due import day_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kommunen svarer inden for ti hverdage.", "inden for ti hverdage"),
        ("Vagten kommer inden for 24 timer.", "inden for 24 timer"),
        ("Politiet ringer inden to uger.", "inden to uger"),
        ("Mødet holdes i uge 12.", "i uge 12"),
        ("Der måles fart i uge 33-35.", "i uge 33-35"),
        ("Listen sendes senest den 15.04.2026 til rådet.", "senest den 15.04.2026"),
        ("Planen er klar senest 1/11 2026.", "senest 1/11 2026"),
        ("Forsøget begynder 3. februar 2026.", "3. februar 2026"),
        ("Forsøget evalueres i 2. halvår 2026.", "i 2. halvår 2026"),
        ("Der er kurser i perioden maj til juni.", "i perioden maj til juni"),
        ("Der er kurser fra 1. maj til 15. juni 2026.", "fra 1. maj til 15. juni 2026"),
        ("Skiltene er sat op inden jul.", "inden jul"),
        ("Bålpladsen ryddes inden pinse.", "inden pinse"),
        ("Politiet går tur hver torsdag.", "hver torsdag"),
        ("Betjenten kommer hver anden onsdag.", "hver anden onsdag"),
        ("Udvalget mødes hvert halve år.", "hvert halve år"),
        ("Gruppen mødes en gang om måneden.", "en gang om måneden"),
        ("Rådet mødes fire gange årligt.", "fire gange årligt"),
        ("Klubben åbner ved skoleårets start.", "ved skoleårets start"),
        ("Klubben åbner til skolestart.", "til skolestart"),
        ("Aftalen fornyes senest med udgangen af marts.", "senest med udgangen af marts"),
        ("Der samles op inden udgangen af maj 2026.", "inden udgangen af maj 2026"),
        ("Der samles op i løbet af efteråret.", "i løbet af efteråret"),
        ("Der samles op efter sommerferien.", "efter sommerferien"),
        ("Til foråret åbner den nye hal.", "Til foråret"),
        ("Ordningen gælder fra august 2026.", "fra august 2026"),
        ("Der gøres status den 3. april og den 3. oktober.", "den 3. april og den 3. oktober"),
        ("Referatet sendes senest to uger efter mødet.", "senest to uger efter mødet"),
        ("Bliver der for uroligt, lukker pladsen kl. 22.", "Bliver der for uroligt"),
        ("Ved akut uro mødes gruppen samme dag.", "samme dag"),
        ("Kommunen holder plejehjemmet åbent.", ""),
        ("En fast kontaktperson udpeges.", ""),
        ("Byen har 1/3 af kredsens borgere.", ""),
        ("Der findes 24/7 bemanding.", ""),
    ],
)
def test_it_finds_the_words_of_time(text: str, said: str) -> None:
    assert when(text) == said


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("inden november", "2026-10-31"),
        ("inden udgangen af november", "2026-11-30"),
        ("medio maj", "2026-05-15"),
        ("ved årets udgang", "2026-12-31"),
        ("inden nytår", "2026-12-31"),
        ("inden udgangen af året", "2026-12-31"),
        ("ultimo 2027", "2027-12-31"),
    ],
)
def test_the_day_of_looser_words(words: str, day: str) -> None:
    assert str(day_of(words, 2026)) == day


@pytest.mark.parametrize(
    "words",
    ["den første mandag i hver måned", "hver aften", "to aftener om ugen", "i weekenderne", "lørdage"],
)
def test_how_often_in_more_words(words: str) -> None:
    assert OFTEN.search(f"Natteravnene går tur {words}.")
