"""Danish words find each other, on both databases alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samraad.accounts.models import Organisation
from samraad.demo.cast import Entered
from samraad.search.actions import forget, index
from samraad.search.danish import searchable, tokens
from samraad.search.queries import find
from tests.conftest import DAY, moment

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
        by=None,
    )
    assert [entry.object_id for entry in find(asked, district="nordjylland", now=NOW)] == [thing.pk]


@pytest.mark.parametrize("text", ['"', "*", "%", "_", "' OR 1=1 --", "\\", "(", "  ", "a AND", "😀"])
def test_it_is_not_upset_by_signs(cast: Entered, text: str) -> None:
    assert list(find(text, district="nordjylland", now=NOW)) == []


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
        by=None,
    )
    assert not find("hemmelig", district="nordjylland", now=NOW)
    assert find("hemmelig", district="nordjylland", now=NOW, forum_ids=[cast.kredsraad.pk])
    assert not find("hemmelig", district="fyn", now=NOW, forum_ids=[cast.kredsraad.pk])


def test_it_forgets(cast: Entered) -> None:
    index(thing=cast.kredsraad, district="nordjylland", kind="møde", title="Borte", text="borte", url="/x/", public=True, by=None)
    forget(thing=cast.kredsraad, by=None)
    assert not find("borte", district="nordjylland", now=NOW)


@given(st.text(max_size=200))
def test_it_takes_any_text(text: str) -> None:
    assert isinstance(searchable(text), str)
    assert all(tokens(text))
