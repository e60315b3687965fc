"""A district opens: its councils, its first administrator."""

from collections.abc import Callable
from time import monotonic

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from samraad.accounts.actions import load_places
from samraad.accounts.models import Organisation, User
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions.commitment import propose
from samraad.commitment.models import Commitment
from samraad.council.actions.meeting import plan_meeting
from samraad.council.models import Forum, Meeting
from samraad.demo.cast import Entered, at
from samraad.plan.models import Plan
from tests.databases import DAY

As = Callable[[str], Client]


@pytest.mark.django_db
def test_it_opens_a_new_district(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("new_district", "bornholm", "--email", "sekretariat@samraad.example", "--name", "Runa")
    assert "/invitation/" in capsys.readouterr().out
    assert Forum.objects.filter(district__slug="bornholm", kind="lokalraad").count() == 1
    call_command("new_district", "fyn", "--email", "sekretariat@samraad.example", "--name", "Runa")
    assert "får sit link i en mail" in capsys.readouterr().out
    with pytest.raises(CommandError, match="allerede åbnet"):
        call_command("new_district", "bornholm", "--email", "x@samraad.example", "--name", "X")
    with pytest.raises(CommandError, match="findes ikke"):
        call_command("new_district", "atlantis", "--email", "x@samraad.example", "--name", "X")


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nordjylland", "koebenhavn", "bornholm"])
def test_it_gives_a_district_its_municipalities_a_wheel_and_an_empty_plan(slug: str) -> None:
    began = monotonic()
    call_command("new_district", slug, "--email", "ny@samraad.example", "--name", "Runa")
    assert monotonic() - began < 60
    kredsraad = Forum.objects.get(district__slug=slug, kind="kredsraad")
    places = Organisation.objects.of_district(kredsraad.district, DAY)
    assert kredsraad.seats.filter(member=True).count() == places.count() + 1
    plan = Plan.objects.get(forum=kredsraad)
    assert (plan.year, plan.sections.count()) == (2022, 0)
    assert kredsraad.duties.count() == 3
    assert kredsraad.district.worries.count() == 13


@pytest.mark.django_db
def test_it_opens_every_district_there_is() -> None:
    load_places(by=SYSTEM)
    slugs = list(Organisation.objects.districts().values_list("slug", flat=True))
    assert len(slugs) == 12
    for slug in slugs:
        call_command("new_district", slug, "--email", f"{slug}@samraad.example", "--name", "Runa")
    assert Forum.objects.filter(kind="kredsraad").count() == 12
    assert Forum.objects.filter(kind="lokalraad").count() == 98


def test_it_seals_two_districts_from_each_other(demo: Entered, as_: As) -> None:
    """A canary in Fyn is found by nobody in Nordjylland, nor Nordjylland by the secretariat of Fyn."""
    call_command("new_district", "fyn", "--email", "runa@samraad.example", "--name", "Runa")
    fyn = Forum.objects.get(district__slug="fyn", kind="kredsraad")
    runa = User.objects.get(email="runa@samraad.example")
    meeting = plan_meeting(forum=fyn, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=runa)
    promise = propose(forum=fyn, text="Kanariefugl", owner=fyn.district, by=runa)
    plan = Plan.objects.get(forum=fyn)
    things = {"moeder": meeting.pk, "loefter": promise.pk, "planer": plan.pk, "fora": fyn.pk}
    for who in ("signe", "poul", "anton"):
        for word, pk in things.items():
            for slug in ("fyn", "nordjylland"):
                answer = as_(who).get(f"/{slug}/arbejde/{word}/{pk}/")
                assert answer.status_code == 404, f"{who} reads {word} of Fyn under {slug}"
        for slug in ("fyn", "nordjylland"):
            found = as_(who).get(f"/{slug}/soeg/?q=kanariefugl").content.decode()
            assert "Vi fandt ikke" in found
            assert as_(who).get("/fyn/arbejde/loefter/").status_code == 404
    client = Client()
    client.force_login(runa, backend="django.contrib.auth.backends.ModelBackend")
    for word, model in (("moeder", Meeting), ("loefter", Commitment), ("planer", Plan)):
        field = "forum__district__slug"
        for pk in model._default_manager.filter(**{field: "nordjylland"}).values_list("pk", flat=True)[:5]:
            assert client.get(f"/nordjylland/arbejde/{word}/{pk}/").status_code in (302, 404)
    assert "Nordjylland" not in client.get("/fyn/soeg/?q=nordjylland").content.decode().split("<main")[1]
