"""Pages of commitments."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.commitment import lists, queries
from samraad.commitment import permissions as may
from samraad.commitment.actions import commitment as acts
from samraad.commitment.actions.extra_meeting import ask_for_extra_meeting
from samraad.commitment.forms import (
    AgainForm,
    CommitmentForm,
    ConditionForm,
    CorrectionForm,
    DeclineForm,
    DropForm,
    DueForm,
    ExtraMeetingForm,
    ReportForm,
)
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.council.models import Forum
from samraad.council.permissions import works_in
from samraad.council.views.forum import find_forum
from samraad.look.danish import dato
from samraad.look.files import sheet_response
from samraad.look.pages import act, button_of, form_page, page_of


def find_commitment(request: Request, district: Organisation, pk: int) -> Commitment:
    """The commitment, if its forum or its owner is the person's own."""
    mine = visible_commitments(request.user, district).select_related(
        "forum__district", "owner", "decision__item__meeting__forum__district"
    )
    found = mine.filter(pk=pk).first()  # it may be hers in more than one way
    if found is None:
        raise Http404
    return found


@require_GET
def commitments(request: Request, district: Organisation) -> HttpResponse:
    """Commitments, late ones first."""
    if not works_in(request.user, district):
        raise Http404
    page = lists.commitments_page(request.user, district, lists.chosen(request.GET), clock.today())
    if request.GET.get("form") in ("csv", "rfc", "xlsx"):
        return sheet_response(lists.sheet(page), request.GET["form"])
    context = {"title": "Løfter", "page": page, "fora": queries.fora_to_write_in(request.user)}
    return render(request, "commitment/commitments.html", context)


@require_GET
@page_of(find_commitment)
def commitment(request: Request, commitment: Commitment) -> HttpResponse:
    """One commitment as a thread."""
    page = queries.commitment_page(commitment, request.user, clock.today())
    context = {
        "title": str(commitment),
        "page": page,
        "commitment": commitment,
        "crumbs": commitment.above(),
    }
    return render(request, "commitment/commitment.html", context)


@page_of(find_forum, may.propose)
def new(request: Request, forum: Forum) -> HttpResponse:
    """Write down a commitment, also one decided before the system existed."""
    return form_page(request, CommitmentForm, acts.propose, forum=forum, given=_who(forum.district))


def _who(district: Organisation) -> dict[str, Any]:
    """Who can be asked: organisations with a seat in the district or outside it, and the seats."""
    return {"owners": queries.owners_in(district), "seats": queries.seats_in(district)}


@page_of(find_commitment, may.correct)
def edit(request: Request, commitment: Commitment) -> HttpResponse:
    """Put a commitment right that nobody has answered."""
    lead = ""
    if commitment.is_draft:
        lead = "Løftet står i et udkast og spørger ingen, før planen er offentliggjort."
    return form_page(
        request,
        CorrectionForm,
        acts.correct,
        commitment=commitment,
        of=commitment,
        given=_who(commitment.forum.district),
        words={"lead": lead},
        back=commitment,
    )


@button_of(find_commitment)
def remove(request: Request, commitment: Commitment) -> HttpResponse:
    """Take a commitment out of a draft."""
    drafts = reverse("commitment:commitments", args=[commitment.forum.district.slug])
    return act(
        request,
        acts.remove,
        commitment=commitment,
        now=clock.now(),
        done="Løftet er taget ud. Det ligger i papirkurven for {commitment.forum} i 30 dage.",
        back=f"{drafts}?vis={lists.DRAFTS}",
    )


@button_of(find_commitment)
def accept(request: Request, commitment: Commitment) -> HttpResponse:
    """Say yes to a commitment, as it was read."""
    return act(
        request,
        acts.accept,
        commitment=commitment,
        read=request.GET.get("laest", ""),
        done="Løftet er taget imod.",
        back=commitment,
    )


@button_of(find_commitment)
def confirm(request: Request, commitment: Commitment) -> HttpResponse:
    """Confirm that it is done."""
    done = "Løftet er bekræftet som udført."
    return act(request, acts.confirm, commitment=commitment, done=done, back=commitment)


@button_of(find_commitment)
def send_back(request: Request, commitment: Commitment) -> HttpResponse:
    """Say that it is not done."""
    return act(request, acts.send_back, commitment=commitment, done="Løftet er i gang igen.", back=commitment)


@button_of(find_commitment)
def release(request: Request, commitment: Commitment) -> HttpResponse:
    """Make the reports public."""
    done = "Status er offentlig."
    return act(request, acts.release, commitment=commitment, now=clock.now(), done=done, back=commitment)


@page_of(find_commitment, may.answer)
def decline(request: Request, commitment: Commitment) -> HttpResponse:
    """Say no to a commitment, with a reason."""
    return form_page(request, DeclineForm, acts.decline, commitment=commitment, back=commitment)


@page_of(find_commitment, may.change)
def again(request: Request, commitment: Commitment) -> HttpResponse:
    """Put a declined commitment forward once more, reworded."""
    lead = f"{commitment.owner or 'Den ansvarlige'} sagde nej: {commitment.closed_because}"
    return form_page(
        request,
        AgainForm,
        acts.propose_again,
        commitment=commitment,
        of=commitment,
        words={"lead": lead},
        back=commitment,
    )


@page_of(find_commitment, may.report)
def report(request: Request, commitment: Commitment) -> HttpResponse:
    """Report progress."""
    lead = ""
    if commitment.is_late(clock.today()):
        lead = f"Fristen var {dato(commitment.due_on)}. Skriv, hvorfor det er forsinket."
    return form_page(
        request,
        ReportForm,
        acts.report,
        commitment=commitment,
        now=clock.now(),
        initial={"real": commitment.real},
        words={"lead": lead},
        back=commitment,
    )


@page_of(find_commitment, may.change)
def move_due(request: Request, commitment: Commitment) -> HttpResponse:
    """Move a commitment's date."""
    now = dato(commitment.due_on) or "ikke sat"
    return form_page(
        request,
        DueForm,
        acts.move_due,
        commitment=commitment,
        now=clock.now(),
        initial={"version": commitment.version},
        words={"lead": f"Fristen er nu {now}. Den gamle frist og grunden bliver stående."},
        back=commitment,
    )


@page_of(find_commitment, may.change)
def drop(request: Request, commitment: Commitment) -> HttpResponse:
    """Let a commitment go."""
    return form_page(request, DropForm, acts.drop, commitment=commitment, back=commitment)


@page_of(find_commitment, may.change)
def condition(request: Request, commitment: Commitment) -> HttpResponse:
    """What a commitment waited for has happened."""
    return form_page(
        request, ConditionForm, acts.meet_condition, commitment=commitment, of=commitment, back=commitment
    )


@page_of(find_forum, may.ask_for_extra_meeting)
def extra_meeting(request: Request, forum: Forum) -> HttpResponse:
    """Ask for an extra meeting."""
    return form_page(
        request, ExtraMeetingForm, ask_for_extra_meeting, forum=forum, now=clock.now(), back=forum
    )
