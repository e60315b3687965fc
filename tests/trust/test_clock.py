"""Days and hours that are not like the others: the hour that is skipped, and the one that comes twice."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from samraad.council.forms.meeting import MoveForm
from samraad.council.models import Meeting
from samraad.look.forms import moment_of
from samraad.plan.forms.release import PublishForm
from tests.people import client_of
from tests.world import World

SAYS = "Klokken bliver aldrig 02.30 den 27. marts 2022. Uret bliver stillet frem fra 2 til 3."


@pytest.mark.parametrize("ends", ["02:45", "03:00", "04:00"])
def test_f12_a_meeting_in_the_hour_that_is_skipped_is_refused(world: World, ends: str) -> None:
    typed = {"day": "2022-03-27", "begins": "02:30", "ends": ends, "form": "physical"}
    url = reverse("council:meeting_plan", args=["nordjylland", world.things["kredsraad"]])
    before = Meeting.objects.count()
    page = client_of("signe").post(url, typed)
    assert page.status_code == 422
    assert SAYS in page.content.decode()
    assert Meeting.objects.count() == before


def test_f12_a_meeting_does_not_end_in_the_hour_that_is_skipped() -> None:
    form = MoveForm({"day": "2022-03-27", "begins": "01:30", "ends": "02:30", "reason": "Vi holder natmøde."})
    assert form.errors == {"ends": [f"{SAYS} Vælg et andet klokkeslæt."]}


def test_f12_a_release_is_not_moved_out_of_the_hour_that_is_skipped() -> None:
    form = PublishForm({"day": "2022-03-27", "hour": "02:30"}, first=True)
    assert form.errors == {"hour": [f"{SAYS} Vælg et andet klokkeslæt."]}


def test_f12_the_hour_that_comes_twice_is_the_first_one() -> None:
    moment = moment_of(date(2022, 10, 30), time(2, 30))
    assert moment.astimezone(UTC) == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "day", [date(2022, 3, 27), date(2022, 10, 30), date(2024, 2, 29), date(2022, 12, 31)]
)
def test_f12_every_other_hour_stays_what_was_typed(day: date) -> None:
    refused = []
    for hour in range(24):
        try:
            assert timezone.localtime(moment_of(day, time(hour, 59))).time() == time(hour, 59)
        except ValidationError:
            refused.append(hour)
    assert refused == ([2] if day == date(2022, 3, 27) else [])
