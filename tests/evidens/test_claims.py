"""A number in a text against the data: reproduces, does not, or cannot be checked."""

from pathlib import Path

import pytest

from evidens import claims, places
from evidens.claims import Claim
from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.sources.example import example, example_population

NOW, BEFORE = "2021Q1..2021Q3", "2020Q1..2020Q3"
PLAN_2022 = {
    "42% færre indbrud i private hjem": (
        Claim("42% færre", "change_pct", -42, "indbrud i private hjem", "district:1460", NOW, BEFORE),
        "reproduces",
    ),
    "19% færre på landsplan": (
        Claim("19% færre", "change_pct", -19, "indbrud i private hjem", "country", NOW, BEFORE),
        "reproduces",
    ),
    "17% færre voldssager": (
        Claim("17%", "change_pct", -17, "voldssager", "district:1460", NOW, BEFORE),
        "reproduces",
    ),
    "8% på landsplan": (
        Claim("8% på landsplan", "change_pct", -8, "voldssager", "country", NOW, BEFORE),
        "cannot_be_checked",
    ),
    "17% færre straffelovsanmeldelser": (
        Claim("17% færre", "change_pct", -17, "straffelovsanmeldelser", "district:1460", NOW, BEFORE),
        "does_not_reproduce",
    ),
    "på samme niveau": (
        Claim("på samme niveau", "same", -17, "straffelovsanmeldelser", "country", NOW, BEFORE),
        "cannot_be_checked",
    ),
}


@pytest.mark.parametrize("name", PLAN_2022)
def test_it_judges_what_the_plan_of_2022_claims(straf11: Counts, name: str) -> None:
    claim, verdict = PLAN_2022[name]
    assert claims.check(straf11, claim).verdict == verdict
    assert claims.check(example(), claim).verdict == verdict, "the example data give the same verdicts"


def test_it_shows_both_figures_and_names_reasons_without_choosing_one() -> None:
    claim, _ = PLAN_2022["17% færre straffelovsanmeldelser"]
    found = claims.check(example(), claim)
    assert (found.computed, found.gap) == (-9.55, 7.45)
    text = found.sentence()
    assert text.startswith("“17% færre” kan ikke genfindes.")
    assert "12.790 til 11.568" in text
    assert "ikke undersøgt" in text
    assert "does not reproduce" in found.sentence("en")
    assert found.as_dict()["reasons"][0]["code"] == "source"


def test_it_says_what_is_known_where_the_country_is_not() -> None:
    claim, _ = PLAN_2022["8% på landsplan"]
    text = claims.check(example(), claim).sentence()
    assert "kan ikke efterprøves" in text
    assert "De fem regioner tilsammen giver −5,4 %, men de er ikke hele landet" in text


def test_it_compares_after_rounding_to_the_texts_digits() -> None:
    def verdict(value: float, decimals: int) -> str:
        return claims.check(
            example(), Claim("x", "change_pct", value, "1320", "district:1460", NOW, BEFORE, decimals)
        ).verdict

    assert verdict(-41.9, 1) == "reproduces"
    assert verdict(-41.8, 1) == "does_not_reproduce"
    assert verdict(-41, 0) == "does_not_reproduce"


def test_it_checks_a_number_of_reports() -> None:
    assert (
        claims.check(example(), Claim("514", "count", 514, "1320", "district:1460", NOW)).verdict
        == "reproduces"
    )
    assert (
        claims.check(example(), Claim("515", "count", 515, "1320", "district:1460", NOW)).verdict
        == "does_not_reproduce"
    )


def test_it_takes_same_level_as_a_claim_with_a_stated_margin() -> None:
    def verdict(level: float) -> str:
        return claims.check(
            example(), Claim("samme niveau", "same", level, "1320", "country", NOW, BEFORE)
        ).verdict

    assert verdict(-17) == "reproduces"
    assert verdict(-42) == "does_not_reproduce"


def test_it_never_changes_a_definition_until_the_claim_fits() -> None:
    broad = claims.check(example(), Claim("17%", "change_pct", -17, "12", "country", NOW, BEFORE))
    assert broad.verdict == "does_not_reproduce"
    assert list(broad.result.offence.codes) == ["12"]


def test_it_cannot_check_across_a_changed_definition(straf11: Counts) -> None:
    found = claims.check(straf11, Claim("x", "change_pct", 10, "1120", "district:1460", "2014", "2012"))
    assert found.verdict == "cannot_be_checked"
    assert "1. juli 2013" in found.sentence()


def test_it_reads_claims_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "paastande.toml"
    file.write_text(
        '[[claim]]\ntext = "42% færre"\nchange_pct = -42\n'
        'offence = "1320"\nplace = "district:1460"\nspan = "2021Q1..2021Q3"\n'
        '[[claim]]\ntext = "17,5 %"\nchange_pct = "-17,5"\noffence = "1"\nplace = "country"\nspan = "2021"\n',
        "utf-8",
    )
    first, second = claims.load(file)
    assert (first.value, first.decimals, second.value, second.decimals) == (-42.0, 0, -17.5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[claim]]\ntext='x'\n",
        "[[claim]]\ntext='x'\noffence='1'\nplace='country'\nspan='2021'\ncount='mange'\n",
        "{",
    ],
)
def test_it_says_which_claim_does_not_hold(tmp_path: Path, text: str) -> None:
    file = tmp_path / "paastande.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadRequest):
        claims.load(file)


def test_it_reads_a_danish_thousand_as_a_thousand() -> None:
    claim = claims.claim_from(
        {"text": "10.380", "count": "10.380", "offence": "1320", "place": "country", "span": NOW}
    )
    assert (claim.value, claims.check(example(), claim).verdict) == (10_380.0, "reproduces")


def test_it_does_not_call_a_clear_change_unchanged_and_states_its_margin(straf11: Counts) -> None:
    rose = Claim("uændret", "same", 0, "1336", "country", "2009Q1..2009Q3", "2008Q1..2008Q3")
    found = claims.check(straf11, rose)
    assert found.verdict == (
        "does_not_reproduce" if found.result.clear or abs(found.computed or 0) > 5 else "reproduces"
    )
    assert "højst 5 procentpoint" in found.sentence()


@pytest.mark.parametrize(
    "row",
    [
        3,
        [3],
        {"text": "x"},
        {"text": "x", "offence": 1, "place": 851, "span": 2021, "count": True},
        {"text": "x", "offence": "1", "place": "country", "span": "2021", "count": "nan"},
        {"text": "x", "offence": "1", "place": "country", "span": "2021", "count": 3, "decimals": "x"},
    ],
)
def test_it_answers_a_half_claim_in_words(row: object) -> None:
    with pytest.raises(BadRequest, match="Påstand 1"):
        claims.claim_from(row)


def said(text: str, value: object, **more: object) -> Claim:
    row = {"text": text, "change_pct": value, "offence": "1320", "place": "district:1460", "span": NOW}
    return claims.claim_from(row | {"against": BEFORE} | more)


@pytest.mark.parametrize(
    ("text", "value"),
    [  # 885 to 514: -41.92 %
        ("over 40 % færre", -40),
        ("mere end 41 procent ned", "-41"),
        ("mindst 41,9 % færre", "-41,9"),
        ("knap 42 % færre", -42),
        ("under 45 % færre", -45),
        ("højst 42 % færre", "højst -42"),
        ("godt 40 % færre", -40),
        ("cirka 40 % færre", "cirka -40"),
        ("omkring 45 %", "omkring -45"),
        ("42 % færre", 42),
        ("færre", "færre"),
    ],
)
def test_it_takes_the_words_before_a_number_as_they_are_meant(text: str, value: object) -> None:
    found = claims.check(example(), said(text, value))
    assert found.verdict == "reproduces", found.sentence()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("over 42 % færre", -42),
        ("knap 50 % færre", -50),
        ("godt 42 % færre", -42),
        ("under 40 % færre", -40),
        ("mindst 42 % færre", -42),
        ("halveret", "mere end halveret"),
        ("fordoblet", "fordoblet"),
        ("42 % flere", 42),
        ("steget", "steget"),
    ],
)
def test_it_does_not_stretch_a_word_until_it_fits(text: str, value: object) -> None:
    assert claims.check(example(), said(text, value)).verdict == "does_not_reproduce"


def test_it_says_that_a_sign_is_reversed() -> None:
    found = claims.check(example(), said("42 % i Nordjylland", 42))
    assert found.reasons[0] == "reversed"
    assert "fortegnet er vendt om" in found.sentence()
    assert "sign is reversed" in found.sentence("en")


def test_it_names_another_place_of_which_the_number_is_true() -> None:
    found = claims.check(example(), said("19 % færre", -19))
    assert found.verdict == "does_not_reproduce"
    assert [fit.place.key for fit in found.fits] == ["country"]
    assert "Tallet passer på hele landet" in found.sentence()


def test_it_shows_the_digits_that_the_claim_states() -> None:
    assert "−41,9 %" in claims.check(example(), said("41,9 % færre", "-41,9")).sentence()
    assert "−42 %" in claims.check(example(), said("42 % færre", -42)).sentence()
    assert claims.check(example(), said("42,0 % færre", "-42,0")).verdict == "does_not_reproduce"


def test_it_leaves_a_direction_open_that_the_figures_cannot_decide(straf11: Counts) -> None:
    claim = Claim("faldet", "direction", -1, "1320", "municipality:825", "2021", "2020")
    found = claims.check(straf11, claim)
    assert found.verdict in ("cannot_be_checked", "does_not_reproduce")
    assert "kan ikke genfindes" not in found.sentence() or (found.computed or 0) > 0


@pytest.mark.parametrize("words", ["hver syvende", "godt 14 %", "1 ud af 7"])
def test_it_checks_a_share(words: str) -> None:
    row = {"text": words, "offence": "1316", "of": "1320", "place": "country", "span": NOW}
    value = {"godt 14 %": 14, "hver syvende": "cirka 14,3", "1 ud af 7": "1 ud af 7"}[words]
    found = claims.check(example(), claims.claim_from(row | {"share_pct": value}))
    assert found.computed is not None
    assert (found.verdict == "reproduces") == (abs(found.computed - 14.3) <= 2)
    assert "af 10.380" in found.sentence()


def other(**fields: object) -> claims.Checked:
    row = {"text": "x", "offence": "1320", "place": "district:1460", "span": NOW} | fields
    return claims.check(example(), claims.claim_from(row), population=example_population())


def test_it_checks_a_rate() -> None:
    found = other(rate="1,1", span="2021", place="municipality:851")
    assert (found.verdict, found.computed is not None) == ("reproduces", True)
    assert "1,1 pr. 1.000 indbyggere om året" in found.sentence()
    assert other(rate="knap 1,2", span="2021", place="municipality:851").verdict == "reproduces"
    assert other(rate=2, span="2021", place="municipality:851").verdict == "does_not_reproduce"
    bare = claims.check(example(), Claim("x", "rate", 1.1, "1320", "municipality:851", "2021", decimals=1))
    assert bare.verdict == "cannot_be_checked"
    assert "folketal" in bare.sentence()


@pytest.mark.parametrize(
    ("word", "span", "years", "verdict"),
    [
        ("lavest", "2021", 5, "reproduces"),
        ("lavest", "2020", 4, "reproduces"),
        ("lavest", "2019", 3, "reproduces"),
        ("højest", "2021", 5, "does_not_reproduce"),
        ("lavest", "2021", 6, "cannot_be_checked"),
    ],
)
def test_it_checks_the_lowest_in_so_many_years(word: str, span: str, years: int, verdict: str) -> None:
    found = other(extreme=word, span=span, years=years)
    assert found.verdict == verdict
    assert verdict == "cannot_be_checked" or f"{span}: " in found.sentence()


def test_it_checks_more_than_the_rest_by_the_one_test() -> None:
    more = other(rest="mere", against=BEFORE)
    assert more.verdict == "reproduces"
    assert "større end i resten af landet" in more.sentence()
    assert other(rest="mindre", against=BEFORE).verdict == "does_not_reproduce"
    aalborg = other(rest="mere", against=BEFORE, place="municipality:851")
    assert aalborg.verdict == "cannot_be_checked"
    assert "ikke klar" in aalborg.sentence()


@pytest.mark.parametrize(
    "fields", [{"extreme": "lavest"}, {"extreme": "mindst", "years": 3}, {"rest": "mest"}]
)
def test_it_says_what_a_claim_without_a_number_lacks(fields: dict[str, object]) -> None:
    with pytest.raises(BadRequest, match="Påstand 1"):
        other(**fields)


def test_it_takes_a_third_of_a_change_as_about_a_third(straf11: Counts) -> None:
    """Burglary in the country fell from 2019 to 2021; a third of it, give or take, may be said in words."""
    span, against = straf11.span("2021"), straf11.span("2019")
    where = places.place("country")
    before, after = (straf11.count(where, ["1320"], one) for one in (against, span))
    fall = 100 * (1 - after / before)
    row = {
        "text": "en tredjedel færre",
        "offence": "1320",
        "place": "country",
        "span": "2021",
        "against": "2019",
    }
    found = claims.check(straf11, claims.claim_from(row | {"change_pct": -33}))
    assert found.claim.relation == "about"
    assert (found.verdict == "reproduces") == (abs(fall - 33) <= 3.3)
