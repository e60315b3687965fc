"""What a search shows: sorts, marks, pages, what was meant; and never what the reader may not read."""

from collections.abc import Callable
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as promises
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.demo.cast import Entered, at
from samraad.search.actions import index
from samraad.search.marking import marked, pattern_of, snippet
from samraad.search.models import Entry

Person = Callable[[str], User]
As = Callable[[str], Client]
SEARCH = "/nordjylland/soeg/"
CANARY = "kanariefugl"


def sought(client: Client, text: str, **more: str) -> str:
    """The page of a search."""
    answer = client.get(SEARCH, {"q": text, **more})
    assert answer.status_code == 200
    page = unescape(answer.content.decode())
    return page[page.index("<main") : page.index("</main>")]


def write(title: str, text: str, number: int = 1, **reach: object) -> Entry:
    """Something that can be found."""
    made = {"kind": "Prøve", "url": f"/x/{number}/", "public": True, "by": SYSTEM, **reach}
    thing = Entry(pk=900 + number)
    return index(thing=thing, district="nordjylland", title=title, text=text, **made)  # type: ignore[arg-type]


@pytest.mark.any_database
def test_it_marks_the_hit_in_its_snippet_and_escapes_the_rest() -> None:
    text = (
        "Først noget andet. " * 20 + "Her står <b>Indbruddene</b> i Hjoerring midt i. " + "Og så mere. " * 40
    )
    shown = snippet(text, pattern_of(["indbrud", "hjørring"]))
    assert "<mark>Indbruddene</mark>" in shown
    assert "<mark>Hjoerring</mark>" in shown
    assert "&lt;b&gt;" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert marked("Aalborg", pattern_of(["ålborg"])) == "<mark>Aalborg</mark>"


def test_it_finds_fora_and_seats_for_everybody_and_no_name(cast: Entered, client: Client, as_: As) -> None:
    page = sought(client, "ssp brønderslev")
    assert "/nordjylland/fora/#forum-" in page
    assert "/nordjylland/fora/#plads-" in sought(client, "borgmester hjørring")
    assert "Vi fandt ikke “Maja”" in sought(client, "Maja")
    assert "Vi fandt ikke" in sought(client, "maja@samraad.example")
    inside = sought(as_("signe"), "Maja")
    assert "Borgmester i Hjørring" in inside
    assert "@samraad.example" not in sought(as_("signe"), "samraad.example").replace("“samraad.example”", "")


def test_it_shows_one_sort_at_an_address_of_its_own(cast: Entered, as_: As) -> None:
    page = sought(as_("signe"), "brønderslev")
    assert "type=fora" in page
    alone = sought(as_("signe"), "brønderslev", type="fora")
    assert 'aria-current="true"' in alone
    assert "SSP <mark>Brønderslev</mark>" in alone
    assert "Plads" not in alone
    assert sought(as_("signe"), "brønderslev", type="findes-ikke")


def test_it_says_what_was_meant_and_offers_it_without_taking_it(cast: Entered, client: Client) -> None:
    page = sought(client, "hjorring borgmesster")
    assert "Vi fandt ikke “hjorring borgmesster”" in page
    assert "hjørring borgmester</a>" in page


def test_it_shows_a_page_at_a_time(cast: Entered, client: Client) -> None:
    for number in range(23):
        write(f"Skovbrand {number}", "x", number)
    assert "Viser 1-10 af 23" in sought(client, "skovbrand")
    assert "Viser 21-23 af 23" in sought(client, "skovbrand", side="3")
    assert "Vi fandt ikke" not in sought(client, "skovbrand", side="40")


@pytest.mark.parametrize(
    "text",
    [
        "ord " * 40,
        '"fra citat" og ” flere',
        "stjerne* AND OR NOT NEAR(",
        "nul\x00tegn",
        "æ" * 5000,
        "'; DROP TABLE search_entry --",
        "col:search_text ^x {a b}",
        "%_\\",
        "🙂 §",
        "",
    ],
)
def test_it_answers_anything_that_is_typed_in_words(cast: Entered, client: Client, text: str) -> None:
    page = sought(client, text)
    assert "<h1>Søg</h1>" in page
    assert "Traceback" not in page


def test_it_says_how_much_of_a_long_question_it_looked_for(cast: Entered, client: Client) -> None:
    assert "de første 8 ord" in sought(client, " ".join(f"ord{number}" for number in range(40)))
    assert "de første 400 tegn" in sought(client, "ordet " * 100)


def test_it_finds_nothing_that_its_reader_may_not_read(cast: Entered, person: Person, as_: As) -> None:
    """A canary in every sort of thing: who may not read it finds neither it nor that there is any."""
    kredsraad = cast.kredsraad
    meeting = meetings.plan_meeting(
        forum=kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=SYSTEM
    )
    agenda.add_item(meeting=meeting, kind="discussion", title=f"Lukket {CANARY}", closed=True, by=SYSTEM)
    promises.draft(forum=kredsraad, text=f"Udkast {CANARY}", owner=kredsraad.district, by=SYSTEM)
    promises.propose(forum=kredsraad, text=f"Forslag {CANARY}", owner=kredsraad.district, by=person("signe"))
    write(f"Rådets {CANARY}", "x", 1, public=False, forum_id=kredsraad.pk)
    write(f"Fremtidens {CANARY}", "x", 2, visible_from=at("2022-02-01"))
    for key in ("citizen", "omar", "karen", "vera"):
        page = sought(as_(key) if key != "citizen" else Client(), CANARY)
        assert "Vi fandt ikke" in page, key
        assert "&type=" not in page, f"{key} sees how many there are"
    assert "Forslag" in sought(as_("signe"), CANARY)


def test_it_keeps_two_districts_apart(cast: Entered, client: Client) -> None:
    index(
        thing=Entry(pk=901), district="fyn", kind="Prøve", title=CANARY, text="x", url="/x/", public=True,
        by=SYSTEM,
    )  # fmt: skip
    assert "Vi fandt ikke" in sought(client, CANARY)


def test_it_makes_the_index_again_as_it_was(demo: Entered, capsys: pytest.CaptureFixture[str]) -> None:
    fields = ("object_type", "object_id", "public", "title", "kind", "url", "forum_id", "organisation_id")
    before = set(Entry.objects.values_list(*fields))
    call_command("search_index")
    again = set(Entry.objects.values_list(*fields))
    assert again == before
    assert "kan findes" in capsys.readouterr().out


def test_it_finds_the_words_that_citizens_use(demo: Entered, client: Client) -> None:
    assert "/nordjylland/hjaelp/" in sought(client, "bekymring")
    assert "/nordjylland/moeder/" in sought(client, "referat december") or "Referat" in sought(
        client, "referat september"
    )
    assert "<mark>" in sought(client, "indbruddene")
    assert escape("<script>") not in sought(client, "indbrud")
