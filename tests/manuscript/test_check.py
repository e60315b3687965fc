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


def messages(code: str, *parts: str) -> list[str]:
    """What the check says of one kind in a small plan."""
    whole = ["Samarbejdsplan 2022", "1 Samarbejdet", *parts, "2 Opfølgning", "Vi ser på det igen."]
    found, _ = read("\n\n".join(whole).encode(), "plan.txt")
    return [row["message"] for row in found.findings if row["code"] == code]


@pytest.mark.parametrize(
    "sentence",
    [
        "ABK betyder afdelingen for byggeri, LVK lokalvagten og HVU havneudvalget.",
        "Havneudvalget (HVU) holder møde. Lokalvagten (LVK) er med. Afdelingen for byggeri (ABK) kommer.",
        "HVU = havneudvalget, LVK = lokalvagten og ABK = afdelingen for byggeri.",
    ],
)
def test_what_a_text_explains_is_no_riddle(sentence: str) -> None:
    assert (
        messages("abbreviation", sentence, "HVU, LVK og ABK mødes.", "SSP og PSP er med, og DSB kommer.")
        == []
    )


@pytest.mark.parametrize(
    "work",
    [
        "Vi skal holde en temadag om nettet i maj 2022.",
        "Det skal ske i maj 2022, når lamperne er kommet.",
        "Viser det sig at virke, gentages det i maj 2022.",
        "Kommunen og skolen mødes i marts. Der skal holdes en temadag i maj 2022.",
        "Ballerup skal holde en temadag om nettet i maj 2022.",
    ],
)
def test_it_does_not_ask_who_where_something_near_may_tell_it(work: str) -> None:
    assert messages("promise_without_owner", work) == []


@pytest.mark.parametrize(
    "work",
    [
        "Kommunen skal have styr på lamperne ved skolen.",
        "Kommunen skal udarbejde en folder om lys, før vinteren kommer.",
        "Kommunen skal i løbet af foråret udarbejde en folder om låse.",
        "Kommunen skal stå for en åben dag om låse hver anden lørdag.",
        "Kommunen hjælper dem, der spørger om låse og lys.",
    ],
)
def test_it_does_not_ask_when_where_the_words_may_tell_it(work: str) -> None:
    assert messages("promise_without_date", work) == []


def test_an_empty_cell_is_asked_about_and_a_missing_column_is_not() -> None:
    rows = ["Indsats | Ansvarlig | Frist", "Tælle biler | | 1. maj 2022", "Male striber | Vejafdelingen |"]
    assert len(messages("promise_without_owner", "\n".join(rows))) == 1
    assert len(messages("promise_without_date", "\n".join(rows))) == 1
    assert (
        messages("promise_without_owner", "Emne | Måned\nTælle biler | Maj 2022\nMale striber | Juni 2022")
        == []
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Mødet er mandag den 2. maj 2022.", 0),
        ("Mødet er tirsdag den 2. maj 2022.", 1),
        ("Mødet er torsdag den 31. juni 2022.", 1),
    ],
)
def test_a_weekday_and_its_date_go_together(said: str, told: int) -> None:
    assert len(messages("contradiction", said)) == told


@pytest.mark.parametrize(
    "left",
    ["[dato mangler]", "(indsæt navn)", "xx.xx.2022", "Klik her for at skrive tekst.", "TBD", "Frist: ???"],
)
def test_what_was_to_be_filled_in_is_seen(left: str) -> None:
    assert len(messages("stray_markup", f"Mødet holdes på skolen {left}")) == 1
