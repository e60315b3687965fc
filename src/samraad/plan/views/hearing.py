"""Pages of those who hold a hearing: who is asked, what was replied, what was done with it."""

import csv
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation, User
from samraad.audit.actor import Actor
from samraad.documents.spreadsheet import safe
from samraad.look.danish import antal
from samraad.look.files import download
from samraad.look.pages import act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import hearing as acts
from samraad.plan.forms.hearing import (
    ExtendForm,
    HearingEditForm,
    HearingForm,
    PartiesForm,
    PartyCorrectForm,
    PartyForm,
    RemarkForm,
)
from samraad.plan.models import Hearing, Party, Plan, Remark
from samraad.plan.papers import hearing_note
from samraad.plan.queries.hearing import hearing_page, hearing_rows
from samraad.plan.views.plan import find_plan

LINKS = "hearing_links"  # under which the session carries a new personal link to the one page that shows it
HEADS = ["Part", "Svaret", "Om", "Bemærkning", "Hvad blev der gjort", "Hvorfor"]


def find_hearing(request: Request, district: Organisation, pk: int) -> Hearing:
    """The hearing, for those inside the plan's forum."""
    found = get_object_or_404(Hearing.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, found.plan_id)
    may.see_hearing.check(request.user, found.plan)
    return found


def find_party(request: Request, district: Organisation, pk: int) -> Party:
    """A party of a hearing, for those inside the plan's forum."""
    parties = Party.objects.select_related("hearing__plan__forum__district", "organisation")
    found = get_object_or_404(parties, pk=pk)
    find_hearing(request, district, found.hearing_id)
    return found


def find_remark(request: Request, district: Organisation, pk: int) -> Remark:
    """A remark, for those inside the plan's forum."""
    found = get_object_or_404(Remark.objects.select_related("party__hearing__plan__forum__district"), pk=pk)
    find_hearing(request, district, found.party.hearing_id)
    return found


@page_of(find_plan, may.hold_hearing)
def hearing_open(request: Request, plan: Plan) -> HttpResponse:
    """Begin a hearing on a draft."""
    return form_page(
        request,
        HearingForm,
        acts.open_hearing,
        plan=plan,
        today=clock.today(),
        now=clock.now(),
        crumbs=trail(plan),
    )


@require_GET
@page_of(find_hearing)
def hearing(request: Request, hearing: Hearing) -> HttpResponse:
    """Who was asked, who has replied, and every remark with what was done."""
    context = {
        "title": str(hearing),
        "hearing": hearing,
        "page": hearing_page(hearing, request.user),
        "links": request.session.pop(LINKS, []),
        "crumbs": hearing.above(),
    }
    return render(request, "plan/hearing.html", context)


def _keep_link(request: Request, party: Party, token: str) -> None:
    """Let the next page of the hearing show a personal link, once."""
    address = reverse("plan:hearing_party", args=[party.hearing.plan.forum.district.slug, token])
    request.session[LINKS] = [(party.name, request.build_absolute_uri(address))]


@page_of(find_hearing, may.hold_hearing, of="plan")
def party_add(request: Request, hearing: Hearing) -> HttpResponse:
    """Ask one more."""

    def ask(*, hearing: Hearing, by: Actor, **asked: Any) -> Party:
        party, token = acts.add_party(hearing=hearing, by=by, **asked)
        _keep_link(request, party, token)
        return party

    return form_page(request, PartyForm, ask, hearing=hearing, back=hearing)


@page_of(find_hearing, may.hold_hearing, of="plan")
def parties_add(request: Request, hearing: Hearing) -> HttpResponse:
    """Ask a whole list at once."""
    return form_page(
        request,
        PartiesForm,
        acts.add_parties,
        hearing=hearing,
        given={"municipalities": _towns(hearing)},
        words={"done": _asked_words},
        back=hearing,
    )


def _towns(hearing: Hearing) -> QuerySet[Organisation]:
    """The municipalities that have people in Samråd and are not asked yet."""
    asked = hearing.parties.exclude(organisation=None).values("organisation")
    towns = Organisation.objects.of_district(hearing.plan.forum.district, clock.today())
    return towns.filter(memberships__isnull=False).exclude(pk__in=asked).distinct()


def _asked_words(made: list[Any]) -> str:
    return f"{antal(len(made), 'part,parter')} er spurgt."


@page_of(find_hearing, may.hold_hearing, of="plan")
def hearing_correct(request: Request, hearing: Hearing) -> HttpResponse:
    """Put the letter right, or give all more time."""
    return form_page(
        request,
        HearingEditForm,
        acts.correct_hearing,
        hearing=hearing,
        today=clock.today(),
        of=hearing,
        back=hearing,
    )


@button_of(find_hearing)
def hearing_call_off(request: Request, hearing: Hearing) -> HttpResponse:
    """Call off a hearing that nobody has replied to."""
    return act(
        request,
        acts.call_off,
        hearing=hearing,
        now=clock.now(),
        done="Høringen er aflyst, og linkene virker ikke mere. Den ligger i planens papirkurv i 30 dage.",
        back=hearing.plan,
    )


@page_of(find_party, may.hold_hearing, of="hearing.plan")
def party_extend(request: Request, party: Party) -> HttpResponse:
    """Give a party more time."""
    return form_page(request, ExtendForm, acts.extend, party=party, today=clock.today(), back=party.hearing)


@page_of(find_party, may.hold_hearing, of="hearing.plan")
def party_correct(request: Request, party: Party) -> HttpResponse:
    """Put a party's name or address right; the old link dies and a new one is sent."""

    def correct(*, party: Party, by: User, **asked: Any) -> Party:
        token = acts.correct_party(party=party, by=by, **asked)
        if party.email:
            _keep_link(request, party, token)
        return party

    return form_page(request, PartyCorrectForm, correct, party=party, of=party, back=party.hearing)


@button_of(find_party)
def party_remove(request: Request, party: Party) -> HttpResponse:
    """Take a party out that should not have been asked."""
    return act(
        request,
        acts.remove_party,
        party=party,
        done="{party} er fjernet, og linket virker ikke mere.",
        back=party.hearing,
    )


@page_of(find_remark, may.hold_hearing, of="party.hearing.plan")
def remark(request: Request, remark: Remark) -> HttpResponse:
    """Say what was done with a remark."""
    return form_page(
        request,
        RemarkForm,
        acts.settle,
        remark=remark,
        of=remark,
        back=remark.get_absolute_url(),
        crumbs=trail(remark.party.hearing),
    )


@button_of(find_hearing)
def hearing_close(request: Request, hearing: Hearing) -> HttpResponse:
    """End the hearing."""
    return act(
        request,
        acts.close,
        hearing=hearing,
        today=clock.today(),
        now=clock.now(),
        done="Høringen er afsluttet. Notatet er færdigt.",
        back=hearing,
    )


@require_GET
@page_of(find_hearing)
def hearing_file(request: Request, hearing: Hearing, form: str) -> HttpResponse:
    """The hearing note as a file."""
    return download(request, hearing_note(hearing), form)


@require_GET
@page_of(find_hearing)
def hearing_csv(request: Request, hearing: Hearing) -> HttpResponse:
    """All replies as a table, for access requests and the journal."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hoeringssvar.csv"'
    out = csv.writer(response, delimiter=";")
    out.writerow(HEADS)
    for row in hearing_rows(hearing):
        out.writerow([safe(cell) for cell in row])
    return response
