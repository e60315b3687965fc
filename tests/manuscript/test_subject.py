"""Who answers for a promise: the subject of its sentence, never its object."""

import pytest

from manuscript.reading import read
from manuscript.subject import who


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # words on -e in the definite singular, and offices
        ("Kommunen maler striber ved skolen i maj.", ["Kommunen"]),
        ("Skolen indkalder forældrene hvert efterår.", ["Skolen"]),
        ("Følgegruppen skal se på tallene.", ["Følgegruppen"]),
        ("Klubben holder åbent hver fredag.", ["Klubben"]),
        ("Sekretæren sender referatet ud.", ["Sekretæren"]),
        ("Sagsbehandleren ringer til hjemmet.", ["Sagsbehandleren"]),
        ("Lærerne melder fravær til forvaltningen.", ["Lærerne"]),
        ("Jobcenteret finder fritidsjob til de unge.", ["Jobcenteret"]),
        # the object is not the owner
        ("Kommunen skal opdatere PSP-aftalen.", ["Kommunen"]),
        ("Politiet orienterer skolerne og klubberne hver måned.", ["Politiet"]),
        ("Hjørring Kommune tilbyder natteravnene et lokale.", ["Hjørring Kommune"]),
        ("Lokalpolitiet besøger alle skoler sammen med SSP-konsulenten.", ["Lokalpolitiet"]),
        # something else opens the sentence
        ("I august inviterer forvaltningen boligforeningerne til møde.", ["Forvaltningen"]),
        ("Hver onsdag går politiet og kommunen tur på torvet.", ["Politiet", "Kommunen"]),
        ("Hvis kommunen siger nej, holder politiet mødet alene.", ["Politiet"]),
        ("Falder tallet ikke, ansætter skolerne en vejleder.", ["Skolerne"]),
        ("Lystbådehavnens bestyrelse sørger for skilte.", ["Lystbådehavnens bestyrelse"]),
        ("Det vil vi se på til efteråret.", ["vi"]),
        # several that do it
        ("Kommunen, politiet og SSP-udvalget mødes hvert kvartal.", ["Kommunen", "Politiet", "SSP-udvalget"]),
        # whoever it is done by, and where
        ("Referatet skrives af rådets sekretær.", ["Rådets sekretær"]),
        ("Planen sendes af politiet til kommunerne.", ["Politiet"]),
        ("Tallene drøftes i lokalrådet hvert kvartal.", ["Lokalrådet"]),
        ("Der opsættes to nye lamper.", []),
        # others than bodies
        ("De store butikker ringer til hinanden, når der er tyve.", ["De store butikker"]),
        ("Rebild uddeler lygter til alle børn.", ["Rebild Kommune"]),
        ("Indsatserne starter i maj.", []),
        ("Vi måler farten på fem veje.", ["vi"]),
    ],
)
def test_it_names_the_subject(text: str, names: list[str]) -> None:
    assert list(who(text)) == names


def test_a_pronoun_is_who_the_sentence_before_names() -> None:
    plan = (
        "Handleplan 2026\n\nArbejdet\n\nSkoleudvalget blev dannet sidste år. Det holder møde hvert kvartal.\n"
    )
    found, _ = read(plan.encode(), "plan.txt")
    assert [row["who"] for row in found.commitments] == [["Skoleudvalget"]]


def test_items_belong_to_the_one_who_shall() -> None:
    plan = (
        "Handleplan 2026\n\nTrafik\n\nVejafdelingen skal i 2026:\n\n"
        "☐ Sætte bump ved to skoler\n☐ Tælle biler i maj\n\nHavnen\n\nDer er aftalt følgende:\n\n"
        "1) at bådklubben låser porten om natten\n2) at der sættes skilte op\n"
    )
    found, _ = read(plan.encode(), "plan.txt")
    assert [(row["text"], row["who"], row["when"]) for row in found.commitments] == [
        ("Sætte bump ved to skoler", ["Vejafdelingen"], "i 2026"),
        ("Tælle biler i maj", ["Vejafdelingen"], "i maj"),
        ("at bådklubben låser porten om natten", ["Bådklubben"], ""),
        ("at der sættes skilte op", [], ""),
    ]


def test_work_on_skills_is_not_done_by_those_who_learn() -> None:
    plan = "Handleplan 2026\n\nIndsatser\n\n● Undervise alle lærere i brug af skemaet\n"
    found, _ = read(plan.encode(), "plan.txt")
    assert [row["who"] for row in found.commitments] == [[]]


def test_the_check_asks_who_only_where_nobody_is_named() -> None:
    plan = (
        "Handleplan 2026\n\nIndsatser\n\n- Opsætte lys i parken inden 1. maj\n"
        "- Sende SSP-konsulenten på kursus i juni\n"
    )
    found, _ = read(plan.encode(), "plan.txt")
    assert [row["line"] for row in found.findings if row["code"] == "promise_without_owner"] == [5]


def test_it_is_done_by_whoever_the_first_half_names() -> None:
    plan = "Handleplan 2026\n\nArbejdet\n\nSkolen laver en liste, og den skal være klar inden 1. maj.\n"
    found, _ = read(plan.encode(), "plan.txt")
    assert [row["who"] for row in found.commitments] == [["Skolen"]]
