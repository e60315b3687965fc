"""Pages where a party replies to a hearing: signed in, by its personal link, or pasted in for it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from samraad import clock
from samraad.accounts.actions import hash_token
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor, LinkHolder
from samraad.look.pages import Back, form_page, page_of
from samraad.plan import permissions as may
from samraad.plan.actions import reply as acts
from samraad.plan.forms.hearing import PastedReplyForm, ReplyForm
from samraad.plan.models import Party
from samraad.plan.queries.reply import given_before, reply_page
from samraad.plan.views.hearing import find_party


def _parties(district: Organisation) -> QuerySet[Party]:
    asked = Party.objects.select_related("hearing__plan__forum__district", "organisation")
    return asked.filter(hearing__plan__forum__district=district)


def find_asked(request: Request, district: Organisation, pk: int) -> Party:
    """The party, for those who work for the organisation that was asked."""
    party = get_object_or_404(_parties(district), pk=pk)
    if not may.reply_to_hearing.allows(request.user, party):
        raise Http404
    return party


@page_of(find_party, may.hold_hearing, of="hearing.plan")
def party_paste(request: Request, party: Party) -> HttpResponse:
    """Paste a reply that came by mail."""
    return _reply_page(request, party, acts.reply, back=party.hearing, pasted=True)


@page_of(find_asked)
def hearing_reply(request: Request, party: Party) -> HttpResponse:
    """Reply for my organisation, signed in."""
    if party.is_gone(clock.today()):
        return _gone(request, party)
    acts.note_opened(party=party, now=clock.now(), by=request.user)
    return _reply_page(request, party, acts.reply, back="/mit-bord/")


@login_not_required
@never_cache
def hearing_party(request: Request, district: Organisation, token: str) -> HttpResponse:
    """Reply by a personal link, without a login; the link ends two weeks after the last day."""
    party = get_object_or_404(_parties(district), token_hash=hash_token(token))
    if party.is_gone(clock.today()):
        return _gone(request, party)
    acts.note_opened(party=party, now=clock.now(), by=LinkHolder(party))

    def reply(*, by: Actor, **said: Any) -> Party:
        """Whoever holds the link speaks for the party, signed in or not."""
        return acts.reply(by=LinkHolder(party), **said)

    return _reply_page(request, party, reply, back=request.path)


def _gone(request: Request, party: Party) -> HttpResponse:
    """The hearing is over and its text is no longer shown: says so, and whom to ask."""
    context = {"title": "Høringen er slut", "party": party, "district": party.hearing.plan.forum.district}
    return render(request, "plan/hearing_over.html", context, status=410)


def _reply_page(
    request: Request, party: Party, reply: Callable[..., Party], *, back: Back, pasted: bool = False
) -> HttpResponse:
    """The draft part by part, each with a place for a remark."""
    kind = PastedReplyForm if pasted else ReplyForm
    form = kind(request.POST or None, initial=given_before(party, pasted), parts=party.hearing.parts)
    today = clock.today()
    return form_page(
        request,
        form,
        reply,
        party=party,
        today=today,
        now=clock.now(),
        pasted=pasted,
        back=back,
        template="plan/hearing_reply.html",
        shows={"page": reply_page(party, form, today, pasted)},
    )
