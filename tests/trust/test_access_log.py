"""A4: who came in, who did not and what was refused stands in a second log for 90 days, by numbers only."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from samraad.accounts.models import User
from samraad.audit import access
from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import AccessNote, Event
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, email_of

Person = Callable[[str], User]
As = Callable[[str], Client]
Kind = AccessNote.Kind
IN = "/log-ind/login/"
pytestmark = pytest.mark.django_db(transaction=True)


def noted() -> list[tuple[str, int | None, str, int | None]]:
    return list(AccessNote.objects.values_list("kind", "person", "route", "number"))


def forgotten() -> None:
    """Begin with an empty log."""
    with frame():
        AccessNote.objects.all().delete()


def sign_in(name: str, password: str) -> Any:
    return Client().post(IN, {"login": name, "password": password}, REMOTE_ADDR="198.51.100.1")


def test_a4_a_sign_in_is_noted_by_number(cast: Entered, person: Person) -> None:
    sign_in(email_of("maja"), cast.password)
    assert noted() == [(Kind.SIGNED_IN, person("maja").pk, "account_login", None)]


def test_a4_a_failed_one_names_nobody_who_is_not_ours(cast: Entered, person: Person) -> None:
    sign_in(email_of("maja"), "forkert")
    sign_in("fremmed@kommune.example", "forkert")
    assert noted() == [
        (Kind.FAILED, person("maja").pk, "account_login", None),
        (Kind.FAILED, None, "account_login", None),
    ]


def _meeting(demo: Entered, mine: Client) -> tuple[Meeting, str]:
    """A meeting that the person may not see, and its address."""
    for meeting in Meeting.objects.select_related("forum__district"):
        address = reverse("council:meeting", args=[meeting.forum.district.slug, meeting.pk])
        if mine.get(address).status_code == 404:
            forgotten()
            return meeting, address
    raise AssertionError("Alle møder kan ses.")


def test_a4_what_is_there_and_not_for_one_is_noted_and_what_is_not_there_is_not(
    demo: Entered, as_: As, person: Person
) -> None:
    maja = as_("maja")
    meeting, address = _meeting(demo, maja)
    assert maja.get(address).status_code == 404
    hidden = (Kind.HIDDEN, person("maja").pk, "council:meeting", meeting.pk)
    assert noted() == [hidden]
    for nobody in (987654, 10**30):
        assert maja.get(address.replace(str(meeting.pk), str(nobody))).status_code == 404
    assert maja.get("/findes-ikke/").status_code == 404
    assert noted() == [hidden]


def test_a4_a_rule_that_says_no_is_noted_and_a_read_that_is_allowed_is_not(
    demo: Entered, as_: As, person: Person
) -> None:
    for name in ("maja", "lars", "karen", "birk"):
        for meeting in Meeting.objects.select_related("forum__district"):
            address = reverse("council:meeting", args=[meeting.forum.district.slug, meeting.pk])
            mine = as_(name)
            if mine.get(address).status_code == 200:
                forgotten()
                mine.get(address)
                assert noted() == []
                refused = mine.get(
                    reverse("council:item_add", args=[meeting.forum.district.slug, meeting.pk])
                )
                if refused.status_code == 403:
                    assert noted() == [(Kind.REFUSED, person(name).pk, "council:item_add", meeting.pk)]
                    return
    raise AssertionError("Ingen blev afvist.")


def test_a4_a_form_from_elsewhere_is_no_refusal_of_a_person(cast: Entered, as_: As) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(IN, {"login": "x", "password": "y"}).status_code == 403
    assert noted() == []


def test_a4_a_log_that_cannot_be_written_changes_no_answer(
    demo: Entered, as_: As, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    maja = as_("maja")
    _, address = _meeting(demo, maja)

    def broken(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(access, "note", broken)
    assert maja.get(address).status_code == 404
    assert "Adgangsloggen kunne ikke skrives" in caplog.text


def test_a4_the_round_forgets_after_90_days_and_the_chain_knows_nothing_of_it(cast: Entered) -> None:
    events = Event.objects.count()
    access.note(kind=Kind.REFUSED, route="ny", by=SYSTEM)
    access.note(kind=Kind.REFUSED, route="gammel", by=SYSTEM)
    with frame():
        AccessNote.objects.filter(route="gammel").update(at=timezone.now() - timedelta(days=90))
    call_command("post", stdout=StringIO())
    assert [route for _, _, route, _ in noted()] == ["ny"]
    assert Event.objects.count() == events


def test_a4_an_operator_reads_it_by_person_and_kind(cast: Entered, person: Person) -> None:
    access.note(kind=Kind.HIDDEN, route="council:meeting", number=7, by=person("maja"))
    access.note(kind=Kind.FAILED, route="account_login", by=SYSTEM)
    lines = _printed()
    assert len(lines) == 3
    assert lines[1].split("\t")[1:] == ["fik ikke at se", str(person("maja").pk), "council:meeting", "7"]
    assert lines[2].split("\t")[1:] == ["forkert login", "-", "account_login", "-"]
    assert _printed(person=person("maja").pk) == lines[:2]
    assert _printed(kind="failed") == [lines[0], lines[2]]
    assert _printed(days=0) == lines[:1]


def _printed(**options: Any) -> list[str]:
    out = StringIO()
    call_command("access_log", stdout=out, **options)
    return out.getvalue().splitlines()


def _numbered(patterns: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """Each address of the house with a thing's number, and its view."""
    found = []
    for each in patterns:
        where = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            if "<int:pk>" in where:
                found.append((where, each.callback))
        else:
            found += _numbered(each.url_patterns, where)
    return found


def test_a4_every_address_of_a_thing_says_what_it_finds() -> None:
    numbered = _numbered(get_resolver().url_patterns)
    ours = [(where, view) for where, view in numbered if view.__module__.startswith("samraad.")]
    assert len(ours) > 100
    assert [where for where, view in ours if not hasattr(view, "finds")] == []
