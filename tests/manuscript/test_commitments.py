"""What is a promise, and what only tells what a thing is for."""

import pytest

from manuscript.reading import read


def promised(sentence: str) -> list[str]:
    """What is promised in a small plan with this sentence."""
    rest = "2 Opfølgning\n\nVi ser på det igen.\n\n3 Tak\n\nTak til alle."
    found, _ = read(f"Samarbejdsplan 2022\n\n1 Samarbejdet\n\n{sentence}\n\n{rest}".encode(), "plan.txt")
    return [row["what"] for row in found.commitments]


@pytest.mark.parametrize(
    "sentence",
    [
        "Formålet er at forebygge indbrud gennem besøg, som lokalpolitiet gennemfører.",
        "Formålet med samarbejdet skal være at skabe tryghed i byens gader.",
        "Formål og ramme skal drøftes i kredsrådet.",
    ],
)
def test_it_takes_what_a_thing_is_for_for_no_promise(sentence: str) -> None:
    assert promised(sentence) == []


def test_it_still_reads_what_is_done_about_it() -> None:
    assert promised("Formålet er trygge gader, og det drøftes i kredsrådet hvert kvartal.") == [
        "drøftes i kredsrådet hvert kvartal"
    ]
    assert promised("Formålsparagraffen skal drøftes i kredsrådet i foråret.") == [
        "skal drøftes i kredsrådet i foråret"
    ]
