"""What may be said: from `evidens` on the public release, with what must be read beside it."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as given
from python_calamine import load_workbook

from evidens import change, offence, place, read
from samraad.demo.cast import Entered, at
from samraad.figures.models import Release
from samraad.figures.queries.finding import newest_span, spans_of
from samraad.figures.queries.release import counts_of
from tests.figures.files import begun, file_of, quarters, released
from tests.people import client_of

BURGLARY = "/nordjylland/tal/indbrud/"
FULL = Path(given.SAMRAAD_SHARED_DATA) / "straf11" / "straf11_2007K1_2021K4.csv.gz"


def words(client: Any, address: str) -> str:
    """What a page says, without marks and doubled blanks."""
    text = re.sub(
        r"<(svg|style|script).*?</\1>|<[^>]+>", " ", client.get(address).content.decode(), flags=re.S
    )
    return " ".join(text.split())


def test_it_says_of_the_districts_burglaries_what_the_figures_bear(demo: Entered, client: Any) -> None:
    page = words(client, BURGLARY)
    assert "Et fald på 42 %: fra 885 i 1.-3. kvartal 2020 til 514 i 1.-3. kvartal 2021." in page
    assert "Faldet er klart, men kan være alt fra 0,1 til 67 %." in page
    assert "Forskellen til udviklingen i resten af landet er ikke klar." in page
    assert "I 1.-3. kvartal 2019 var tallet 1.080." in page
    assert "Ingen af de ni kommuner har en klar ændring for sig selv" in page
    assert "Danmarks Statistik, statistikbanken.dk/straf11. Udgivelse 2." in page


def test_it_does_not_say_halved_where_the_figures_swing_as_much(demo: Entered, client: Any) -> None:
    page = words(client, "/nordjylland/min-kommune/hjoerring/")
    assert "54 Ingen klar ændring fra 105 året før." in page
    assert "Kredsen: fald på 42 % (0,1 til 67 %) (885 → 514)" in page
    assert "Hvorfor står der ikke, at indbrud i private hjem er halveret?" in page
    assert "Hele landet: ikke opgjort" in page  # of violence in 2020 and 2021


def test_it_gives_the_mayor_the_same_numbers_on_her_desk(demo: Entered, client: Any) -> None:
    page = words(client_of("maja"), "/mit-bord/")
    assert "Indbrud i private hjem Ingen klar ændring fra 105 året før." in page
    assert "Bliver du spurgt? Det kan du sige" in page


def test_it_shows_a_zero_with_what_the_source_hides_in_it(demo: Entered, client: Any) -> None:
    page = words(client, BURGLARY)
    assert "Læsø for få til at sige noget 0 0" in page
    assert "Kilden skriver også 0 for det, den skjuler, så et nul kan være et lille tal." in page


def test_it_leaves_a_gap_where_the_source_says_nothing_and_never_a_zero(demo: Entered, client: Any) -> None:
    page = words(client, "/nordjylland/tal/vold/landet/2021Q1..2021Q3/mod/2020Q1..2020Q3/")
    assert "Tallet foreligger ikke" in page
    assert "Kilden har ikke offentliggjort tallet for hele landet på denne afgrænsning" in page


def test_it_answers_in_words_when_a_question_makes_no_sense(demo: Entered, client: Any) -> None:
    page = words(client, f"{BURGLARY}nordjylland/2021Q3/mod/2021Q1..2021Q3/")
    assert "ikke lige lange" in page
    assert "Se de nyeste tal" in page
    assert "Tallene går fra 1. kvartal 2012 til 3. kvartal 2021." in words(
        client, f"{BURGLARY}nordjylland/2035/"
    )
    assert client.get(f"{BURGLARY}atlantis/2021/").status_code == 404
    assert client.get("/nordjylland/tal/hekseri/").status_code == 404
    assert client.get(f"{BURGLARY}nordjylland/2021Q3/mod/i-går/").status_code == 200


def test_it_leads_from_the_form_to_an_address_that_can_be_sent(demo: Entered, client: Any) -> None:
    asked = {"serie": "vold", "sted": "hjoerring", "periode": "2020", "mod": "1"}
    answer = client.get("/nordjylland/tal/vaelg/", asked)
    assert answer["Location"] == "/nordjylland/tal/vold/hjoerring/2020Q1..2020Q4/mod/2019Q1..2019Q4/"


def test_it_keeps_a_number_at_its_fixed_address_when_new_ones_come(
    demo: Entered, client: Any, settings: Any
) -> None:
    fixed = "/nordjylland/tal/udgivelse/1/1/indbrud/nordjylland/2020/mod/2019/"
    page = words(client, fixed)
    assert "Der er kommet nye tal siden: udgivelse 2." in page
    newest = words(client, f"{BURGLARY}nordjylland/2020/mod/2019/")
    assert "Udgivelse 2." in newest
    assert "Udgivelse 1." in page


@pytest.mark.parametrize("suffix", ["tal.json", "tal.csv", "tal.xlsx"])
def test_it_gives_the_same_numbers_in_every_file(demo: Entered, client: Any, suffix: str) -> None:
    address = f"{BURGLARY}nordjylland/2021Q1..2021Q3/mod/2020Q1..2020Q3/"
    content = client.get(f"{address}{suffix}").content
    if suffix == "tal.json":
        told = json.loads(content)
        assert (told["answer"]["before"], told["answer"]["after"], told["release"]) == (885, 514, 2)
        assert told["answer"]["reservations"]
        assert client.get(told["fixed_address"].removeprefix("http://testserver")).status_code == 200
        return
    if suffix == "tal.csv":
        text = content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert [(row["antal"], row["tegn"]) for row in rows[:2]] == [("514", "foreløbig"), ("885", "vist")]
        assert all(row["kilde"] and row["tegn"] for row in rows)
        assert [rows[0][name] for name in ("ændring %", "fra %", "til %", "klar")] == [
            "-41,9",
            "-67,0",
            "-0,1",
            "ja",
        ]
        assert "Corona" in rows[0]["forbehold"]
        return
    book = load_workbook(io.BytesIO(content))
    assert book.sheet_names == ["Læs mig", "Ændring", "År for år"]
    assert book.get_sheet_by_name("Ændring").to_python()[1][2:4] == [885, 514]
    assert content == client.get(f"{address}{suffix}").content  # the same answer is the same bytes


def test_it_marks_an_empty_count_in_a_file_with_why_it_is_empty(demo: Entered, client: Any) -> None:
    address = "/nordjylland/tal/vold/landet/2021Q1..2021Q3/mod/2020Q1..2020Q3/tal.csv"
    rows = list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["antal"], row["tegn"]) for row in rows] == [("", "ikke opgjort")] * 2


def test_it_begins_with_the_newest_whole_year_or_its_first_three_quarters(cast: Entered) -> None:
    source = begun()
    expected = {4: "2021Q1..2021Q4", 3: "2021Q1..2021Q3", 2: "2020Q1..2020Q4", 1: "2020Q1..2020Q4"}
    for last, span in expected.items():
        rows = quarters("851", "1320", 2019, *range(10, 18 + last))
        counts = counts_of(released(source, file_of(*rows)))
        assert str(newest_span(counts)) == span
        assert len(set(spans_of(counts))) == len(spans_of(counts))


def test_it_writes_every_number_of_a_picture_in_the_table_beside_it(demo: Entered, client: Any) -> None:
    page = client.get(BURGLARY).content.decode()
    pictures = re.findall(r'<svg[^>]*role="img".*?</svg>', page, flags=re.S)
    assert len(pictures) == 6  # three, each for a wide page and for a phone
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for number in ("979", "612", "169"):
        assert number in re.sub(r"<svg.*?</svg>", "", page, flags=re.S)


@pytest.mark.skipif(not FULL.exists(), reason="Hele STRAF11 ligger ikke her (SAMRAAD_SHARED_DATA).")
def test_it_says_the_same_of_the_whole_table_as_of_the_demos(demo: Entered) -> None:
    """The demo's file is nine codes of the whole from 2012 on; what is left out changes no answer."""
    whole, shipped = read(FULL), counts_of(Release.objects.get(number=2))
    for code in ("1320", "1", "13", "1332"):
        answers = []
        for counts in (whole, shipped):
            now, before = counts.span("2021Q1..2021Q3"), counts.span("2020Q1..2020Q3")
            found: Any = change(counts, offence(code), place("district:1460"), now, before)
            answers.append((found.before, found.after, found.clear, round(found.low), round(found.high)))
        assert answers[0] == answers[1]


def test_it_shows_nothing_of_a_release_to_come_on_any_public_page(
    cast: Entered, client: Any, settings: Any
) -> None:
    source = begun()
    rows = quarters("851", "1320", 2019, 90, 80, 70, 91, 61, 51, 81, 71)
    released(source, file_of(*rows))
    released(source, file_of(*rows, "851;1320;2021K1;73737"), day="2022-02-04", hour=8)
    doors = ["/nordjylland/", "/nordjylland/tal/", BURGLARY, "/nordjylland/tal/rettelser/"]
    doors += [
        "/nordjylland/min-kommune/aalborg/",
        "/nordjylland/data/",
        "/soeg/?q=indbrud",
        "/api/openapi.json",
    ]
    doors += [
        f"{BURGLARY}aalborg/2021Q1/mod/2020Q1/{name}" for name in ("", "tal.json", "tal.csv", "tal.xlsx")
    ]
    doors += ["/nordjylland/tal/udgivelse/2/1/indbrud/aalborg/2021Q1/mod/2020Q1/"]
    for door in doors:
        answer = client.get(door)
        assert b"73737" not in answer.content, door
        assert b"73.737" not in answer.content, door
    settings.SAMRAAD_TODAY = at("2022-02-04", 8)
    assert b"73.737" in client.get(f"{BURGLARY}aalborg/2021Q1/mod/2020Q1/").content


@pytest.mark.parametrize("wrong", ["%00", "../..", "a b", "2021Q1/", "ø", "9" * 40])
def test_it_takes_any_word_in_the_form_as_a_word(demo: Entered, client: Any, wrong: str) -> None:
    right = {"serie": "vold", "sted": "hjoerring", "periode": "2020", "mod": "1"}
    for name in right:
        assert client.get("/nordjylland/tal/vaelg/", right | {name: wrong}).status_code in (200, 302, 404)
        assert client.get("/nordjylland/tal/vaelg/", right | {name: "\x00"}).status_code in (200, 302, 404)
