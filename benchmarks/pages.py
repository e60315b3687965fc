"""Pages against a peer in the same run: a page with the same layout, session and size, but no room queries.

    ./run bench pages

Prints, for one district with ten years of plans and meetings: p95 of the plan page, the matrix, a meeting
and the desk as a ratio to the peer (target: at most 3), their queries (at most 25), their time against one
year of data (at most 1.3), and how they grow to twelve districts. With `--smallest`: the demo and one small
year more, each page asked twice, to see that it runs.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from samraad.audit.actor import SYSTEM

os.environ["DJANGO_SETTINGS_MODULE"] = "samraad.settings"
os.environ["SAMRAAD_DEMO"] = "1"
os.environ["SAMRAAD_DATA"] = tempfile.mkdtemp(prefix="samraad-bench-")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import frame
from samraad.commitment.actions import commitment as promises
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum, Meeting
from samraad.demo.actions import fill
from samraad.demo.cast import at, email_of
from samraad.district.actions import open_councils
from samraad.plan.actions import answer as answers
from samraad.plan.actions import plan as plans
from samraad.plan.models import Plan
from samraad.urls import urlpatterns as real

SMALLEST = "--smallest" in sys.argv
RUNS = 2 if SMALLEST else 40
YEARS = [2023] if SMALLEST else [*range(2012, 2021), 2023]
AREAS = 1 if SMALLEST else 11
PEER = '{% extends "base.html" %}{% block content %}{{ filler|safe }}{% endblock %}'


def peer(request: HttpRequest, size: int) -> HttpResponse:
    """A page with the same layout and session, and as many bytes."""
    words = "<p>Samarbejde mellem politi og kommuner.</p>"
    return HttpResponse(
        engines["django"]
        .from_string(PEER)
        .render({"filler": words * (size // len(words)), "title": "Måling"}, request)
    )


urlpatterns = [path("maaling/<int:size>/", peer), *real]


def add_year(kredsraad: Forum, year: int) -> None:
    """A year of a district.

    A plan with eleven areas and nine answered action plans, four meetings with eight items.
    """
    plan = plans.start(
        forum=kredsraad,
        year=year,
        title=f"Samarbejdsplan {year}",
        answers_due_on=date(year, 1, 31),
        by=SYSTEM,
    )
    local = list(Forum.objects.filter(district=kredsraad.district, kind=Forum.Kind.LOKALRAAD))
    for number in range(1, AREAS + 1):
        section = plans.add_section(
            plan=plan,
            number=f"04.{number}",
            title=f"Område {number}",
            body="<p>Tekst om området.</p>" * 4,
            by=SYSTEM,
        )
        area = plans.add_area(
            plan=plan,
            section=section,
            number=str(number),
            title=f"Område {number}",
            addressees=local,
            summary="<p>Kort.</p>",
            by=SYSTEM,
        )
        for part in range(2):
            promise = promises.propose(
                forum=kredsraad,
                text=f"Løfte {number}.{part}",
                owner=kredsraad.district,
                due_on=date(year, 12, 1),
                by=SYSTEM,
            )
            promises.accept(commitment=promise, by=SYSTEM)
            promises.report(
                commitment=promise,
                light="green",
                text="Gjort",
                done=year < 2022,
                now=at("2022-01-20"),
                by=SYSTEM,
            )
            plans.link_commitment(part=area, commitment=promise, by=SYSTEM)
    for forum in local:
        own = answers.start_action_plan(forum=forum, district_plan=plan, by=SYSTEM)
        for area in plan.areas.all():
            answers.save_answer(
                plan=own,
                area=area,
                version=1,
                now=at("2022-01-20"),
                by=SYSTEM,
                send=True,
                kind="initiative",
                text="<p>Vi gør det.</p>",
            )
    for month in (3, 6, 9, 12):
        day = date(year, month, 10)
        meeting = meetings.plan_meeting(forum=kredsraad, starts_at=at(day), ends_at=at(day, 15), by=SYSTEM)
        for item in range(8):
            added = agenda.add_item(
                meeting=meeting,
                kind="discussion",
                title=f"Punkt {item}",
                outcome="discussed",
                minute="<p>Drøftet.</p>",
                by=SYSTEM,
            )
            minutes.decide(item=added, text="Det blev besluttet.", by=SYSTEM)
        if year < 2022:
            meetings.call_meeting(meeting=meeting, now=at(day), by=SYSTEM)
            minutes.hold_meeting(
                meeting=meeting,
                presence=dict.fromkeys(kredsraad.seats.filter(member=True), "present"),
                chaired_by=None,
                guests=[],
                by=SYSTEM,
            )


def pages() -> dict[str, str]:
    """The pages that are measured, at the newest plan and the meeting whose minutes are out."""
    plan = Plan.objects.get(kind="cooperation", year=2022, forum__district__slug="nordjylland")
    meeting = Meeting.objects.get(status="minutes_sent")
    published = Meeting.objects.exclude(published_at=None)[0]
    public, working = "/nordjylland", "/nordjylland/arbejde"
    return {
        "forsiden": f"{public}/",
        "planen (offentlig)": f"{public}/planer/2022/",
        "en kommune": f"{public}/min-kommune/aalborg/",
        "et møde (offentligt)": f"{public}/moeder/{published.pk}/",
        "hvem kan hjælpe": f"{public}/hvem-kan-hjaelpe/",
        "planen (arbejde)": f"{working}/planer/{plan.pk}/",
        "oversigten over svar": f"{working}/planer/{plan.pk}/svar/",
        "et møde (arbejde)": f"{working}/moeder/{meeting.pk}/",
        "fora": f"{working}/fora/",
        "aftaler": f"{working}/loefter/",
        "sekretariatets bord": "/mit-bord/",
    }


def measure(client: Client, url: str) -> tuple[float, int, int]:
    """(p95 in ms, queries, bytes) of a page."""
    for _ in range(3):
        size = len(client.get(url).content)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
        asked = len(captured)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(url)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.quantiles(times, n=20)[-1], asked, size


def report(client: Client, words: str, before: dict[str, float] | None = None) -> dict[str, float]:
    """Print a table; returns p95 by page."""
    print(
        f"\n{words}\n{'side':<24}{'p95 ms':>8}{'jævnbyrdig':>12}{'forhold':>9}{'spørgsmål':>11}{'mod før':>9}"
    )
    out = {}
    for name, url in pages().items():
        p95, asked, size = measure(client, url)
        base, _, bare = measure(client, "/maaling/100/")
        base, _, _ = measure(client, f"/maaling/{max(0, size - bare) + 100}/")
        growth = f"{p95 / before[name]:.2f}" if before else "-"
        print(f"{name:<24}{p95:>8.1f}{base:>12.1f}{p95 / base:>9.2f}{asked:>11}{growth:>9}")
        out[name] = p95
    return out


def main() -> None:
    """Fill, measure, grow, measure again."""
    settings.LOCAL = False  # as in production: no guard on every statement
    settings.ROOT_URLCONF = sys.modules[__name__]
    call_command("migrate", verbosity=0)
    kredsraad = fill(by=SYSTEM).kredsraad
    client = Client()
    client.force_login(
        User.objects.get(email=email_of("signe")), backend="django.contrib.auth.backends.ModelBackend"
    )
    one: Any = report(client, "Én kreds, ét år (demoen)")
    for year in YEARS:
        add_year(kredsraad, year)
    ten = report(client, f"Én kreds, {len(YEARS)} år mere", one)
    if SMALLEST:
        return
    for number, district in enumerate(Organisation.objects.districts().exclude(slug="nordjylland"), start=2):
        with frame():
            other = open_councils(district=district, by=SYSTEM)
        for year in (2020, 2021):
            add_year(other, year)
        if number in (4, 12):
            report(client, f"{number} kredse", ten)


if __name__ == "__main__":
    main()
