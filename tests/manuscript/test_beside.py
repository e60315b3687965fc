"""What stands beside a promise and belongs to it; short names, calendars, labels alone, minutes."""

import pytest

from manuscript.line import Line
from manuscript.reading import PlanText, read
from manuscript.short_names import short_names
from tests.manuscript import word_files


def told(found: PlanText) -> list[tuple[str, str, str]]:
    """What, who and when of each commitment."""
    return [(row["what"], ", ".join(row["who"]), row["when"]) for row in found.commitments]


def text(words: str, title: str = "Handleplan 2026 for Lokalrådet i Enge") -> PlanText:
    """A plan as plain text."""
    return read(f"{title}\n\n{words}".encode(), "plan.txt")[0]


@pytest.mark.parametrize(
    ("words", "who", "when"),
    [
        ("Der skal bygges et skur. Klubben er ansvarlig.", "Klubben", ""),
        ("Der skal bygges et skur inden 1. maj. Ansvarlig: Park og Vej.", "Park og Vej", "inden 1. maj"),
        ("Der skal bygges et skur. Naboerne står for det.", "", ""),
        ("Der skal bygges et skur. Opgaven ligger hos havneforvaltningen.", "havneforvaltningen", ""),
        ("Vejafdelingen skal male en bro. Det sker i uge 20.", "Vejafdelingen", "i uge 20"),
        ("Vejafdelingen skal male en bro. Fristen er 1. juni.", "Vejafdelingen", "1. juni"),
        ("Broen skal males inden 1. juni (Vejafdelingen).", "Vejafdelingen", "inden 1. juni"),
        ("Broen skal males op. (Vejafdelingen og skolen)", "Vejafdelingen, skolen", ""),
        ("Broen skal males (den gamle bro).", "", ""),
    ],
)
def test_the_sentence_after_tells_who_and_when(words: str, who: str, when: str) -> None:
    found = text(f"Havnen\n\nHer er en længere indledning til afsnittet om havnen og dens gæster.\n\n{words}")
    assert [row[1:] for row in told(found)] == [(who, when)]


def test_fields_below_a_list_are_of_all_its_items() -> None:
    found = text(
        "Havnen\n\nVi vil i 2026:\n- male bænkene\n- rydde hele stien\n\n"
        "Ansvarlig: Klubben. Frist: 1. september\n"
    )
    assert [row[1:] for row in told(found)] == [("Klubben", "i 2026"), ("Klubben", "i 2026")]


def test_short_names_are_spelt_out() -> None:
    found = text(
        "Om planen\n\nFK betyder forebyggelseskonsulenten. Sekretariatet (Sekr.) samler op på planen.\n\n"
        "Unge\n\nFK besøger alle klasser i maj. Sekr. sender et brev til forældrene inden 1. juni.\n"
    )
    assert [row[1] for row in told(found)][-2:] == [
        "Forebyggelseskonsulenten (FK)",
        "Sekretariatet (Sekr)",
    ]


def test_what_only_looks_like_a_short_name_is_none() -> None:
    lines = [Line(1, "SSP: Skolerne melder ind."), Line(2, "Indsatsen (Se s. 4) gælder. SSP er samarbejdet.")]
    assert short_names(lines) == {}


def test_a_calendar_tells_when() -> None:
    found = text(
        "Årshjul\n\nFebruar: Skolerne sender tal ind.\nUge 20: Temadag for trænere. Ansvarlig: Klubben.\n"
        "November: Status blev gjort op.\n"
    )
    assert told(found) == [
        ("sender tal ind", "Skolerne", "Februar"),
        ("Temadag for trænere", "Klubben", "Uge 20"),
    ]


def test_labels_may_stand_alone_above_their_values() -> None:
    document = word_files.new()
    document.add_heading("Handleplan 2026 for Lokalrådet i Enge", 0)
    for work, owner in (("Lappe hegnet", "Havnefogeden"), ("Tælle gæster", "Klubben")):
        document.add_heading("Havnen ved " + work.lower(), 1)
        for label, values in (
            ("Mål", ["Havnen er rolig."]),
            ("Aktiviteter", [work, "Holde møde"]),
            ("Hvem står for det", [owner]),
            ("Hvornår", ["1. maj"]),
        ):
            document.add_paragraph().add_run(label).bold = True
            for value in values:
                document.add_paragraph(value)
    found, _ = read(word_files.content_of(document), "plan.docx")
    assert told(found) == [
        ("Lappe hegnet", "Havnefogeden", "1. maj"),
        ("Holde møde", "Havnefogeden", "1. maj"),
        ("Tælle gæster", "Klubben", "1. maj"),
        ("Holde møde", "Klubben", "1. maj"),
    ]


def test_minutes_tell_what_was_decided() -> None:
    found = text(
        "1. Godkendelse af dagsorden\nDagsordenen blev godkendt.\n\n2. Havnen\n"
        "Havnefogeden orienterede om sommeren. Rådet drøftede, om porten skal låses.\n"
        "Beslutning: Havnefogeden låser porten kl. 22.\n\n3. Skolevejen\nDet blev aftalt, at\n"
        "- vejafdelingen maler striber inden 1. august\n- skolen skriver til forældrene\n"
        "Klubben foreslog en fest. Forslaget blev ikke vedtaget.\n\n4. Eventuelt\nIntet.\n",
        title="Referat af møde i Lokalrådet i Enge den 4. maj 2026\n\nTil stede: havnefogeden, skolechefen",
    )
    assert found.kind == "minutes"
    assert found.not_a_plan is not None
    assert [row[1:] for row in told(found)] == [
        ("Havnefogeden", ""),
        ("Vejafdelingen", "inden 1. august"),
        ("Skolen", ""),
    ]


def test_an_agenda_decides_nothing() -> None:
    found = text(
        "1. Havnen\nHavnefogeden skal fortælle om porten.\n\n2. Eventuelt\n",
        title="Dagsorden til møde i Lokalrådet den 4. maj 2026",
    )
    assert found.commitments == []


def test_what_a_council_agreed_counts_with_the_sentence_after_it() -> None:
    found = text(
        "1. Status på havnen\nRådet besluttede, at havnefogeden rykker leverandøren inden 1. maj. "
        "Klubben skriver til gæsterne.\n\n2. Eventuelt\nNæste møde holdes den 8. juni 2026.\n",
        title="Referat af møde i Lokalrådet i Enge den 4. april 2026",
    )
    assert [row[1:] for row in told(found)] == [("Havnefogeden", "inden 1. maj"), ("Klubben", "")]
