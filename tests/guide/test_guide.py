"""Guides are released as editions and looked through in time; a reason for sharing is kept, not judged."""

from datetime import date, timedelta
from typing import Any

import pytest

from samraad.accounts.models import Mail, User
from samraad.audit.actions import Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.council.models import Appointment
from samraad.demo.cast import Entered, at, email_of, org
from samraad.guide import actions
from samraad.guide.models import Guide, SharingNote
from samraad.guide.queries import guide_page

TODAY, NOW = date(2022, 1, 28), at("2022-01-28")


def who(key: str) -> User:
    return User.objects.get(email=email_of(key))


def test_it_shows_its_readers_the_edition_and_not_what_is_being_written(demo: Entered, client: Any) -> None:
    guide = Guide.objects.get(slug="genopdragelsesrejser")
    fields = {
        name: getattr(guide, name)
        for name in ("title", "owner", "audience", "public", "summary", "signs", "call", "review_on")
    }
    actions.change(
        guide=guide, version=1, by=who("signe"), legal_bases=[], body="<p>Under arbejde</p>", **fields
    )
    url = "/nordjylland/vejledninger/genopdragelsesrejser/"
    assert "Under arbejde" not in client.get(url).content.decode()
    with pytest.raises(Refused, match="hvad der er ændret"):
        actions.release(guide=guide, now=NOW, today=TODAY, by=who("signe"))
    actions.release(guide=guide, now=NOW, today=TODAY, note="Kortere", by=who("signe"))
    page = client.get(url).content.decode()
    assert "Under arbejde" in page
    assert "Udgave 2" in page


def drafted(**fields: Any) -> Guide:
    """A guide of the police, released once."""
    police = org("nordjylland")
    every = {
        "title": "G",
        "slug": "g",
        "audience": "police",
        "summary": "s",
        "body": "<p>Fremgangsmåden</p>",
        "review_on": date(2023, 1, 1),
    }
    guide = actions.write(district=police, owner=police, by=who("signe"), **(every | fields))
    actions.release(guide=guide, now=NOW, today=TODAY, by=who("signe"))
    return guide


def released_again(guide: Guide, **fields: Any) -> None:
    """The same, changed and released."""
    actions.change(guide=guide, version=guide.version, by=who("signe"), legal_bases=[], **fields)
    actions.release(guide=guide, now=NOW, today=TODAY, note="Rettet", by=who("signe"))


PUBLIC, FOUND = "/nordjylland/vejledninger/g/", "/nordjylland/soeg/?q=fremgangsmåden"


def test_it_becomes_public_with_a_release_and_not_with_a_tick(demo: Entered, client: Any) -> None:
    guide = drafted(public=False)
    actions.change(guide=guide, version=guide.version, by=who("signe"), legal_bases=[], public=True)
    assert client.get(PUBLIC).status_code == 404
    assert PUBLIC not in client.get("/nordjylland/vejledninger/").content.decode()
    released_again(guide, body="<p>Til alle</p>")
    assert "Til alle" in client.get(PUBLIC).content.decode()


def test_it_is_no_longer_public_nor_found_when_that_was_released(demo: Entered, client: Any) -> None:
    guide = drafted(public=True)
    assert PUBLIC in client.get(FOUND).content.decode()
    released_again(guide, public=False)
    assert client.get(PUBLIC).status_code == 404
    assert PUBLIC not in client.get(FOUND).content.decode()


def test_it_shows_those_who_read_it_at_work_the_released_title_and_summary(
    demo: Entered, client: Any
) -> None:
    guide = drafted(title="Gammel titel")
    actions.change(
        guide=guide, version=1, by=who("signe"), legal_bases=[], title="IKKE UDGIVET", summary="IKKE UDGIVET"
    )
    client.force_login(who("birk"), backend="django.contrib.auth.backends.ModelBackend")
    for path in ("", f"{guide.pk}/"):
        page = client.get(f"/nordjylland/arbejde/vejledninger/{path}").content.decode()
        assert "Gammel titel" in page
        assert "IKKE UDGIVET" not in page


@pytest.mark.parametrize("public", [True, False])
def test_it_shows_a_guest_only_what_is_public(demo: Entered, client: Any, public: bool) -> None:
    guide = drafted(public=public)
    actions.change(guide=guide, version=1, by=who("signe"), legal_bases=[], public=not public)
    client.force_login(who("anton"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/nordjylland/arbejde/vejledninger/{guide.pk}/").status_code == (
        200 if public else 404
    )


def test_it_shows_a_confirmed_review_date_without_a_new_edition(demo: Entered, client: Any) -> None:
    guide = drafted()
    actions.reviewed(guide=guide, until=date(2024, 5, 1), today=TODAY, by=who("signe"))
    assert "1. maj 2024" in client.get(PUBLIC).content.decode()
    client.force_login(who("signe"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/nordjylland/arbejde/vejledninger/{guide.pk}/").content.decode()
    assert "ændret siden udgave" not in page
    assert ">Udgiv<" not in page
    assert (
        'name="review_on"'
        not in client.get(f"/nordjylland/arbejde/vejledninger/{guide.pk}/skriv/").content.decode()
    )


def test_it_is_found_by_those_who_search(demo: Entered, client: Any) -> None:
    page = client.get("/nordjylland/soeg/?q=genopdragelsesrejse").content.decode()
    assert "/nordjylland/vejledninger/genopdragelsesrejser/" in page


def test_it_reminds_its_owner_before_the_review_date(demo: Entered) -> None:
    assert actions.remind_of_guides(today=date(2022, 5, 25), by=SYSTEM) > 0
    assert Mail.objects.filter(subject__startswith="Vejledning skal ses efter", user=who("poul")).count() == 1
    guide = Guide.objects.get(slug="genopdragelsesrejser")
    with pytest.raises(Refused, match="fremtiden"):
        actions.reviewed(guide=guide, until=TODAY, today=TODAY, by=who("poul"))


def test_it_reminds_those_who_sit_for_its_owner_today(demo: Entered) -> None:
    with frame():
        Appointment.objects.filter(user=who("poul")).update(ends_on=date(2025, 1, 1))
        Appointment.objects.filter(user=who("tage")).update(starts_on=date(2022, 6, 1))
        Appointment.objects.filter(user=who("signe")).update(ends_on=date(2022, 1, 1))
    actions.remind_of_guides(today=date(2022, 5, 25), by=SYSTEM)
    told = set(
        Mail.objects.filter(subject__startswith="Vejledning skal ses efter").values_list(
            "user__email", flat=True
        )
    )
    assert email_of("poul") in told
    assert not told & {email_of("tage"), email_of("signe")}


@pytest.mark.parametrize(("days", "reminds"), [(1, False), (7, True), (8, False), (70, True)])
def test_it_reminds_weekly_when_the_review_date_has_passed(demo: Entered, days: int, reminds: bool) -> None:
    guide = Guide.objects.get(slug="genopdragelsesrejser")
    actions.remind_of_guides(today=guide.review_on + timedelta(days=days), by=SYSTEM)
    late = Mail.objects.filter(
        subject__startswith="Vejledning skulle være set efter", body__contains=guide.title
    )
    assert late.exists() == reminds


def test_it_shows_both_texts_when_two_write_it(demo: Entered) -> None:
    guide = drafted()
    write = {"guide": guide, "version": guide.version, "legal_bases": []}
    actions.change(by=who("signe"), body="<p>Ring <strong>først</strong></p>", call="114", **write)
    with pytest.raises(Stale) as conflict:
        actions.change(by=who("lise"), body="<p>Ring</p>", call="<112>", **write)
    assert (
        conflict.value.theirs
        == "<p>Tekst:</p><p>Ring <strong>først</strong></p><p>Hvem man ringer til: 114</p>"
    )
    assert conflict.value.mine == "<p>Tekst:</p><p>Ring</p><p>Hvem man ringer til: &lt;112&gt;</p>"


@pytest.mark.parametrize(
    ("public", "says"),
    [
        (True, ["Kladden er ændret siden udgave 1. Læserne ser den udgivne."]),
        (
            False,
            ["Kladden er ændret siden udgave 1.", "ikke må læses af alle, gælder, når den er udgivet igen."],
        ),
    ],
)
def test_it_tells_its_writers_that_the_draft_has_gone_on(
    demo: Entered, public: bool, says: list[str]
) -> None:
    guide = drafted(public=True)
    assert guide_page(guide, who("signe"), TODAY).changed_words == ""
    actions.change(
        guide=guide, version=guide.version, by=who("signe"), legal_bases=[], public=public, call="114"
    )
    words = guide_page(guide, who("signe"), TODAY).changed_words
    assert words.startswith(says[0])
    assert words.endswith(says[-1])


def note(**given: str) -> SharingNote:
    fields = {
        "purpose": "ssp",
        "choice": "share",
        "necessary": "Skolen skal kende til uroen for at hjælpe.",
        "receivers": "skolen",
        "less": "",
    }
    district = who("omar").memberships.all()[0].organisation.district_places.all()[0].district
    return actions.write_down_reason(district=district, now=NOW, by=who("omar"), **(fields | given))


def test_it_keeps_the_reason_with_the_date_of_the_rule(demo: Entered) -> None:
    assert note().basis_checked_on == date(2022, 1, 10)
    written = Event.objects.get(verb="guide.reason_written")
    assert (written.purpose, written.facts) == ("ssp", {"choice": "share"})


def test_it_asks_for_no_reason_for_keeping(demo: Entered) -> None:
    assert note(choice="keep", necessary="", receivers="", purpose="none").pk


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"necessary": "kort"}, "nødvendigt"),
        ({"necessary": "Det handler om 010203-1234 i klassen."}, "CPR"),
        ({"necessary": "Peter Hansen fra 7.b har brug for hjælp."}, "skriv rollen"),
        ({"receivers": "skoleleder Peter Hansen"}, "skriv rollen"),
    ],
)
def test_it_refuses_what_the_law_leaves_no_room_for(demo: Entered, given: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        note(**given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"purpose": "none", "necessary": "Forældrene har givet samtykke til det."},
            "giver § 115 ingen hjemmel",
        ),
        ({"necessary": "Politiet skal bruge det til efterforskning af en sag."}, "stk. 2"),
        ({"necessary": "Det sker ikke for at efterforske, men for at hjælpe."}, "stk. 2"),
        ({"choice": "keep", "necessary": "Jeg deler ikke, fordi det er til efterforskning."}, ""),
        ({"choice": "keep", "purpose": "none"}, ""),
        ({}, ""),
    ],
)
def test_it_writes_the_reason_down_and_reminds_without_a_verdict(
    demo: Entered, given: dict[str, str], says: str
) -> None:
    reminder = note(**given).reminder
    assert says in reminder
    assert bool(says) == bool(reminder)


def test_it_says_the_reminder_when_it_has_written_it_down(demo: Entered, client: Any) -> None:
    client.force_login(who("omar"), backend="django.contrib.auth.backends.ModelBackend")
    given = {
        "purpose": "none",
        "choice": "share",
        "necessary": "Forældrene har givet samtykke til det.",
        "receivers": "skolen",
    }
    page = client.post(
        "/nordjylland/arbejde/vejledninger/maa-det-deles/", given, follow=True
    ).content.decode()
    assert "er gemt" in page
    assert "giver § 115 ingen hjemmel" in page


def test_it_shows_a_reason_to_its_writer_alone(demo: Entered, client: Any) -> None:
    note()
    for key, seen in (("omar", True), ("signe", False)):
        client.force_login(who(key), backend="django.contrib.auth.backends.ModelBackend")
        assert (
            "Skolen skal kende"
            in client.get("/nordjylland/arbejde/vejledninger/maa-det-deles/").content.decode()
        ) == seen
