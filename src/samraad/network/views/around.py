"""Pages around the fora: agreements, events, advice, partners, a station's contacts, the bin."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.views.forum import find_forum
from samraad.look.pages import old_act, old_form_page, trail
from samraad.network import permissions as may
from samraad.network.actions import around as acts
from samraad.network.forms import (
    AdviceEditForm,
    AdviceForm,
    EventEditForm,
    EventForm,
    PactEditForm,
    PactForm,
)
from samraad.network.models import (
    Advice,
    LocalEvent,
    Pact,
)

# The word in the address -> (model, form, title, what is said when it is done)
ENTRIES: dict[str, tuple[type[Any], type[Any], str, str]] = {
    "aftale": (Pact, PactForm, "Ny aftale", "Aftalen er skrevet ind."),
    "begivenhed": (LocalEvent, EventForm, "Ny begivenhed", "Begivenheden står i kalenderen."),
    "raadgivning": (Advice, AdviceForm, "Rådgivning, der er givet", "Rådgivningen er skrevet ind."),
}

EDITED = {"aftale": PactEditForm, "begivenhed": EventEditForm, "raadgivning": AdviceEditForm}
REMOVED = "Fjernet. Den kan sættes på plads fra papirkurven i 30 dage."


def _choices(form: type[Any], district: Organisation) -> dict[str, Any]:
    return (
        {"municipalities": Organisation.objects.of_district(district, clock.today())}
        if issubclass(form, AdviceForm)
        else {}
    )


def enter(request: Request, district: Organisation, pk: int, what: str) -> HttpResponse:
    """Enter an agreement, an event or advice."""
    found = find_forum(request, district, pk)
    if what not in ENTRIES:
        raise Http404
    may.keep_network.check(request.user, found)
    model, form, title, done = ENTRIES[what]
    return old_form_page(
        request,
        form(request.POST or None, **_choices(form, district)),
        lambda data: acts.enter(kind=model, forum=found, by=request.user, **data),
        title=title,
        done=done,
        back=found.get_absolute_url() + "#omkring",
        crumbs=trail(found),
    )


def edit(request: Request, district: Organisation, what: str, pk: int) -> HttpResponse:
    """Put an entry right."""
    if what not in ENTRIES:
        raise Http404
    thing = get_object_or_404(ENTRIES[what][0].objects.select_related("forum__district"), pk=pk)
    found = find_forum(request, district, thing.forum_id)
    may.keep_network.check(request.user, found)
    form = EDITED[what]
    return old_form_page(
        request,
        form(
            request.POST or None,
            initial={name: getattr(thing, name) for name in form.base_fields},
            **_choices(form, district),
        ),
        lambda data: acts.correct(thing=thing, by=request.user, **data),
        title=f"Ret “{thing}”",
        done="Rettelsen er gemt.",
        back=f"{found.get_absolute_url()}#{thing._meta.model_name}-{thing.pk}",
        crumbs=trail(found),
    )


@require_POST
def remove(request: Request, district: Organisation, what: str, pk: int) -> HttpResponse:
    """Take an entry away."""
    if what not in ENTRIES:
        raise Http404
    thing = get_object_or_404(ENTRIES[what][0].objects.select_related("forum"), pk=pk)
    found = find_forum(request, district, thing.forum_id)
    return old_act(
        request,
        lambda: acts.remove(thing=thing, now=clock.now(), by=request.user),
        done=REMOVED,
        back=found.get_absolute_url() + "#omkring",
    )
