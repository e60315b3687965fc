"""Danish words find each other, on both databases alike."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from samraad.accounts.models import Organisation, User
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.demo.cast import Entered, email_of
from samraad.network.actions.around import enter, remove
from samraad.network.models import LocalEvent
from samraad.search.actions import forget, index
from samraad.search.danish import searchable, tokens
from samraad.search.queries import find
from tests.databases import DAY, moment

NOW = moment(DAY)
PAIRS = [
    ("indsats", "indsatser"),
    ("indsatser", "indsats"),
    ("indsatsområde", "indsatsområderne"),
    ("trygh", "tryghedsskabende"),
    ("skabende", "tryghedsskabende"),
    ("møde", "møderne"),
    ("møder", "kredsrådsmøde"),
    ("ålborg", "Aalborg"),
    ("AALBORG", "Ålborg"),
    ("børn", "børnehus"),
    ("kommune", "kommunerne"),
    ("ungdomskriminalitet", "ungdomskriminaliteten"),
    ("plan", "samarbejdsplanen"),
    ("SSP+", "ssp"),
    ("§ 115", "§ 115-udvalg"),
    ("indbruddene", "indbrud"),
    ("indbrud", "butiksindbruddene"),
    ("hjoerring", "Hjørring"),
    ("ærø", "Aeroe"),
    ("kriminalitetsforebyggende", "forebyggende kriminalitetsforebyggende"),
]


@pytest.mark.parametrize(("asked", "written"), PAIRS)
def test_it_finds(cast: Entered, asked: str, written: str) -> None:
    thing = Organisation.objects.get(slug="laesoe")
    index(
        thing=thing,
        district="nordjylland",
        kind="prøve",
        title="Uden ordet",
        text=f"<p>Her står {written} midt i.</p>",
        url="/x/",
        public=True,
        by=SYSTEM,
    )
    found = find(asked, district="nordjylland", now=NOW).filter(kind="prøve")
    assert [entry.object_id for entry in found] == [thing.pk]


@pytest.mark.parametrize("text", ['"', "*", "%", "_", "' OR 1=1 --", "\\", "(", "  ", "a AND", "😀"])
def test_it_is_not_upset_by_signs(cast: Entered, text: str) -> None:
    assert list(find(text, district="fyn", now=NOW)) == []


def test_it_does_not_take_oe_for_o(cast: Entered) -> None:
    assert "mød" in tokens("møder")
    assert tokens("mode") != tokens("møde")


def test_it_shows_a_forum_s_own_only_to_its_members(cast: Entered) -> None:
    index(
        thing=cast.kredsraad,
        district="nordjylland",
        kind="møde",
        title="Fortroligt",
        text="hemmelig sag",
        url="/x/",
        forum_id=cast.kredsraad.pk,
        by=SYSTEM,
    )
    assert not find("hemmelig", district="nordjylland", now=NOW)
    assert find("hemmelig", district="nordjylland", now=NOW, forum_ids=[cast.kredsraad.pk])
    assert not find("hemmelig", district="fyn", now=NOW, forum_ids=[cast.kredsraad.pk])


def test_it_forgets(cast: Entered) -> None:
    index(
        thing=cast.kredsraad,
        district="nordjylland",
        kind="møde",
        title="Borte",
        text="borte",
        url="/x/",
        public=True,
        by=SYSTEM,
    )
    forget(thing=cast.kredsraad, by=SYSTEM)
    assert not find("borte", district="nordjylland", now=NOW)


@given(st.text(max_size=200))
def test_it_takes_any_text(text: str) -> None:
    assert isinstance(searchable(text), str)
    assert all(tokens(text))


@pytest.mark.parametrize(
    ("word", "where", "who", "not_who"),
    [
        (
            "boldklub",
            "/partnere/#partner-",
            "anton",
            "citizen",
        ),  # the register is for all who work in the district
        (
            "karneval",
            "#localevent-",
            "signe",
            "maja",
        ),  # the secretariat keeps what is around a forum without one
        ("nærpolitistationer", "/aftaler/", "maja", "citizen"),
        ("uheld", "/projekt/", "maja", "omar"),
    ],
)
def test_it_finds_partners_events_elements_and_projects_for_those_who_see_them(
    demo: Entered, word: str, where: str, who: str, not_who: str
) -> None:
    def page(key: str) -> str:
        client = Client()
        if key != "citizen":
            client.force_login(
                User.objects.get(email=email_of(key)), backend="django.contrib.auth.backends.ModelBackend"
            )
        return client.get(f"/nordjylland/soeg/?q={word}").content.decode()

    assert where in page(who)
    assert where not in page(not_who)


def test_it_does_not_find_a_removed_event_until_it_is_back(
    cast: Entered, person: Callable[[str], User]
) -> None:
    event = enter(kind=LocalEvent, forum=cast.kredsraad, title="Karneval", on=DAY, by=person("signe"))
    found = {"district": "nordjylland", "now": NOW, "forum_ids": [cast.kredsraad.pk]}
    assert find("karneval", **found)
    remove(thing=event, now=NOW, by=person("signe"))
    assert not find("karneval", **found)
    put_back(removed=Removed.objects.get(), now=NOW, by=person("signe"))
    assert find("karneval", **found)


@pytest.mark.django_db
def test_it_shows_whole_words_and_parted_cells(cast: Entered) -> None:
    head = "<table><tr><th>Emne</th><th>Behandlet</th></tr></table>"
    entry = index(
        thing=cast.kredsraad,
        district="nordjylland",
        kind="prøve",
        title="Emner",
        text=head + "planlægger " * 40,
        url="/x/",
        by=SYSTEM,
    )
    assert entry.excerpt.startswith("Emne | Behandlet")
    assert entry.excerpt.endswith(" planlægger …")
    assert len(entry.excerpt) <= 240
