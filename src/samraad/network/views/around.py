"""Pages around the fora: agreements, events, advice that was given."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.council.models import Forum
from samraad.council.views.forum import find_forum
from samraad.look.forms import PageForm
from samraad.look.pages import act, form_page, page_of, trail
from samraad.network import permissions as may
from samraad.network.actions import around as acts
from samraad.network.forms.register import (
    AdviceEditForm,
    AdviceForm,
    EventEditForm,
    EventForm,
    PactEditForm,
    PactForm,
)
from samraad.network.models import Advice, LocalEvent, Pact

# The word in the address -> (what it is, the form of a new one, the form of one that exists)
ENTRIES: dict[str, tuple[type[Any], type[PageForm], type[PageForm]]] = {
    "aftale": (Pact, PactForm, PactEditForm),
    "begivenhed": (LocalEvent, EventForm, EventEditForm),
    "raadgivning": (Advice, AdviceForm, AdviceEditForm),
}

KINDS = (Pact, LocalEvent, Advice)


def find_entry(request: Request, district: Organisation, what: str, pk: int) -> Any:
    """An agreement, an event or advice, for those who may see its forum."""
    if what not in ENTRIES:
        raise Http404
    model, _, _ = ENTRIES[what]
    thing = get_object_or_404(model.objects.select_related("forum__district"), pk=pk)
    find_forum(request, district, thing.forum_id)
    return thing


@page_of(find_forum, may.keep_network)
def enter(request: Request, forum: Forum, what: str) -> HttpResponse:
    """Enter an agreement, an event or advice."""
    if what not in ENTRIES:
        raise Http404
    model, form, _ = ENTRIES[what]
    return form_page(
        request,
        form,
        acts.enter,
        kind=model,
        forum=forum,
        given=_choices(form, forum.district),
        back=f"{forum.get_absolute_url()}#omkring",
        crumbs=trail(forum),
    )


@finds(*KINDS)
def edit(request: Request, district: Organisation, what: str, pk: int) -> HttpResponse:
    """Put an entry right."""
    thing = find_entry(request, district, what, pk)
    may.keep_network.check(request.user, thing.forum)
    _, _, form = ENTRIES[what]
    return form_page(
        request,
        form,
        acts.correct,
        thing=thing,
        of=thing,
        given=_choices(form, district),
        back=thing.get_absolute_url(),
        crumbs=trail(thing.forum),
    )


def _choices(form: type[PageForm], district: Organisation) -> dict[str, Any]:
    """The municipalities, for the form that asks for one."""
    if not issubclass(form, AdviceForm):
        return {}
    return {"municipalities": Organisation.objects.of_district(district, clock.today())}


@require_POST
@finds(*KINDS)
def remove(request: Request, district: Organisation, what: str, pk: int) -> HttpResponse:
    """Take an entry away."""
    thing = find_entry(request, district, what, pk)
    return act(
        request,
        acts.remove,
        thing=thing,
        now=clock.now(),
        done="Fjernet. Den kan sættes på plads fra papirkurven i 30 dage.",
        back=f"{thing.forum.get_absolute_url()}#omkring",
    )
