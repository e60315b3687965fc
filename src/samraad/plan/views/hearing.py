"""Pages of a hearing: for those who hold it, and for a party with a login or with a personal link."""

import csv
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor, LinkHolder
from samraad.documents.spreadsheet import safe
from samraad.look.pages import download, old_act, old_form_page
from samraad.plan import permissions as may
from samraad.plan import queries
from samraad.plan.actions import hearing as acts
from samraad.plan.forms.hearing import (
    ExtendForm,
    HearingEditForm,
    HearingForm,
    PartiesForm,
    PartyCorrectForm,
    PartyForm,
    RemarkForm,
    ReplyForm,
)
from samraad.plan.models import Hearing, Party, Plan, Remark
from samraad.plan.papers import hearing_note
from samraad.plan.views.plan import crumbs, find_plan

AFTERWARDS = 14  # days in which a party can still read what became of its remarks


def url_of(hearing: Hearing) -> str:
    """A hearing's address."""
    return reverse("plan:hearing", args=[hearing.plan.forum.district.slug, hearing.pk])


def find_hearing(request: Request, district: Organisation, pk: int) -> Hearing:
    """The hearing, for those inside the plan's forum."""
    found = get_object_or_404(Hearing.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, found.plan_id)
    may.see_hearing.check(request.user, found.plan)
    return found


def hearing_open(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Begin a hearing on a draft."""
    plan = find_plan(request, district, pk)
    may.hold_hearing.check(request.user, plan)
    return old_form_page(
        request,
        HearingForm(request.POST or None),
        lambda data: acts.open_hearing(
            plan=plan, today=clock.today(), now=clock.now(), by=request.user, **data
        ),
        title=f"Send {plan} i høring",
        lead="Bagefter vælger du, hvem der skal høres. De læser udkastet, som det står nu, og svarer del for del. "
        "Skriver du videre imens, ser de det ikke.",
        button="Begynd høringen",
        done="Høringen er begyndt. Tilføj dem, der skal høres.",
        back=url_of,
        crumbs=crumbs(plan),
    )


@require_GET
def hearing(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Who was asked, who has replied, and every remark with what was done."""
    found = find_hearing(request, district, pk)
    parties = list(found.parties.select_related("organisation").prefetch_related("remarks"))
    remarks = Remark.objects.filter(party__hearing=found).select_related("party")
    return render(
        request,
        "plan/hearing.html",
        {
            "title": str(found),
            "hearing": found,
            "parties": parties,
            "may_call_off": not any(party.replied_at for party in parties),
            "replied": sum(1 for party in parties if party.replied_at),
            "remarks": remarks.order_by("position", "about", "party__name"),
            "unsettled": queries.open_remarks(found).count(),
            "why_not": may.hold_hearing.reason(request.user, found.plan)
            or ("Høringen er afsluttet." if found.closed_at else ""),
            "links": dict(request.session.pop("hearing_links", [])),
            "crumbs": crumbs(found.plan),
        },
    )


def party_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Ask one more."""
    found = find_hearing(request, district, pk)
    may.hold_hearing.check(request.user, found.plan)

    def run(data: dict[str, Any]) -> Party:
        party, token = acts.add_party(hearing=found, by=request.user, **data)
        address = request.build_absolute_uri(reverse("plan:hearing_party", args=[district.slug, token]))
        request.session["hearing_links"] = [(party.name, address)]
        return party

    return old_form_page(
        request,
        PartyForm(request.POST or None),
        run,
        title="Hvem skal høres?",
        button="Tilføj",
        done=lambda party: f"{party} er spurgt{' og får en mail med sit eget link' if party.email else ''}.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


def parties_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Ask a whole list at once."""
    found = find_hearing(request, district, pk)
    may.hold_hearing.check(request.user, found.plan)
    asked = found.parties.exclude(organisation=None).values("organisation")
    towns = (
        Organisation.objects.of_district(district, clock.today())
        .filter(memberships__isnull=False)
        .exclude(pk__in=asked)
    )
    return old_form_page(
        request,
        PartiesForm(request.POST or None, municipalities=towns.distinct()),
        lambda data: acts.add_parties(hearing=found, by=request.user, **data),
        title="Tilføj flere parter",
        lead="Hver part med en mail får sit eget link; en kommune finder høringen på sit bord. Går én linje ikke, bliver ingen spurgt.",
        button="Spørg dem",
        done=lambda made: f"{len(made)} {'part' if len(made) == 1 else 'parter'} er spurgt.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


def hearing_correct(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put the letter right, or give all more time."""
    found = find_hearing(request, district, pk)
    may.hold_hearing.check(request.user, found.plan)
    return old_form_page(
        request,
        HearingEditForm(
            request.POST or None,
            initial={"due_on": found.due_on, "letter": found.letter, "version": found.version},
        ),
        lambda data: acts.correct_hearing(hearing=found, today=clock.today(), by=request.user, **data),
        title=f"Ret {found}",
        lead="Fristen kan blive senere for alle. De, der ikke har svaret, får det at vide.",
        done="Høringen er rettet.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


@require_POST
def hearing_call_off(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Call off a hearing that nobody has replied to."""
    found = find_hearing(request, district, pk)
    plan = found.plan
    return old_act(
        request,
        lambda: acts.call_off(hearing=found, now=clock.now(), by=request.user),
        done="Høringen er aflyst, og linkene virker ikke mere. Den ligger i planens papirkurv i 30 dage.",
        back=reverse("plan:plan", args=[district.slug, plan.pk]),
    )


def find_party(request: Request, district: Organisation, pk: int) -> Party:
    """A party of a hearing that I hold."""
    party = get_object_or_404(
        Party.objects.select_related("hearing__plan__forum__district", "organisation"), pk=pk
    )
    find_hearing(request, district, party.hearing_id)
    may.hold_hearing.check(request.user, party.hearing.plan)
    return party


def party_extend(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Give a party more time."""
    party = find_party(request, district, pk)
    return old_form_page(
        request,
        ExtendForm(request.POST or None),
        lambda data: acts.extend(party=party, today=clock.today(), by=request.user, **data),
        title=f"Mere tid til {party}",
        done="Fristen er udsat, og parten får det at vide på mail.",
        back=url_of(party.hearing),
        crumbs=crumbs(party.hearing.plan),
    )


def party_correct(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a party's name or address right; the old link dies and a new one is sent."""
    party = find_party(request, district, pk)

    def run(data: dict[str, Any]) -> Party:
        token = acts.correct_party(party=party, by=request.user, **data)
        if party.email:
            request.session["hearing_links"] = [
                (
                    party.name,
                    request.build_absolute_uri(reverse("plan:hearing_party", args=[district.slug, token])),
                )
            ]
        return party

    return old_form_page(
        request,
        PartyCorrectForm(request.POST or None, initial={"name": party.name, "email": party.email}),
        run,
        title=f"Ret {party}, eller send et nyt link",
        button="Gem og send nyt link",
        done="Parten er rettet. Det gamle link virker ikke mere.",
        back=url_of(party.hearing),
        crumbs=crumbs(party.hearing.plan),
    )


@require_POST
def party_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a party out that should not have been asked."""
    party = find_party(request, district, pk)
    return old_act(
        request,
        lambda: acts.remove_party(party=party, by=request.user),
        done=f"{party} er fjernet, og linket virker ikke mere.",
        back=url_of(party.hearing),
    )


def party_paste(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Paste a reply that came by mail."""
    party = find_party(request, district, pk)
    return _reply_page(
        request, party, pasted=True, back=url_of(party.hearing), title=f"Svar fra {party}, modtaget på mail"
    )


def remark(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Say what was done with a remark."""
    found = get_object_or_404(Remark.objects.select_related("party__hearing__plan__forum__district"), pk=pk)
    find_party(request, district, found.party_id)
    return old_form_page(
        request,
        RemarkForm(request.POST or None, initial={"outcome": found.outcome, "answer": found.answer}),
        lambda data: acts.settle(remark=found, by=request.user, **data),
        title=f"Hvad blev der gjort ved bemærkningen fra {found.party}?",
        lead=f"{found.about}: {found.text}",
        done="Det er gemt og kommer med i høringsnotatet.",
        back=url_of(found.party.hearing) + "#bemaerkninger",
        crumbs=crumbs(found.party.hearing.plan),
    )


@require_POST
def hearing_close(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """End the hearing."""
    found = find_hearing(request, district, pk)
    return old_act(
        request,
        lambda: acts.close(hearing=found, today=clock.today(), now=clock.now(), by=request.user),
        done="Høringen er afsluttet. Notatet er færdigt.",
        back=url_of(found),
    )


@require_GET
def hearing_docx(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The hearing note as a Word file."""
    return download(hearing_note(find_hearing(request, district, pk)))


@require_GET
def hearing_csv(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """All replies as a table, for access requests and the journal."""
    found = find_hearing(request, district, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hoeringssvar.csv"'
    out = csv.writer(response, delimiter=";")
    out.writerow(["Part", "Svaret", "Om", "Bemærkning", "Hvad blev der gjort", "Hvorfor"])
    for party in found.parties.prefetch_related("remarks"):
        replied = f"{party.replied_at:%d-%m-%Y}" if party.replied_at else ""
        rows = [(r.about, r.text, r.get_outcome_display(), r.answer) for r in party.remarks.all()] or [
            ("", party.state[1], "", "")
        ]
        for row in rows:
            out.writerow([safe(cell) for cell in (party.name, replied, *row)])
    return response


def hearing_reply(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Reply for my organisation, signed in."""
    party = get_object_or_404(
        Party.objects.select_related("hearing__plan__forum__district", "organisation"), pk=pk
    )
    if party.hearing.plan.forum.district_id != district.pk or not may.reply_to_hearing.allows(
        request.user, party
    ):
        raise Http404
    if _ended(party):
        return _gone(request, party)
    return _reply_page(request, party, pasted=False, back="/mit-bord/", title=f"Høring: {party.hearing.plan}")


@login_not_required
@never_cache
def hearing_party(request: Request, district: Organisation, token: str) -> HttpResponse:
    """Reply by a personal link, without a login; the link ends two weeks after the last day."""
    party = (
        Party.objects.filter(token_hash=acts.hash_token(token), hearing__plan__forum__district=district)
        .select_related("hearing__plan__forum__district")
        .first()
    )
    if party is None:
        raise Http404
    if _ended(party):
        return _gone(request, party)
    return _reply_page(
        request, party, pasted=False, back=request.path, title=f"Høring: {party.hearing.plan}", public=True
    )


def _ended(party: Party) -> bool:
    """Is it two weeks since the party could reply, or since the hearing was closed?"""
    closed = party.hearing.closed_at
    last = max(party.due_on, timezone.localdate(closed)) if closed else party.due_on
    return (clock.today() - last).days > AFTERWARDS


def _gone(request: Request, party: Party) -> HttpResponse:
    """The hearing is over and its text is no longer shown: says so, and whom to ask."""
    context = {"title": "Høringen er slut", "party": party, "district": party.hearing.plan.forum.district}
    return render(request, "plan/hearing_over.html", context, status=410)


def _who(request: Request, party: Party) -> Actor:
    """The person who is signed in; else whoever holds the party's link."""
    if request.user.is_authenticated:
        return request.user
    return LinkHolder(party)


def _reply_page(
    request: Request, party: Party, *, pasted: bool, back: str, title: str, public: bool = False
) -> HttpResponse:
    plan: Plan = party.hearing.plan
    parts = party.hearing.parts
    own = list(party.remarks.filter(pasted=pasted))
    if not pasted:
        acts.note_opened(party=party, now=clock.now(), by=_who(request, party))
    given = {remark.part: remark.text for remark in own if not (pasted and remark.outcome)}
    initial = {"whole": given.get("", ""), "nothing": party.nothing_to_say, "version": party.version}
    form = ReplyForm(
        request.POST or None,
        initial=initial | {part["key"]: given.get(part["key"], "") for part in parts},
        parts=parts,
    )
    return old_form_page(
        request,
        form,
        lambda data: acts.reply(
            party=party,
            remarks={part["key"]: data[part["key"]] for part in parts},
            whole=data["whole"],
            nothing=data["nothing"],
            version=data["version"],
            today=clock.today(),
            now=clock.now(),
            by=LinkHolder(party) if public else request.user,
            pasted=pasted,
        ),
        title=title,
        button="Gem svaret" if pasted else "Send svaret",
        done="Svaret er modtaget. Tak." if not pasted else "Svaret er skrevet ind.",
        back=back,
        template="plan/hearing_reply.html",
        party=party,
        plan=plan,
        pasted=pasted,
        pairs=[(part, form[part["key"]]) for part in parts],
        own=own,
        over=not pasted and (party.hearing.closed_at is not None or clock.today() > party.due_on),
    )
