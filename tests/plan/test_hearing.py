"""A hearing: with or without a login, extended, pasted in, settled, one note.

Nothing after the last day, nothing from strangers.
"""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest

from samraad.accounts.models import Mail, Organisation, User
from samraad.audit.actions import Denied, Refused, Stale
from samraad.audit.actor import SYSTEM, LinkHolder
from samraad.audit.bin import in_bin, put_back
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at
from samraad.documents.word import to_docx
from samraad.plan import permissions
from samraad.plan.actions import hearing as acts
from samraad.plan.actions import plan as plans
from samraad.plan.actions import reply as replies
from samraad.plan.models import Hearing, Party, Plan
from samraad.plan.notices import remind_of_hearings
from samraad.plan.papers import hearing_note
from tests.documents.pdf_rules import faults

Person = Callable[[str], User]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")


@pytest.fixture
def draft(cast: Entered, person: Person) -> Plan:
    plan = plans.start(forum=cast.kredsraad, year=2023, title="Samarbejdsplan 2023", by=person("signe"))
    plans.add_section(
        plan=plan, number="1", title="Natteliv", body="<p>Vi holder øje.</p>", by=person("signe")
    )
    plans.add_section(
        plan=plan, number="2", title="Skoler", body="<p>Vi kommer på besøg.</p>", by=person("signe")
    )
    return plan


@pytest.fixture
def hearing(draft: Plan, person: Person) -> Hearing:
    return acts.open_hearing(
        plan=draft, due_on=date(2022, 2, 10), letter="<p>Læs.</p>", today=TODAY, now=NOW, by=person("signe")
    )


def reply(party: Party, **given: Any) -> Party:
    fields: dict[str, Any] = {
        "remarks": {},
        "whole": "",
        "nothing": False,
        "today": TODAY,
        "now": NOW,
        "by": LinkHolder(party),
    }
    return replies.reply(party=party, **(fields | given))


def test_it_lets_a_party_without_a_login_reply_by_her_own_link(
    hearing: Hearing, person: Person, client: Any, as_: Any
) -> None:
    party, token = acts.add_party(
        hearing=hearing, name="Natteravnene", email="ravn@example.dk", by=person("signe")
    )
    assert token in Mail.objects.get(address="ravn@example.dk").body
    url = f"/nordjylland/arbejde/hoering/{token}/"
    page = client.get(url)
    assert page.status_code == 200
    assert "Vi holder øje." in page.content.decode()
    first, second = hearing.plan.sections.all()
    sent = client.post(
        url,
        {f"s{first.pk}": "Vi går også om torsdagen.", f"s{second.pk}": "", "whole": "Fint.", "version": 1},
    )
    assert sent.status_code == 302
    party.refresh_from_db()
    assert party.state == ("sent", "Har svaret")
    assert sorted((r.about, r.text) for r in party.remarks.all()) == [
        ("1 Natteliv", "Vi går også om torsdagen."),
        ("Planen som helhed", "Fint."),
    ]
    assert client.get("/nordjylland/arbejde/hoering/forkert/").status_code == 404


def test_it_is_seen_by_those_who_were_asked_alone(hearing: Hearing, person: Person) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Havnen", email="havn@example.dk", by=person("signe"))
    other, _ = acts.add_party(hearing=hearing, name="Zoo", email="zoo@example.dk", by=person("signe"))
    for stranger in (person("maja"), person("signe"), LinkHolder(other)):
        with pytest.raises(Denied, match="en plads for Havnen"):
            replies.note_opened(party=party, now=NOW, by=stranger)
    party.refresh_from_db()
    assert party.opened_at is None
    replies.note_opened(party=party, now=NOW, by=LinkHolder(party))
    assert party.opened_at == NOW


def test_it_has_its_note_also_when_somebody_sent_control_signs(
    hearing: Hearing, person: Person, client: Any, as_: Any
) -> None:
    party, token = acts.add_party(
        hearing=hearing, name="Natteravnene", email="ravn@example.dk", by=person("signe")
    )
    assert (
        client.post(
            f"/nordjylland/arbejde/hoering/{token}/", {"whole": "Linje et\x0bLinje to", "version": 1}
        ).status_code
        == 302
    )
    assert party.remarks.get().text == "Linje et\nLinje to"
    assert as_("signe").get(f"/nordjylland/arbejde/hoeringer/{hearing.pk}/notat.docx").status_code == 200
    assert faults(as_("signe").get(f"/nordjylland/arbejde/hoeringer/{hearing.pk}/notat.pdf").content) == []


def test_it_takes_no_remarks_as_an_answer_but_not_silence_nor_both(hearing: Hearing, person: Person) -> None:
    party, _ = acts.add_party(
        hearing=hearing, name="Handelsforeningen", email="h@example.dk", by=person("signe")
    )
    with pytest.raises(Refused, match="Skriv en bemærkning"):
        reply(party)
    with pytest.raises(Refused, match="Vælg det ene"):
        reply(party, whole="Noget", nothing=True)
    assert reply(party, nothing=True).state == ("done", "Ingen bemærkninger")
    with pytest.raises(Refused, match="CPR"):
        reply(party, whole="Sagen om 010203-1234")


def test_it_closes_on_the_last_day_unless_she_got_more_time(hearing: Hearing, person: Person) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Regionen", email="r@example.dk", by=person("signe"))
    with pytest.raises(Refused, match="Fristen er gået"):
        reply(party, whole="For sent", today=date(2022, 2, 11))
    acts.extend(party=party, until=date(2022, 2, 20), today=TODAY, by=person("signe"))
    assert reply(party, whole="I tide", today=date(2022, 2, 11)).replied_at


def test_it_lets_an_organisation_with_a_login_answer_for_itself_alone(
    hearing: Hearing, person: Person, as_: Any
) -> None:
    region = Organisation.objects.get(slug="region-nordjylland")
    party, _ = acts.add_party(
        hearing=hearing, name="Region Nordjylland", organisation=region, by=person("signe")
    )
    url = f"/nordjylland/arbejde/hoeringssvar/{party.pk}/"
    assert as_("ida").get(url).status_code == 200
    assert "Svar på høringen" in as_("ida").get("/mit-bord/").content.decode()
    assert as_("birk").get(url).status_code == 404


def test_it_ends_when_every_remark_has_an_answer_and_gives_one_note(
    hearing: Hearing, person: Person, as_: Any
) -> None:
    first = hearing.plan.sections.all()[0]
    party, _ = acts.add_party(
        hearing=hearing, name="Natteravnene", email="ravn@example.dk", by=person("signe")
    )
    replies.reply(
        party=party,
        remarks={f"s{first.pk}": "=1+1 Gå om torsdagen."},
        whole="",
        nothing=False,
        today=TODAY,
        now=NOW,
        by=person("signe"),
        pasted=True,
    )
    remark = party.remarks.get()
    assert remark.pasted
    with pytest.raises(Refused, match="mangler"):
        acts.close(hearing=hearing, today=TODAY, now=NOW, by=person("signe"))
    with pytest.raises(Refused, match="hvorfor"):
        acts.settle(remark=remark, outcome="not_taken", answer="", by=person("signe"))
    acts.settle(remark=remark, outcome="taken", answer="Torsdag er med nu.", by=person("signe"))
    acts.close(hearing=hearing, today=TODAY, now=NOW, by=person("signe"))
    text = [
        cell.text
        for table in docx.Document(io.BytesIO(to_docx(hearing_note(hearing)))).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "=1+1 Gå om torsdagen." in text
    assert "Taget med. Torsdag er med nu." in text
    table = as_("signe").get(f"/nordjylland/arbejde/hoeringer/{hearing.pk}/svar.csv").content.decode()
    assert "'=1+1" in table


def test_it_is_held_by_the_secretariat_and_read_by_the_council(hearing: Hearing, as_: Any) -> None:
    url = f"/nordjylland/arbejde/hoeringer/{hearing.pk}/"
    assert as_("maja").get(url).status_code == 200
    assert as_("maja").get(url + "part/").status_code == 403
    assert as_("omar").get(url).status_code == 403
    assert as_("karen").get(url).status_code == 404


def test_it_shows_the_whole_draft_as_it_stood_when_it_was_sent(
    draft: Plan, cast: Entered, person: Person, client: Any
) -> None:
    section = draft.sections.get(number="1")
    area = plans.add_area(
        plan=draft,
        title="Havnen",
        number="1a",
        section=section,
        summary="<p>Lys.</p>",
        addressees=list(Forum.objects.filter(slug="lokalraad-laesoe")),
        by=SYSTEM,
    )
    hearing = acts.open_hearing(
        plan=draft, due_on=date(2022, 2, 10), letter="", today=TODAY, now=NOW, by=person("signe")
    )
    party, token = acts.add_party(hearing=hearing, name="Havnen", email="havn@example.dk", by=person("signe"))
    plans.edit_section(
        section=section,
        number="1",
        title="Natteliv",
        body="<p>HEMMELIGT UDKAST</p>",
        version=1,
        by=person("signe"),
    )
    page = client.get(f"/nordjylland/arbejde/hoering/{token}/")
    text = page.content.decode()
    assert "1a Havnen" in text
    assert "Vi holder øje." in text
    assert "HEMMELIGT" not in text
    assert "no-store" in page["Cache-Control"]
    reply(party, remarks={f"a{area.pk}": "Mere lys ved kajen."})
    plans.remove_area(area=area, by=person("signe"))
    remark = party.remarks.get()
    assert (remark.about, remark.position) == ("1a Havnen", 2)


def test_it_never_lets_one_colleague_overwrite_another(hearing: Hearing, person: Person) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Regionen", email="r@example.dk", by=person("signe"))
    reply(party, whole="Den første.", version=1)
    with pytest.raises(Stale) as both:
        reply(party, whole="Den anden.", version=1)
    assert "Den første." in both.value.theirs
    assert "Den anden." in both.value.mine


def test_it_keeps_what_was_pasted_apart_from_what_the_party_wrote(hearing: Hearing, person: Person) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Regionen", email="r@example.dk", by=person("signe"))
    for text in ("Fra mailen.", "Fra mailen, rettet."):
        reply(party, whole=text, pasted=True, by=person("signe"))
    reply(party, whole="Vores eget.")
    assert sorted(party.remarks.values_list("text", flat=True)) == ["Fra mailen, rettet.", "Vores eget."]
    with pytest.raises(Refused, match="har sendt bemærkninger før"):
        reply(party, nothing=True, pasted=True, by=person("signe"))


def test_it_gives_a_new_link_and_kills_the_old_one(hearing: Hearing, person: Person, client: Any) -> None:
    party, old = acts.add_party(
        hearing=hearing, name="Regionen", email="forkert@example.dk", by=person("signe")
    )
    new = acts.correct_party(party=party, name="Regionen", email="rigtig@example.dk", by=person("signe"))
    assert client.get(f"/nordjylland/arbejde/hoering/{old}/").status_code == 404
    assert client.get(f"/nordjylland/arbejde/hoering/{new}/").status_code == 200
    assert new in Mail.objects.get(address="rigtig@example.dk").body
    acts.remove_party(party=party, by=person("signe"))
    assert client.get(f"/nordjylland/arbejde/hoering/{new}/").status_code == 404


def test_it_waits_for_those_who_still_have_time_and_keeps_those_who_replied(
    hearing: Hearing, person: Person
) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Regionen", email="r@example.dk", by=person("signe"))
    acts.extend(party=party, until=date(2022, 3, 20), today=TODAY, by=person("signe"))
    assert Mail.objects.filter(address="r@example.dk", subject__contains="mere tid").exists()
    with pytest.raises(Refused, match="kan stadig svare"):
        acts.close(hearing=hearing, today=date(2022, 3, 1), now=NOW, by=person("signe"))
    reply(party, nothing=True)
    with pytest.raises(Refused, match="har svaret"):
        acts.remove_party(party=party, by=person("signe"))
    acts.close(hearing=hearing, today=date(2022, 3, 1), now=NOW, by=person("signe"))


def test_it_shows_a_party_what_became_of_its_remarks_and_then_ends(
    hearing: Hearing, person: Person, client: Any, settings: Any
) -> None:
    party, token = acts.add_party(hearing=hearing, name="Regionen", email="r@example.dk", by=person("signe"))
    reply(party, whole="Mere lys.")
    acts.settle(remark=party.remarks.get(), outcome="taken", answer="Det er skrevet ind.", by=person("signe"))
    acts.close(hearing=hearing, today=TODAY, now=NOW, by=person("signe"))
    with pytest.raises(Refused, match="afsluttet"):
        acts.settle(remark=party.remarks.get(), outcome="noted", answer="", by=person("signe"))
    url = f"/nordjylland/arbejde/hoering/{token}/"
    assert "Det er skrevet ind." in client.get(url).content.decode()
    settings.SAMRAAD_TODAY = at("2022-03-01")
    over = client.get(url)
    assert over.status_code == 410
    assert "Høringen er slut" in over.content.decode()
    assert "Vi holder øje" not in over.content.decode()


def test_it_stands_in_the_way_of_a_release_until_it_is_closed(hearing: Hearing, person: Person) -> None:
    reason = "Høringen om planen er ikke afsluttet"
    meeting = meetings.plan_meeting(
        forum=hearing.plan.forum, starts_at=NOW, ends_at=at("2022-01-28", 15), by=SYSTEM
    )
    item = agenda.add_item(meeting=meeting, kind="discussion", title="Planen", outcome="discussed", by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=NOW, by=SYSTEM)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    plans.note_discussion(plan=hearing.plan, item=item, by=SYSTEM)
    assert reason in (permissions.publish.reason(person("poul"), hearing.plan) or "")
    acts.close(hearing=hearing, today=TODAY, now=NOW, by=person("signe"))
    assert permissions.publish.allows(person("poul"), hearing.plan)


def test_it_reminds_the_parties_that_have_not_replied(hearing: Hearing, person: Person) -> None:
    region = Organisation.objects.get(slug="region-nordjylland")
    acts.add_party(hearing=hearing, name="Natteravnene", email="ravn@example.dk", by=person("signe"))
    acts.add_party(hearing=hearing, name="Regionen", organisation=region, by=person("signe"))
    assert Mail.objects.filter(user=person("ida"), kind=Mail.Kind.HEARING).exists()
    assert remind_of_hearings(today=date(2022, 2, 8), by=SYSTEM) == 2
    assert remind_of_hearings(today=date(2022, 2, 8), by=SYSTEM) == 0


def test_it_waits_on_the_desk_of_those_who_hold_it(hearing: Hearing, person: Person, as_: Any) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Regionen", email="r@example.dk", by=person("signe"))
    assert "Behandl høringen" not in as_("signe").get("/mit-bord/").content.decode()
    reply(party, whole="Mere lys.")
    assert "Behandl høringen" in as_("signe").get("/mit-bord/").content.decode()


def test_it_asks_a_whole_list_or_nobody(hearing: Hearing, as_: Any) -> None:
    browser, url = as_("signe"), f"/nordjylland/arbejde/hoeringer/{hearing.pk}/parter/"
    lines = "Rebild Handel; hoering@example.dk\n\nNatteravnene\nÆldrerådet; ikke en mail"
    page = browser.post(url, {"lines": lines}).content.decode()
    assert "Linje 3, “Natteravnene”: Skriv en mail efter et semikolon, eller sæt kryds ved papir." in page
    assert "“ikke en mail” er ikke en mailadresse." in page
    assert not hearing.parties.exists()
    town = Organisation.objects.get(name="Hjørring Kommune")
    lines = "Rebild Handel; hoering@example.dk\nNatteravnene"
    assert browser.post(url, {"lines": lines, "paper": "on", "municipalities": [town.pk]}).status_code == 302
    assert set(hearing.parties.values_list("name", flat=True)) == {
        "Rebild Handel",
        "Natteravnene",
        "Hjørring Kommune",
    }
    assert Mail.objects.filter(address="hoering@example.dk").count() == 1
    assert hearing.parties.get(name="Natteravnene").state == ("waiting", "Spurgt på papir")
    assert (
        "Rebild Handel er allerede spurgt."
        in browser.post(url, {"lines": lines, "paper": "on"}).content.decode()
    )


def test_it_writes_in_the_reply_of_a_party_on_paper_and_sends_it_no_mail(
    hearing: Hearing, person: Person
) -> None:
    party, _ = acts.add_party(hearing=hearing, name="Natteravnene", paper=True, by=person("signe"))
    remind_of_hearings(today=date(2022, 2, 9), by=SYSTEM)
    assert not Mail.objects.filter(subject__startswith="Høring").exists()
    reply(party, whole="Godt.", pasted=True, by=person("signe"))
    assert party.remarks.get().pasted


def test_it_gives_all_more_time_and_never_less(hearing: Hearing, person: Person) -> None:
    acts.add_party(hearing=hearing, name="Natteravnene", email="ravn@example.dk", by=person("signe"))
    acts.correct_hearing(
        hearing=hearing,
        due_on=date(2022, 2, 20),
        letter="<p>Læs igen.</p>",
        version=1,
        today=TODAY,
        by=person("signe"),
    )
    assert (hearing.due_on, hearing.letter) == (date(2022, 2, 20), "<p>Læs igen.</p>")
    assert (
        Mail.objects.filter(address="ravn@example.dk", subject="I har fået mere tid til høringen").count()
        == 1
    )
    with pytest.raises(Refused, match="ikke tidligere"):
        acts.correct_hearing(
            hearing=hearing, due_on=date(2022, 2, 11), letter="", version=2, today=TODAY, by=person("signe")
        )


def test_it_is_called_off_until_somebody_has_replied(hearing: Hearing, person: Person, client: Any) -> None:
    signe = person("signe")
    _, token = acts.add_party(hearing=hearing, name="Natteravnene", email="ravn@example.dk", by=signe)
    url, number, plan = f"/nordjylland/arbejde/hoering/{token}/", hearing.pk, hearing.plan
    acts.call_off(hearing=hearing, now=NOW, by=signe)
    assert client.get(url).status_code == 404
    put_back(removed=in_bin(f"plan:{plan.pk}", NOW).get(object_type="plan.hearing"), now=NOW, by=signe)
    again = Hearing.objects.get(pk=number)
    assert client.get(url).status_code == 200
    reply(again.parties.get(), whole="Godt.")
    with pytest.raises(Refused, match="har svaret"):
        acts.call_off(hearing=again, now=NOW, by=signe)
