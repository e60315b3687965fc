"""Who works without a seat looks up guides; who prepares for a seat sees what it must answer."""

from django.test import Client
from django.urls import reverse

from samraad.accounts.models import User
from samraad.audit.actions import frame
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, email_of
from samraad.desk.queries import next_meetings
from samraad.desk.waiting import tasks
from samraad.guide.models import Guide, GuideEdition
from samraad.guide.permissions import visible_guides


def user(key: str) -> User:
    return User.objects.get(email=email_of(key))


def desk_of(key: str) -> str:
    """Her first screen."""
    browser = Client()
    browser.force_login(user(key), backend="django.contrib.auth.backends.ModelBackend")
    return browser.get("/mit-bord/").content.decode()


def test_it_shows_front_line_staff_their_guides(demo: Entered) -> None:
    page = desk_of("karen")
    assert "rusmiddelrådgiver i Hjørring Kommune" in page
    for guide in visible_guides(user("karen"), demo.kredsraad.district):
        assert guide.audience in (Guide.Audience.FRONT_LINE, Guide.Audience.CITIZENS)
        assert reverse("guide:guide", args=["nordjylland", guide.pk]) in page
    assert "Vejledninger til dit arbejde" in page


def test_it_keeps_the_police_guides_from_front_line_staff(demo: Entered) -> None:
    hers = set(visible_guides(user("karen"), demo.kredsraad.district).values_list("audience", flat=True))
    assert Guide.Audience.POLICE not in hers
    assert hers


def test_a_guide_stays_theirs_when_its_audience_is_called_something_else(demo: Entered) -> None:
    district = demo.kredsraad.district
    before = set(visible_guides(user("karen"), district))
    with frame():
        for edition in GuideEdition.objects.all():
            content = edition.content | {"audience": f"Før: {edition.content['audience']}"}
            GuideEdition.objects.filter(pk=edition.pk).update(content=content)
    assert set(visible_guides(user("karen"), district)) == before


def test_it_tells_a_guest_the_day_and_opens_no_meeting(demo: Entered) -> None:
    meeting = next_meetings(user("anton"))[0]
    page = desk_of("anton")
    assert "Kredsrådet" in page
    assert reverse("council:meeting", args=["nordjylland", meeting.pk]) not in page


def test_it_shows_the_assistant_the_minutes_her_seat_must_answer(demo: Entered) -> None:
    waiting = Meeting.objects.get(forum=demo.kredsraad, status="minutes_sent")
    told = [task for task in tasks(user("else")) if "Forbered svaret på referatet" in task.title]
    assert [task.url for task in told] == [reverse("council:meeting", args=["nordjylland", waiting.pk])]
    assert not [task for task in tasks(user("else")) if task.title.startswith("Godkend")]


def test_it_shows_a_guide_as_it_was_released_and_to_whom(demo: Entered) -> None:
    guide = visible_guides(user("karen"), demo.kredsraad.district).get(
        audience=Guide.Audience.FRONT_LINE, title__startswith="Genop"
    )
    with frame():  # somebody writes on, and has not released it
        Guide.objects.filter(pk=guide.pk).update(
            title="Noget, der ikke er ude", audience=Guide.Audience.POLICE
        )
    page = desk_of("karen")
    assert "Noget, der ikke er ude" not in page
    assert guide.title in page
