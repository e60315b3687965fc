"""Every main page of the filled demo, at both widths.

Nothing serious for axe, no sideways scroll, a quiet console.
"""

from collections.abc import Callable
from typing import Any

import pytest

from samraad.council.models import Forum, Meeting, Seat
from samraad.demo.cast import Entered
from samraad.figures.models import Release, Source
from samraad.guide.models import Guide
from samraad.network.models import Station
from samraad.plan.models import Agreement, FocusArea, Indicator, Initiative, Plan

pytestmark = [pytest.mark.story, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def addresses() -> dict[str, list[str]]:
    """Who -> pages."""
    plan = Plan.objects.get(year=2022, kind="cooperation")
    meeting = Meeting.objects.get(status="minutes_sent")
    planned = Meeting.objects.filter(status="planned", forum__kind="kredsraad").order_by("starts_at")[0]
    action = Plan.objects.get(year=2022, forum__slug="lokalraad-vesthimmerlands")
    project = Initiative.objects.get(title__startswith="Pilotprojekt")
    area = FocusArea.objects.get(plan=plan, number="5")
    work = "/nordjylland/arbejde"
    return {
        "": [
            *(
                f"/nordjylland/{page}"
                for page in (
                    "",
                    "planer/",
                    "planer/2022/",
                    f"planer/2022/omraade/{area.pk}/",
                    "planer/2022/udgaver/1/",
                )
            ),
            *(
                f"/nordjylland/{page}"
                for page in (
                    "min-kommune/",
                    "min-kommune/hjoerring/",
                    "min-kommune/laesoe/",
                    "moeder/",
                    "data/",
                )
            ),
            *(f"/nordjylland/{page}" for page in ("fora/", "hjaelp/", "stationer/", "soeg/?q=natteliv")),
            *(f"/nordjylland/{page}" for page in ("vejledninger/", "vejledninger/genopdragelsesrejser/")),
            f"/nordjylland/moeder/{Meeting.objects.exclude(published_at=None)[0].pk}/",
            "/was/",
            "/privatliv/",
            "/cookies/",
            "/log-ind/login/",
            "/findes/ikke/",
        ],
        "signe": [
            "/mit-bord/",
            "/min-profil/",
            "/personer/nordjylland/",
            *(f"{work}/{page}" for page in ("moeder/", "loefter/", "fora/", "aarshjul/", "planer/")),
            f"{work}/moeder/{meeting.pk}/",
            f"{work}/moeder/{planned.pk}/",
            f"{work}/moeder/{planned.pk}/punkt/",
            f"{work}/planer/{plan.pk}/",
            f"{work}/planer/{plan.pk}/svar/",
            f"{work}/planer/{plan.pk}/offentliggoer/",
            f"{work}/omraader/{area.pk}/",
            f"{work}/maalinger/{Indicator.objects.all()[0].pk}/",
            f"{work}/aftaler/{Agreement.objects.all()[0].pk}/",
            f"{work}/fora/{Forum.objects.get(slug='kredsraadet').pk}/",
            f"{work}/fora/{Forum.objects.get(slug='kredsraadet').pk}/skift/",
            f"{work}/overdragelse/{Seat.objects.get(title='Borgmester i Hjørring').pk}/",
            "/log-ind/password/change/",
            "/mine-mails/",
            "/personer/nordjylland/mails/",
            f"{work}/planer/{plan.pk}/plantjek/",
            f"{work}/planer/{plan.pk}/papirkurv/",
            f"{work}/planer/laes/{plan.forum_id}/",
            f"{work}/planer/redegoerelse/{plan.forum_id}/",
            f"{work}/partnere/",
            f"{work}/partnere/ny/",
            f"{work}/stationer/{Station.objects.get(slug='aars').pk}/",
            f"{work}/fora/{Forum.objects.get(slug='natteliv').pk}/",
            f"{work}/fora/{Forum.objects.get(slug='offerteamet').pk}/ny/raadgivning/",
            f"{work}/indsatser/{project.pk}/projekt/",
            f"{work}/indsatser/{project.pk}/projekt/ramme/",
            f"{work}/vejledninger/",
            f"{work}/vejledninger/maa-det-deles/",
            f"{work}/udgivelser/",
            f"{work}/udgivelser/kilde/{Source.objects.get().pk}/",
            f"{work}/udgivelser/{Release.objects.get(number=2).pk}/",
            f"{work}/vejledninger/{Guide.objects.all()[0].pk}/",
            f"{work}/vejledninger/{Guide.objects.all()[0].pk}/skriv/",
        ],
        "maja": ["/mit-bord/", f"{work}/moeder/{meeting.pk}/", f"{work}/planer/{plan.pk}/svar/"],
        "lise": [
            "/mit-bord/",
            f"{work}/planer/{action.pk}/",
            f"{work}/planer/{action.pk}/svar/{area.pk}/",
            f"{work}/planer/{action.pk}/sagsfremstilling/",
        ],
    }


def test_it_is_readable_by_everybody_on_a_phone_and_on_a_desk(
    demo: Entered, visit: Callable[..., Any]
) -> None:
    """Every main page of the filled demo holds at both widths: axe, no sideways scroll, a quiet console."""
    for who, pages in addresses().items():
        somebody = visit(who)
        for page in pages:
            somebody.open(page).check()
