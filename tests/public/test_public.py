"""The public sees what was released; the demo is filled; pages stay cheap."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samraad.accounts.models import User
from samraad.audit.models import fingerprint
from samraad.commitment.models import Commitment
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, email_of
from samraad.plan.models import Plan
from samraad.plan.queries.matrix import matrix


@pytest.fixture
def demo(demo: Entered) -> Client:
    """A reader of the demo district's pages."""
    return Client()


def test_it_holds_what_a_reader_of_the_field_expects(demo: Client) -> None:
    plan = Plan.objects.get(year=2022, kind="cooperation")
    table = matrix(plan)
    assert plan.areas.filter(parent=None).count() == 11
    assert plan.areas.exclude(parent=None).count() == 5
    assert len(table.rows) == 9
    assert table.count("not_here") >= 3
    assert [row.forum.name for row in table.rows if not row.answered] == ["Lokalråd Læsø"]
    assert {row.asked for row in table.rows} > {8}
    assert Commitment.objects.late(plan.answers_due_on).count() >= 2
    assert Meeting.objects.filter(forum__kind="kredsraad", starts_at__year=2021).count() == 4
    assert (
        Meeting.objects.get(forum__kind="kredsraad", status="minutes_sent").starts_at.date().isoformat()
        == "2021-12-07"
    )


def test_it_leaks_nothing_unpublished(demo: Client) -> None:
    pages = [
        "",
        "planer/",
        "planer/2022/",
        "min-kommune/",
        "moeder/",
        "fora/",
        "stationer/",
        "data/",
        "soeg/?q=lukkede",
        "soeg/?q=husbil",
    ]
    pages += [f"min-kommune/{slug}/" for slug in ("jammerbugt", "broenderslev", "hjoerring", "laesoe")]
    pages += [f"moeder/{m.pk}/" for m in Meeting.objects.exclude(published_at=None)]
    text = "".join(demo.get(f"/nordjylland/{path}").content.decode() for path in pages)
    for secret in (
        "Husbil og camping",
        "lukkede døre",
        "Give lærere, pædagoger",
        "bevilling og ingen problemer",
        "efterforskning",
    ):
        assert secret not in text
    assert "Tyveri fra både" in text  # Hjørring's action plan is released
    assert (
        demo.get(f"/nordjylland/moeder/{Meeting.objects.get(status='minutes_sent').pk}/").status_code == 404
    )


def test_it_gives_editions_as_json_with_a_hash_anybody_can_make_again(demo: Client) -> None:
    listed = demo.get("/api/nordjylland/editions").json()
    assert listed["count"] == 2
    whole = demo.get("/api/nordjylland/editions/2022/1").json()
    assert fingerprint(whole["content"]) == whole["sha256"]
    assert demo.get("/api/openapi.json").json()["info"]["title"] == "Samråd"


ODD = [
    "atlantis/editions",
    "nordjylland/editions/2022/9",
    "nordjylland/editions?limit=0",
    "nordjylland/editions?offset=99999999999999999999999999",
    "nordjylland/editions/2022/99999999999999999999",
    "NORDJYLLAND/editions",
]


@pytest.mark.parametrize("path", ODD)
def test_it_answers_odd_requests_with_a_sentence(demo: Client, path: str) -> None:
    response = demo.get(f"/api/{path}")
    assert response.status_code in (404, 422)
    assert "detail" in response.json()


@pytest.mark.parametrize(
    "path",
    [
        "/nordjylland/planer/9999/",
        "/nordjylland/planer/2022/udgaver/9/",
        "/nordjylland/min-kommune/koebenhavn/",
        "/nordjylland/moeder/999999999999999999999/",
        "/findes/ikke/",
        "/nordjylland/soeg/?q=%00",
    ],
)
def test_it_has_a_page_for_what_is_not_there(demo: Client, path: str) -> None:
    response = demo.get(path)
    assert response.status_code in (200, 404)
    assert 'lang="da"' in response.content.decode()


PAGES = [
    ("citizen", "/nordjylland/"),
    ("citizen", "/nordjylland/planer/2022/"),
    ("citizen", "/nordjylland/min-kommune/hjoerring/"),
    ("signe", "/mit-bord/"),
    ("maja", "/mit-bord/"),
    ("signe", "/nordjylland/arbejde/svar/"),
    ("signe", "/nordjylland/arbejde/moeder/{meeting}/"),
    ("signe", "/nordjylland/arbejde/fora/"),
    ("signe", "/nordjylland/arbejde/loefter/"),
    ("signe", "/nordjylland/arbejde/aarshjul/"),
]


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_it_asks_the_database_little(demo: Client, who: str, path: str) -> None:
    if who != "citizen":
        demo.force_login(
            User.objects.get(email=email_of(who)), backend="django.contrib.auth.backends.ModelBackend"
        )
    address = path.format(meeting=Meeting.objects.get(status="minutes_sent").pk)
    with CaptureQueriesContext(connection) as asked:
        assert demo.get(address, follow=True).status_code == 200
    assert len(asked) <= 28, f"{address}: {len(asked)} spørgsmål"


def test_it_sends_a_strict_policy(demo: Client) -> None:
    response = demo.get("/nordjylland/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"


def test_it_needs_its_token(demo: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/log-ind/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "hent siden igen" in response.content.decode()


def test_it_changes_nothing_by_being_read(demo: Client) -> None:
    from samraad.audit.models import Event

    before = Event.objects.count()
    for path in ("", "planer/2022/", "min-kommune/aalborg/", "soeg/?q=indsats"):
        demo.get(f"/nordjylland/{path}")
    assert Event.objects.count() == before
