"""Figures with their own unit and sign; what is no figure; capitals that are no abbreviation."""

import json

import pytest

from manuscript.reading import PlanText, read


def plan(sentence: str) -> PlanText:
    """A small plan with this sentence."""
    return read(f"Samarbejdsplan 2026 for Kredsrådet\n\nUdviklingen\n\n{sentence}\n".encode(), "plan.txt")[0]


def told(sentence: str) -> list[tuple[str, str]]:
    """Value and unit of each figure of a sentence."""
    return [(json.dumps(row["value"]), row["unit"]) for row in plan(sentence).figures if row["line"] == 5]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Kommunen hængte seks lamper op.", [("6", "lamper")]),
        ("Mindst tre møder skal ligge i land.", [("3", "møder")]),
        ("Fire nye betjente kommer til byen.", [("4", "betjente")]),
        ("Andelen af utrygge faldt fra 31 % til 24 %.", [("31", "percent"), ("24", "percent")]),
        ("Hærværk faldt med 12 pct. på et år.", [("-12", "percent")]),
        ("Der var 9 pct. færre tyverier.", [("-9", "percent")]),
        ("Færre klager, og 65 % er glade for vagten.", [("65", "percent")]),
        ("Lejren har 10-15 unge med.", [("[10, 15]", "unge")]),
        ("Der bor 8 250 borgere på øen.", [("8250", "borgere")]),
        ("To ud af fem elever cykler.", [("[2, 5]", "share")]),
        ("Ring på tlf. 12 34 56 78 til vagten.", []),
        ("Huset ligger på Torvet 1, 9990 Skagen.", []),
        ("Læs mere på side 14 i bilaget.", []),
    ],
)
def test_a_figure_has_its_own_unit_and_sign(sentence: str, figures: list[tuple[str, str]]) -> None:
    assert told(sentence) == figures


@pytest.mark.parametrize("word", ["HUSK", "TRYGHEDEN", "FÆLLESSKAB", "POLITIET"])
def test_a_word_in_capitals_is_not_cut_to_an_abbreviation(word: str) -> None:
    found = plan(f"{word} er for alle, og BVU mødes i maj.")
    short = [row["message"].split("”")[0] for row in found.findings if row["code"] == "abbreviation"]
    assert short[-1] == "“BVU"
    assert len(short) == 1 + (len(word) <= 5)
