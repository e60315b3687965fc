"""The plan check: each rule finds its fault and leaves a sound text alone."""

import pytest

from manuscript.reading import read

LONG = (
    "Politiet og kommunen går hver fredag aften en tur gennem gågaden "
    "og taler med dem, der er ude, og med dem, der har åbent."
)


def codes(*parts: str) -> set[str]:
    """What the check says of a small plan with these paragraphs."""
    whole = [
        "Samarbejdsplan 2022",
        "1 Samarbejdet",
        *parts,
        "2 Opfølgning",
        "Vi ser på det igen på det sidste møde i året.",
    ]
    found, _ = read("\n\n".join(whole).encode(), "plan.txt")
    return {row["code"] for row in found.findings}


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("duplicate_paragraph", [LONG, "Noget andet står her imellem.", LONG]),
        ("near_duplicate", [LONG, LONG.replace("fredag aften", "lørdag nat").replace("gågaden", "midtbyen")]),
        ("stray_markup", ["Der var færre *straffelovsanmeldelser* end året før."]),
        ("stray_markup", ["Mødet holdes den [indsæt dato] i Aars."]),
        (
            "typo",
            ["Flerårsaftalen gælder. Flerårsaftalen er fra 2020.", "Med flerårssaftalen kom et nyt team."],
        ),
        ("typo", ["Endelig skal der sker en forandring i kredsen."]),
        (
            "spelling_variant",
            ["Projektet om socialbedrageri begynder.", "Indsatsen mod socialt bedrageri styrkes."],
        ),
        ("abbreviation", ["Kommunen bruger TSI på skolerne."]),
        (
            "contradiction",
            ["Ordningen dækker alle kommuner i kredsen.", "I 2022 skal udbredelsen i kommunerne fortsætte."],
        ),
        ("cpr_like", ["Sagen om 010203-1234 blev drøftet."]),
        ("person_name", ["Spørgsmål besvares af Jens Testesen."]),
        ("promise_without_owner", ["Der vil i 2022 blive holdt en temadag om nettet."]),
        ("promise_without_date", ["Kommunen skal udarbejde en folder om låse og lys."]),
        ("date_past", ["Kommunen skal senest den 1. maj 2021 udarbejde en folder om lys."]),
    ],
)
def test_it_finds(code: str, parts: list[str]) -> None:
    assert code in codes(*parts)


def test_it_leaves_a_sound_text_alone() -> None:
    sound = [
        "Samarbejdet mellem politi, sociale myndigheder og psykiatri (PSP) fortsætter.",
        "Kredsrådet mødes fire gange om året.",
    ]
    assert codes(*sound) == set()


@pytest.mark.parametrize("pair", [("“ro”", '"ro"'), ("2021–2023", "2021-2023")])
def test_it_takes_no_notice_of_quotes_and_dashes(pair: tuple[str, str]) -> None:
    toc = f"Indhold\n1\tBehovet for {pair[0]}\t2\n2\tResten\t3"
    text = f"1 Behovet for {pair[1]}\n\n{LONG}\n\n2 Resten\n\nDet var det."
    found, _ = read(f"Samarbejdsplan 2022\n\n{toc}\n\n{text}".encode(), "plan.txt")
    assert not [row for row in found.findings if row["code"] == "toc_heading_mismatch"]


def test_it_quotes_a_long_promise_up_to_a_whole_word() -> None:
    promise = (
        "Der vil i 2022 blive holdt en temadag om nettet med oplæg, gruppearbejde, udstilling "
        "og ligesom før en afstemning i pausen."
    )
    found, _ = read(
        f"Samarbejdsplan 2022\n\n1 Samarbejdet\n\n{promise}\n\n2 Opfølgning\n\nVi ser på det igen.".encode(),
        "plan.txt",
    )
    quoted = (
        next(row["message"] for row in found.findings if row["code"] == "promise_without_owner")
        .split("“")[1]
        .split("”")[0]
    )
    assert quoted.endswith(" …")
    assert promise[len(quoted.removesuffix(" …"))] in " ,"
