"""What a plan carries over from an earlier year: in its headings, its dates and its texts."""

import pytest

from manuscript.reading import read


def codes(*paragraphs: str) -> list[str]:
    """What the check finds in a plan for 2023 with these paragraphs, but for gaps in the work."""
    words = "\n\n".join(
        ["Samarbejdsplan 2023 for Kredsrådet", "Forord", "Planen er lavet i fællesskab.", *paragraphs]
    )
    found, _ = read(words.encode(), "plan.txt")
    return [row["code"] for row in found.findings if row["code"] in ("year_mismatch", "date_past")]


TEXT = "Tallene kommer fra politiet, og de er gjort op på samme måde som de andre år."


@pytest.mark.parametrize(
    "title", ["Kriminaliteten i 2021", "Udviklingen i kredsen i 2020", "Status på arbejdet i 2021"]
)
def test_a_heading_that_looks_too_far_back_is_old(title: str) -> None:
    assert codes(title, TEXT) == ["year_mismatch"]


@pytest.mark.parametrize(
    "title", ["Kriminaliteten i 2022", "Udviklingen i 2019-2022", "Historien siden 2007"]
)
def test_a_heading_on_the_year_before_is_right(title: str) -> None:
    assert codes(title, TEXT) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "I 2022 skal politiet besøge alle skoler i kredsen.",
        "Kommunerne vil i løbet af 2021 åbne to nye klubber for de unge.",
        "Lokalrådene sender deres planer inden den 1. februar 2022.",
    ],
)
def test_a_promise_for_a_year_that_is_over_is_old(sentence: str) -> None:
    assert codes("Indsatser", sentence) == ["date_past"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I 2022 besøgte politiet alle skoler i kredsen.",
        "Kredsrådet besluttede i 2022, at politiet skal besøge alle skoler.",
        "Politiet vil i 2023 besøge alle skoler, som det gjorde i 2022.",
    ],
)
def test_what_was_done_or_decided_is_not(sentence: str) -> None:
    assert codes("Indsatser", sentence) == []
