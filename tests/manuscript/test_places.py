"""Where a document belongs."""

from manuscript.line import Line
from manuscript.places import district_of


def district(text: str) -> str:
    """The name of the district that a text belongs to."""
    found = district_of([Line(1, text)])
    assert found is not None
    return found.name


def test_it_knows_the_district_by_its_police_its_municipality_or_its_own_name() -> None:
    assert district("Sydøstjyllands Politi og Horsens Kommune mødes i Østjylland.") == "Sydøstjyllands Politi"
    assert district("Handleplan for Skanderborg Kommune") == "Sydøstjyllands Politi"
    assert district("Kredsrådet i Nordjylland mødes hvert kvartal.") == "Nordjyllands Politi"
    assert district("Kredsrådet for Sydøstjylland") == "Sydøstjyllands Politi"


def test_it_knows_no_district_of_a_text_that_names_none() -> None:
    assert district_of([Line(1, "Kredsrådet mødes hvert kvartal.")]) is None
