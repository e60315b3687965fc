"""Pages of commitments."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.commitment import permissions as may
from samraad.commitment.actions import commitment as acts
from samraad.commitment.forms import (
    CORRECTED,
    CommitmentForm,
    ConditionForm,
    CorrectionForm,
    DueForm,
    ReportForm,
)
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.commitment.queries import on_agendas, unowned, with_overdue_first
from samraad.council.models import Seat
from samraad.council.permissions import appointments, visible_fora, works_in
from samraad.council.views.forum import find_forum
from samraad.look.danish import dato
from samraad.look.forms import ReasonForm
from samraad.look.pages import old_act, old_form_page, trail


def url_of(commitment: Commitment) -> str:
    """The one address of a promise."""
    return reverse("commitment:commitment", args=[commitment.forum.district.slug, commitment.pk])


def find_commitment(request: Request, district: Organisation, pk: int) -> Commitment:
    """The promise, if its forum or its owner is mine."""
    rows = visible_commitments(request.user, district).select_related(
        "forum__district", "owner", "decision__item__meeting__forum"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def crumbs(commitment: Commitment) -> list[tuple[str, str]]:
    """The way down to a promise's acts."""
    return [
        ("Løfter", reverse("commitment:commitments", args=[commitment.forum.district.slug])),
        (str(commitment), url_of(commitment)),
    ]


FILTERS = {
    "aabne": "Åbne",
    "forsinket": "Forsinket",
    "foreslaaet": "Foreslået",
    "udkast": "I et udkast",
    "uden": "Uden ansvarlig eller frist",
    "afsluttet": "Afsluttet",
}


@require_GET
def commitments(request: Request, district: Organisation) -> HttpResponse:
    """Promises, late ones first."""
    if not works_in(request.user, district):
        raise Http404
    today = clock.today()
    mine = visible_commitments(request.user, district)
    chosen = {
        "aabne": mine.open(),
        "forsinket": mine.late(today),
        "foreslaaet": mine.filter(status="proposed"),
        "udkast": mine.filter(status="draft"),
        "uden": mine & unowned(district),
        "afsluttet": mine.filter(status__in=["reported", "done", "declined", "dropped"]),
    }
    wanted = request.GET.get("vis", "aabne")
    if wanted not in chosen:
        wanted = "aabne"
    fora = [
        a.seat.forum for a in appointments(request.user) if may.propose.allows(request.user, a.seat.forum)
    ]
    return render(
        request,
        "commitment/commitments.html",
        {
            "title": "Løfter",
            "rows": with_overdue_first(chosen[wanted].distinct(), today),
            "filters": [
                (code, words, chosen[code].distinct().count(), code == wanted)
                for code, words in FILTERS.items()
            ],
            "late": chosen["forsinket"].distinct().count(),
            "fora": {forum.pk: forum for forum in fora}.values(),
        },
    )


@require_GET
def commitment(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """One promise as a thread."""
    found = find_commitment(request, district, pk)
    user = request.user
    why_not = {
        name: rule.reason(user, found)
        for name, rule in (
            ("answer", may.answer),
            ("report", may.report),
            ("release", may.release),
            ("confirm", may.confirm),
            ("change", may.change),
            ("correct", may.correct),
        )
    }
    progress = list(found.progress.all())
    context = {
        "title": str(found),
        "commitment": found,
        "late": found.is_late(clock.today()),
        "why_not": why_not,
        "progress": progress,
        "unreleased": [row for row in progress if row.released_at is None],
        "due_changes": found.due_changes.all(),
        "agenda_items": on_agendas(found),
        "crumbs": [("Løfter", reverse("commitment:commitments", args=[district.slug]))],
    }
    return render(request, "commitment/commitment.html", context)


def new(request: Request, district: Organisation, forum_pk: int) -> HttpResponse:
    """Write down a promise, also one decided before the system existed."""
    forum = get_object_or_404(visible_fora(request.user, district), pk=forum_pk)
    may.propose.check(request.user, forum)
    return old_form_page(
        request,
        CommitmentForm(request.POST or None, **_who(district)),
        lambda data: acts.propose(forum=forum, by=request.user, **data),
        title=f"Nyt løfte i {forum}",
        lead="Løftet er et forslag, indtil den ansvarlige har sagt ja.",
        button="Skriv løftet op",
        done="Løftet er skrevet op.",
        back=url_of,
    )


def _who(district: Organisation) -> dict[str, Any]:
    """Who can be asked for a promise: organisations with a seat in the district or outside it, and the seats."""
    owners = Organisation.objects.filter(
        Q(seats__forum__district=district)
        | ~Q(kind__in=[Organisation.Kind.MUNICIPALITY, Organisation.Kind.DISTRICT])
    )
    seats = (
        Seat.objects.filter(forum__district=district, member=True).select_related("forum").order_by("title")
    )
    return {"owners": owners.distinct(), "seats": seats}


def edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a promise right that nobody has answered."""
    found = find_commitment(request, district, pk)
    may.correct.check(request.user, found)
    initial = {name: getattr(found, name) for name in CORRECTED} | {"version": found.version}
    return old_form_page(
        request,
        CorrectionForm(request.POST or None, initial=initial, **_who(district)),
        lambda data: acts.correct(commitment=found, by=request.user, **data),
        title="Ret løftet",
        lead="Løftet står i et udkast og spørger ingen, før planen er offentliggjort."
        if found.status == "draft"
        else "",
        button="Gem løftet",
        done="Løftet er rettet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


@require_POST
def remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a promise out of a draft."""
    found = find_commitment(request, district, pk)
    return old_act(
        request,
        lambda: acts.remove(commitment=found, now=clock.now(), by=request.user),
        done=f"Løftet er taget ud. Det ligger i papirkurven for {found.forum} i 30 dage.",
        back=reverse("commitment:commitments", args=[district.slug]) + "?vis=udkast",
    )


@require_POST
def commitment_step(request: Request, district: Organisation, pk: int, step: str) -> HttpResponse:
    """One step without fields: accept, confirm, send back, release."""
    found = find_commitment(request, district, pk)
    by = request.user
    steps: dict[str, tuple[Any, str]] = {
        "accepter": (
            lambda: acts.accept(commitment=found, by=by, read=request.GET.get("laest", "")),
            "Løftet er taget imod.",
        ),
        "bekraeft": (lambda: acts.confirm(commitment=found, by=by), "Løftet er bekræftet som udført."),
        "send-tilbage": (lambda: acts.send_back(commitment=found, by=by), "Løftet er i gang igen."),
        "frigiv": (lambda: acts.release(commitment=found, now=clock.now(), by=by), "Status er offentlig."),
    }
    if step not in steps:
        raise Http404
    run, done = steps[step]
    return old_act(request, run, done=done, back=url_of(found))


def decline(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Say no to a promise, with a reason."""
    found = find_commitment(request, district, pk)
    may.answer.check(request.user, found)
    return old_form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: acts.decline(commitment=found, by=request.user, **data),
        title=f"Sig nej til “{found}”",
        lead="Grunden bliver læst af rådet.",
        button="Sig nej",
        done="I har sagt nej til løftet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def again(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a declined promise forward once more, reworded."""
    found = find_commitment(request, district, pk)
    may.change.check(request.user, found)
    form = ReasonForm(request.POST or None, initial={"reason": found.text})
    form.fields["reason"].label = "Løftet, som det skal lyde nu"
    return old_form_page(
        request,
        form,
        lambda data: acts.propose_again(commitment=found, text=data["reason"], by=request.user),
        title="Foreslå løftet igen",
        lead=f"{found.owner or 'Den ansvarlige'} sagde nej: {found.closed_because}",
        button="Foreslå igen",
        done="Løftet er foreslået igen.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def report(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Report progress."""
    found = find_commitment(request, district, pk)
    may.report.check(request.user, found)
    late = found.is_late(clock.today())
    return old_form_page(
        request,
        ReportForm(request.POST or None, initial={"real": found.real}),
        lambda data: acts.report(commitment=found, now=clock.now(), by=request.user, **data),
        title=f"Meld status på “{found}”",
        lead=f"Fristen var {dato(found.due_on)}. Skriv, hvorfor det er forsinket." if late else "",
        button="Meld status",
        done="Status er meldt. Den bliver offentlig, når den bliver frigivet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def move_due(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Move a promise's date."""
    found = find_commitment(request, district, pk)
    may.change.check(request.user, found)
    return old_form_page(
        request,
        DueForm(request.POST or None, initial={"version": found.version}),
        lambda data: acts.move_due(commitment=found, now=clock.now(), by=request.user, **data),
        title=f"Flyt fristen for “{found}”",
        lead=f"Fristen er nu {dato(found.due_on) or 'ikke sat'}. Den gamle frist og grunden bliver stående.",
        button="Flyt fristen",
        done="Fristen er flyttet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def drop(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Let a promise go."""
    found = find_commitment(request, district, pk)
    may.change.check(request.user, found)
    return old_form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: acts.drop(commitment=found, by=request.user, **data),
        title=f"Lad “{found}” udgå",
        button="Lad løftet udgå",
        done="Løftet er udgået. Grunden bliver stående.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def condition(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What a promise waited for has happened."""
    found = find_commitment(request, district, pk)
    may.change.check(request.user, found)
    return old_form_page(
        request,
        ConditionForm(request.POST or None, initial={"due_on": found.due_on}),
        lambda data: acts.meet_condition(commitment=found, by=request.user, **data),
        title="Betingelsen er opfyldt",
        lead=f"Løftet ventede på: {found.condition}.",
        button="Sæt løftet i gang",
        done="Løftet løber nu.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def extra_meeting(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Ask for an extra meeting."""
    found = find_forum(request, district, pk)
    may.ask_for_extra_meeting.check(request.user, found)
    return old_form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: acts.ask_for_extra_meeting(forum=found, now=clock.now(), by=request.user, **data),
        title=f"Bed om et ekstra møde i {found}",
        lead="Ønsket står på sekretariatets bord, og det skal svare inden 14 dage.",
        button="Send ønsket",
        done="Ønsket er sendt til sekretariatet.",
        back=found.get_absolute_url(),
        crumbs=trail(found),
    )
