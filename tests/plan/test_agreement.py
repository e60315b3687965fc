"""The multi-year agreement: the frame, and the one that takes over."""

from collections.abc import Callable

import pytest
from django.test import Client

from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered
from samraad.plan.actions import agreement as agreements
from samraad.plan.models import Agreement, Element

pytestmark = pytest.mark.django_db


def entered(cast: Entered) -> Agreement:
    return agreements.enter_agreement(
        district=cast.district,
        by=SYSTEM,
        title="Flerårsaftale 2021-2023",
        slug="fleraarsaftale-2021-2023",
        from_year=2021,
        to_year=2023,
        elements=[
            {"title": "Kommunale vagter", "state": "in_progress"},
            {"title": "Nærstationer", "state": "done"},
        ],
    )


def test_it_is_succeeded_on_a_page_and_its_open_elements_go_on(
    cast: Entered, as_: Callable[[str], Client]
) -> None:
    agreement = entered(cast)
    signe = as_("signe")
    page = signe.get(f"/nordjylland/arbejde/aftaler/{agreement.pk}/efterfoelger/").content.decode()
    assert "Kommunale vagter" in page
    assert "Nærstationer" not in page
    carried = agreement.elements.get(title="Kommunale vagter")
    form = {
        "title": "Flerårsaftale 2024-2026",
        "from_year": 2024,
        "to_year": 2026,
        "carry": [carried.pk],
        "new": "Bandepakke IV\n\nHurtigere sager",
    }
    answer = signe.post(f"/nordjylland/arbejde/aftaler/{agreement.pk}/efterfoelger/", form, follow=True)
    following = Agreement.objects.get(continues=agreement)
    assert [(e.title, e.state) for e in following.elements.all()] == [
        ("Kommunale vagter", "in_progress"), ("Bandepakke IV", "waiting"), ("Hurtigere sager", "waiting"),
    ]  # fmt: skip
    assert "Den afløser" in answer.content.decode()
    old = signe.get(f"/nordjylland/arbejde/aftaler/{agreement.pk}/").content.decode()
    assert "Den er afløst af" in old
    assert "Ny aftale, der afløser den" not in old
    assert agreement.elements.count() == 2, "the old one stays as it was"


def test_it_is_succeeded_once_and_by_a_later_one(cast: Entered) -> None:
    agreement = entered(cast)
    new = {"title": "Ny", "carry": [], "new": [], "by": SYSTEM}
    with pytest.raises(Refused, match="efter 2021"):
        agreements.succeed_agreement(agreement=agreement, from_year=2021, to_year=2024, **new)
    with pytest.raises(Refused, match="efter 2021"):
        agreements.succeed_agreement(agreement=agreement, from_year=2024, to_year=2023, **new)
    agreements.succeed_agreement(agreement=agreement, from_year=2024, to_year=2026, **new)
    with pytest.raises(Refused, match="allerede afløst"):
        agreements.succeed_agreement(agreement=agreement, from_year=2025, to_year=2027, **new)


def test_its_elements_stay_out_of_the_councils_own_promises(cast: Entered) -> None:
    from samraad.commitment.models import Commitment

    following = agreements.succeed_agreement(
        agreement=entered(cast),
        title="Ny",
        from_year=2024,
        to_year=2026,
        carry=list(Element.objects.all()),
        new=["Mere"],
        by=SYSTEM,
    )
    assert following.elements.count() == 3
    assert not Commitment.objects.exists()
