"""A guide as a file: readers get the edition, those who write it what they write; nothing else is public."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.audit.actions import Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered, at
from samraad.guide import actions
from samraad.guide.models import Guide
from tests.documents.pdf_rules import faults, words

CANARY = "KANARIEFUGL"
Browser = Callable[[str], Client]


@pytest.fixture
def guide(demo: Entered) -> Guide:
    """A released guide that somebody has written on since."""
    found = Guide.objects.get(slug="genopdragelsesrejser")
    with frame():
        Guide.objects.filter(pk=found.pk).update(body=f"<p>{CANARY}</p>")
    return found


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert faults(answer.content) == []
    return " ".join(words(answer.content).split())


def test_readers_get_the_edition(guide: Guide, as_: Browser) -> None:
    public = told(Client(), "/nordjylland/vejledninger/genopdragelsesrejser/vejledning.pdf")
    assert "Tegn at holde øje med" in public
    assert "udgave 1" in public
    assert CANARY not in public
    assert CANARY not in told(as_("omar"), f"/nordjylland/arbejde/vejledninger/{guide.pk}/vejledning.pdf")
    word = Client().get("/nordjylland/vejledninger/genopdragelsesrejser/vejledning.docx")
    assert word.content.startswith(b"PK")


def test_who_writes_it_gets_what_is_written_and_is_told_so(guide: Guide, as_: Browser) -> None:
    draft = told(as_("signe"), f"/nordjylland/arbejde/vejledninger/{guide.pk}/vejledning.pdf")
    assert CANARY in draft
    assert "Kladde, som den står 28. januar 2022" in draft


def test_a_sign_that_no_file_can_show_is_not_released(guide: Guide) -> None:
    with frame():
        Guide.objects.filter(pk=guide.pk).update(call="Ring 한")
    guide.refresh_from_db()
    with pytest.raises(Refused, match="rummer tegnet “한”, som PDF-filen ikke kan vise"):
        actions.release(guide=guide, now=at("2022-01-28"), today=date(2022, 1, 28), by=SYSTEM, note="Rettet")


def test_what_is_not_for_all_is_no_public_file(guide: Guide) -> None:
    with frame():
        guide.editions.update(public=False)
    address = "/nordjylland/vejledninger/genopdragelsesrejser/vejledning.pdf"
    assert Client().get(address).status_code == 404
