"""Sentences that promise nothing though they sound so, and others that do."""

import pytest

from manuscript.reading import read

OPENING = "Her er en længere indledning til afsnittet, som fortæller om emnet og hvorfor det er med."


def promised(sentence: str) -> list[str]:
    """What a plan with the sentence promises."""
    plan = f"Handleplan 2026 for Lokalrådet i Enge\n\nTrafik\n\n{OPENING}\n\n{sentence}\n"
    return [row["text"] for row in read(plan.encode(), "plan.txt")[0].commitments]


@pytest.mark.parametrize(
    "sentence",
    [
        # what was
        "I fjor ryddede kommunen op på havnen tre gange.",
        "Politiet har i 2025 talt med 200 bilister på havnen.",
        # what the law says
        "Efter beredskabslovens § 9 skal kommunen have en plan.",
        "Ifølge ordensbekendtgørelsen og politiloven skal politidirektøren give besked inden 14 dage.",
        "Regeringen vil i 2026 fremsætte forslag om knallerter.",
        # what is wished for or guessed
        "I 2029 skal otte ud af ti borgere føle sig trygge på stationen.",
        "Skolegården skal være et rart sted at være.",
        "Anmeldelserne vil falde i løbet af 2026.",
        "Vi vil helst have flere med til møderne.",
        # what is weighed
        "Kommunen overvejer at lukke stien i 2026.",
        "Politiet vil overveje en ekstra tur om søndagen.",
        "Hvis regionen giver penge, kan der ansættes en sygeplejerske til.",
        # who is what
        "Skolechefen er tovholder for planen.",
        "Partnerskabet hviler på tillid mellem parterne.",
        "Det skal bemærkes, at tallet er lille.",
    ],
)
def test_it_takes_no_promise_from(sentence: str) -> None:
    assert promised(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Havneforvaltningen har aftalt med klubben, at porten låses hver aften.",
        "Lokalrådet har besluttet at invitere naboerne i marts.",
        "Senest med udgangen af maj har alle klasser fået besøg af lokalbetjenten.",
        "Der nedsættes en gruppe, som kommer med forslag.",
        "Hegnet sættes op af kommunen i uge 20.",
        "Misbrugscenteret kommer på besøg i alle klubber i løbet af foråret.",
        "Kommunen flytter bommen i uge 18. Naboerne får besked.",
    ],
)
def test_it_takes_a_promise_from(sentence: str) -> None:
    assert len(promised(sentence)) == 1
