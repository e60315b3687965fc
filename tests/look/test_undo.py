"""What was removed is put back from the sentence that tells of it, and one stays where one was."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samraad.accounts.models import User
from samraad.demo.cast import Entered
from samraad.plan.actions import plan as plans

pytestmark = pytest.mark.any_database
Person = Callable[[str], User]


def test_a_section_comes_back_at_once(cast: Entered, person: Person, as_: Callable[[str], Client]) -> None:
    plan = plans.start(forum=cast.kredsraad, title="Plan", year=2023, by=person("signe"))
    section = plans.add_section(plan=plan, title="Samarbejdet", body="<p>Vi mødes.</p>", by=person("signe"))
    signe = as_("signe")
    gone = signe.post(reverse("plan:section_step", args=["nordjylland", section.pk, "fjern"]), follow=True)
    page = gone.content.decode()
    undo = page[page.index("/nordjylland/arbejde/planer/papirkurv/") :].split('"')[0]
    assert "Fortryd" in page
    back = signe.post(undo, {"tilbage": plan.get_absolute_url()}, follow=True)
    assert back.redirect_chain[0][0] == plan.get_absolute_url()
    assert plan.sections.get().title == "Samarbejdet"


@pytest.mark.parametrize("where", ["https://example.org/", "//example.org/", ""])
def test_one_is_not_led_elsewhere(
    where: str, cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    plan = plans.start(forum=cast.kredsraad, title="Plan", year=2023, by=person("signe"))
    section = plans.add_section(plan=plan, title="Samarbejdet", by=person("signe"))
    signe = as_("signe")
    page = signe.post(
        reverse("plan:section_step", args=["nordjylland", section.pk, "fjern"]), follow=True
    ).content.decode()
    undo = page[page.index("/nordjylland/arbejde/planer/papirkurv/") :].split('"')[0]
    assert signe.post(undo, {"tilbage": where}).headers["Location"] == plan.get_absolute_url()
