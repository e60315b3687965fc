"""Changes of reported crime are read out of sentences as they stand; what is not said is not guessed."""

import pytest

from evidens.texts import Said, said

HOME = "district:1460"
Expected = tuple[float, str, str, str, str]


def read(*sentences: str, line: int = 1) -> list[Said]:
    return said([(line, sentence) for sentence in sentences], HOME)


def told(one: Said) -> Expected:
    """Value, offence, place and periods of a claim."""
    assert one.claim is not None
    claim = one.claim
    return claim.value, claim.offence, claim.place, claim.span, str(claim.against)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "I 2021 var der i Hjørring 12 % færre indbrud i beboelser end året før.",
            (-12.0, "indbrud i beboelse", "municipality:860", "2021", "2020"),
        ),
        (
            "Antallet af voldssager i kredsen er steget 8,5 procent fra 2019 til 2021.",
            (8.5, "vold efter straffelovens §§ 244-245", HOME, "2021", "2019"),
        ),
        (
            "Butikstyveri faldt på landsplan med 4 % i 1.-3. kvartal 2021.",
            (-4.0, "butikstyveri", "country", "2021Q1..2021Q3", "2020Q1..2020Q3"),
        ),
        (
            "I første halvår 2021 var der 30 pct. flere anmeldelser om hærværk i Aalborg.",
            (30.0, "hærværk", "municipality:851", "2021Q1..2021Q2", "2020Q1..2020Q2"),
        ),
        (
            "Narkotika: \N{MINUS SIGN}7 % i 4. kvartal 2020.",
            (-7.0, "narkotika", HOME, "2020Q4", "2019Q4"),
        ),
    ],
)
def test_it_reads_offence_place_and_time_as_the_sentence_says_them(sentence: str, expected: Expected) -> None:
    [one] = read(sentence)
    assert told(one) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "85 % af borgerne føler sig trygge i 2021.",
        "I 2021 blev 40 % af indbrud i beboelse opklaret.",
        "Vi mødes i 2021 med 12 % færre deltagere.",
        "Butikstyveri skal forebygges i 2022.",
        "Momsen er 25 %.",
    ],
)
def test_it_leaves_what_is_no_change_of_reported_crime(sentence: str) -> None:
    assert read(sentence) == []


def test_it_takes_each_place_from_the_clause_of_its_own_number() -> None:
    near, far = read("Indbrud i beboelse faldt i 2021 i Aalborg med 9 % mod 4 % på landsplan.")
    assert (told(near)[2], told(far)[2]) == ("municipality:851", "country")


def test_it_goes_on_with_what_the_paragraph_has_said() -> None:
    first = "I 2021 (tre første kvartaler) var der 42 % færre indbrud i private hjem end i 2020."
    _, second = read(first, "På landsplan var der i 2021 19 % færre af disse indbrud.")
    assert told(second) == (-19.0, "indbrud i beboelse", "country", "2021Q1..2021Q3", "2020Q1..2020Q3")


def test_it_forgets_when_a_new_paragraph_begins() -> None:
    sentences = [(1, "I 2021 faldt butikstyveri med 5 %."), (2, "Der var 19 % færre af disse tyverier.")]
    assert len(said(sentences, HOME)) == 1


def test_it_is_level_with_the_change_that_was_told_before() -> None:
    first = "I 2021 var der 17 % færre anmeldelser efter straffeloven i kredsen."
    _, level = read(first, "På landsplan var faldet i anmeldelser efter straffeloven på samme niveau.")
    assert level.claim is not None
    assert (level.claim.kind, level.claim.value, level.claim.place) == ("same", -17.0, "country")


def test_it_does_not_guess_a_period_that_is_not_said() -> None:
    [one] = read("Der er 12 % færre indbrud i beboelse.")
    assert one.claim is None
    assert one.lacks == "hvilken periode tallet gælder"


def test_it_takes_a_whole_year_for_what_it_is() -> None:
    first = "I 1. kvartal 2021 faldt hærværk med 5 %."
    _, second = read(first, "I hele 2021 faldt hærværk med 6 %.")
    assert told(second)[3:] == ("2021", "2020")


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("I 2021 er indbrud i beboelse i Hjørring halveret.", "change_pct", -50.0),
        ("Butikstyveri er mere end fordoblet i 2021.", "change_pct", 100.0),
        ("Hærværk faldt markant i 2021.", "direction", -1.0),
    ],
)
def test_it_reads_a_change_that_is_said_in_words(sentence: str, kind: str, value: float) -> None:
    [one] = read(sentence)
    assert one.claim is not None
    assert (one.claim.kind, one.claim.value) == (kind, value)


@pytest.mark.parametrize(
    "sentence",
    [
        "Indbruddene i Hjørring er halveret fra 2020 til 2021.",
        "Volden faldt i 2021 med 17 procent.",
    ],
)
def test_it_asks_which_crime_is_meant_where_the_word_means_several(sentence: str) -> None:
    [one] = read(sentence)
    assert one.claim is None
    assert one.lacks.startswith("hvilken slags")


def test_it_does_not_take_a_goal_or_a_way_to_prevent_for_a_change() -> None:
    assert read("Vi vil have færre indbrud i beboelse i 2022.", "Indbrud skal forebygges.") == []
