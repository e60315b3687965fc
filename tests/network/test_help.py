"""Whom a citizen calls: three taps of links, a number with its day, 114 when there is none, nothing told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import AccessNote, Event, Removed
from samraad.demo.cast import Entered, at
from samraad.network.actions import help as acts
from samraad.network.models import HelpNumber, Worry
from samraad.network.waiting import tasks

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY = date(2022, 1, 28)
HELP, WORK = "/nordjylland/hjaelp/", "/nordjylland/arbejde/hjaelp/"


@pytest.fixture
def worries(cast: Entered) -> dict[int, Worry]:
    """The worries that a district begins with."""
    return {worry.code: worry for worry in acts.start_worries(district=cast.district, by=SYSTEM)}


@pytest.fixture
def hjoerring(worries: dict[int, Worry], person: Person) -> HelpNumber:
    """Hjørring's number for a child, called up a fortnight ago."""
    return acts.add_number(
        worry=worries[1],
        place=Organisation.objects.get(slug="hjoerring"),
        first=True,
        name="Modtagelsen",
        phone="01 00 01 04",
        hours="mandag-torsdag 9-15\nfredag 9.00-16.00",
        today=date(2022, 1, 14),
        by=person("else"),
    )


def read(client: Client, address: str) -> str:
    """The text of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_it_leads_from_worry_to_number_in_three_taps_of_links(hjoerring: HelpNumber, client: Client) -> None:
    front = read(client, "/nordjylland/")
    assert f'href="{HELP}"' in front
    first = read(client, HELP)
    assert f'href="{HELP}1/"' in first
    assert first.index("tel:112") < first.index(f"{HELP}1/")
    second = read(client, f"{HELP}1/")
    assert f'href="{HELP}1/860/"' in second
    third = read(client, f"{HELP}1/860/")
    assert "<h1>Ring til Modtagelsen i Hjørring Kommune</h1>" in third
    assert 'href="tel:+4501000104"' in third
    assert "Åbent nu" in third
    assert "14. januar 2022 af Hjørring Kommune" in third
    for page in (first, second, third):
        main = page[page.index("<main") : page.index("</main>")]
        assert "<form" not in main
        assert "<input" not in main


def test_it_tells_nothing_by_address_title_cookie_or_log(hjoerring: HelpNumber, client: Client) -> None:
    before = Event.objects.count(), AccessNote.objects.count()
    titles = set()
    for address in (HELP, f"{HELP}1/", f"{HELP}1/860/", f"{HELP}5/", f"{HELP}1/0/"):
        answer = client.get(address)
        page = answer.content.decode()
        titles.add(page[page.index("<title>") : page.index("</title>")])
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies, address
    assert titles == {"<title>Hvem kan hjælpe – Samråd Nordjylland"}
    for address in (f"{HELP}99/", f"{HELP}1/999/", f"{HELP}1/101/"):
        assert client.get(address).status_code == 404, "a municipality of another district is none here"
    assert (Event.objects.count(), AccessNote.objects.count()) == before


def test_it_gives_114_with_a_sentence_to_say_where_no_number_stands(
    hjoerring: HelpNumber, client: Client
) -> None:
    page = read(client, f"{HELP}1/825/")
    assert "Ring 114, og bed om den sociale vagt for Læsø" in page
    assert "har ikke skrevet et nummer her endnu" in page
    assert "“Jeg er bekymret for et barn og vil gerne tale med den sociale vagt.”" in page
    assert "01 00 01 04" not in page, "another municipality's number"


def test_it_asks_for_no_place_where_the_answer_is_the_same_everywhere(
    worries: dict[int, Worry], cast: Entered, client: Client
) -> None:
    acts.add_number(
        worry=worries[5], place=cast.district, first=True, name="Linjen", phone="116 006",
        hours="døgnet rundt", today=TODAY, by=SYSTEM,
    )  # fmt: skip
    page = read(client, f"{HELP}5/")
    assert "<h1>Ring til Linjen</h1>" in page
    assert 'href="tel:116006"' in page
    assert "hele døgnet, alle dage" in page
    assert "Trin 2" not in page


def test_it_uses_the_districts_number_where_the_municipality_has_none(
    hjoerring: HelpNumber, cast: Entered, client: Client
) -> None:
    acts.add_number(
        worry=hjoerring.worry, place=cast.district, first=True, name="Linjen", phone="01000100",
        today=TODAY, by=SYSTEM,
    )  # fmt: skip
    assert "Ring til Linjen" in read(client, f"{HELP}1/825/")
    assert "Ring til Linjen" in read(client, f"{HELP}1/0/")
    assert "Ring til Modtagelsen" in read(client, f"{HELP}1/860/")


@pytest.mark.parametrize(
    ("days", "said"),
    [(89, "31. oktober 2021 af sekretariatet"), (90, "mere end 90 dage"), (179, "mere end 90 dage")],
)
def test_it_says_when_a_number_was_last_called_up(
    hjoerring: HelpNumber, client: Client, days: int, said: str, settings: object
) -> None:
    _called_up(hjoerring, TODAY - timedelta(days=days))
    page = read(client, f"{HELP}1/860/")
    assert said in page
    assert "01 00 01 04" in page


def test_it_takes_a_number_away_after_180_days_says_so_and_falls_back(
    hjoerring: HelpNumber, client: Client
) -> None:
    _called_up(hjoerring, TODAY - timedelta(days=180))
    page = read(client, f"{HELP}1/860/")
    assert "01 00 01 04" not in page
    assert "ikke ringet op i et halvt år og er taget væk" in page
    assert 'href="tel:114"' in page


def _called_up(number: HelpNumber, on: date) -> None:
    acts.check_number(number=number, today=on, by=SYSTEM)


def test_it_shows_112_and_114_before_anything_is_set_up(cast: Entered, client: Client) -> None:
    page = read(client, HELP)
    assert "tel:112" in page
    assert "tel:114" in page
    assert client.get(f"{HELP}1/").status_code == 404


def test_it_lets_the_municipality_keep_its_own_and_the_secretariat_all(
    hjoerring: HelpNumber, cast: Entered, person: Person
) -> None:
    place = Organisation.objects.get(slug="laesoe")
    new = {"worry": hjoerring.worry, "first": True, "name": "Vagten", "phone": "01000108", "today": TODAY}
    with pytest.raises(Denied, match="Læsø Kommune selv og sekretariatet"):
        acts.add_number(place=place, by=person("else"), **new)
    made = acts.add_number(place=place, by=person("lars"), **new)
    assert made.checked_by == "Læsø Kommune"
    acts.check_number(number=made, today=TODAY, by=person("signe"))
    assert made.checked_by == "sekretariatet"
    with pytest.raises(Denied, match="hele Nordjylland"):
        acts.add_number(place=cast.district, by=person("lars"), **new)
    with pytest.raises(Refused, match="Der står allerede et nummer"):
        acts.add_number(place=place, by=person("signe"), **new)


def test_it_says_what_is_wrong_with_a_number_or_its_hours(hjoerring: HelpNumber, as_: As) -> None:
    address = f"{WORK}{hjoerring.worry_id}/nyt/brønderslev/".replace("ø", "oe")
    form = {"name": "Vagten", "phone": "+45 nul", "hours": "mandag fra ni", "anonymous": "ask"}
    answer = as_("signe").post(address, form)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "“+45 nul” er ikke et dansk nummer. Skriv 8 cifre" in page
    assert "Linjen “mandag fra ni” kan ikke læses" in page
    assert HelpNumber.objects.count() == 1
    good = {"name": "Vagten", "phone": "01 00 01 02", "hours": "mandag-fredag 9-15", "anonymous": "ask"}
    answer = as_("signe").post(address, good, follow=True)
    assert "kontrolleret i dag" in answer.content.decode()


def test_it_asks_the_owner_after_90_days_and_the_secretariat_before_it_goes(
    hjoerring: HelpNumber, person: Person
) -> None:
    def waits(key: str) -> list[str]:
        return [task.title for task in tasks(person(key)) if "Hvem kan hjælpe" in task.title]

    assert waits("else") == []
    _called_up(hjoerring, TODAY - timedelta(days=90))
    assert len(waits("else")) == 1
    assert waits("signe") == []
    assert waits("lars") == []
    _called_up(hjoerring, TODAY - timedelta(days=150))
    assert len(waits("signe")) == 1


def test_it_shows_those_who_keep_it_what_is_missing_and_old(hjoerring: HelpNumber, as_: As) -> None:
    assert "1 af 9 kommuner har et nummer" in read(as_("signe"), WORK)
    page = read(as_("else"), f"{WORK}{hjoerring.worry_id}/")
    assert f"{WORK}numre/{hjoerring.pk}/ringet-op/" in page
    assert f"{WORK}numre/{hjoerring.pk}/ringet-op/" not in read(as_("lars"), f"{WORK}{hjoerring.worry_id}/")


def test_it_keeps_what_was_taken_away_in_the_bin(hjoerring: HelpNumber, person: Person) -> None:
    acts.remove_number(number=hjoerring, now=at("2022-01-28"), by=person("signe"))
    removed = Removed.objects.get()
    with pytest.raises(Denied):
        put_back(removed=removed, now=at("2022-01-28"), by=person("lars"))
    put_back(removed=removed, now=at("2022-01-28"), by=person("signe"))
    assert HelpNumber.objects.count() == 1


def test_it_lets_the_secretariat_write_the_words_anew(hjoerring: HelpNumber, as_: As, client: Client) -> None:
    worry = hjoerring.worry
    form = {
        "title": "Et barn har det svært",
        "where": "Hvor bor barnet?",
        "steps": "Du ringer | Bare ring.",
        "version": 1,
    }
    answer = as_("signe").post(f"{WORK}{worry.pk}/ret/", form, follow=True)
    assert "Ordene er rettet" in answer.content.decode()
    assert "Et barn har det svært" in read(client, HELP)
    assert "Bare ring." in read(client, f"{HELP}1/860/")
    assert acts.start_worries(district=worry.district, by=SYSTEM) == [], "what was put right stays"


def test_it_sends_the_old_address_on(cast: Entered, client: Client) -> None:
    answer = client.get("/nordjylland/hvem-kan-hjaelpe/")
    assert (answer.status_code, answer["Location"]) == (302, HELP)


def test_it_is_open_by_danish_time(hjoerring: HelpNumber, client: Client, settings: object) -> None:
    settings.SAMRAAD_TODAY = datetime.fromisoformat("2022-04-15T10:00+02:00")  # type: ignore[attr-defined]
    assert "Lukket nu" in read(client, f"{HELP}1/860/"), "Good Friday"
