"""How a typed text will read; and pages for what went wrong, with a sentence on what, why and what to do."""

import sys

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samraad import clock
from samraad.audit.access import note_hidden, note_refused
from samraad.audit.actions import Denied, Refused
from samraad.audit.drafts import drop_draft, keep_draft
from samraad.audit.files import is_full
from samraad.look.danish import klokken
from samraad.look.forms import PreviewForm, in_words

BROKEN = "Noget gik galt hos os"
OUR_MISTAKE = (
    "Det er vores fejl, og intet blev gemt. Gå tilbage, og prøv igen. "
    "Sker det igen, så skriv til sekretariatet."
)
NO_ROOM = "Der er ikke plads til mere lige nu"
NO_ROOM_LEFT = (
    "Serverens disk er fuld, og intet blev gemt. De offentlige sider kan stadig læses. "
    "Behold din tekst, skriv til den, der driver siden, og prøv igen, når der er plads."
)
NOT_NOW = "Siden kan ikke svare lige nu"
AWAY_FOR_NOW = "Databasen er væk eller har travlt, og intet blev gemt. Behold din tekst, og prøv igen."
AWAY = (OperationalError, InterfaceError)  # what the database says when it is gone, or locked for too long


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How a typed text will read, as HTML of the subset; or why a field would not take it."""
    form = PreviewForm(request.POST)
    in_words(form)
    if form.is_valid():
        return HttpResponse(form.cleaned_data["text"])
    return HttpResponse(format_html('<p class="sam-why">{}</p>', form.errors["text"][0]))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose session has ended, or that came from elsewhere."""
    sentence = "Formularen var for gammel, eller du er logget ud imens. Gå tilbage, hent siden igen, og send."
    return page(request, 403, "Formularen kunne ikke modtages", sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, but not allowed: the permission's own reason."""
    sentence = str(exception) if isinstance(exception, Denied) else "Du har ikke adgang til det."
    response = page(request, 403, "Du har ikke adgang til det", sentence)
    note_refused(request, response)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Does not exist, or is not for you; the two look the same on purpose."""
    response = page(
        request,
        404,
        "Siden findes ikke",
        "Siden findes ikke, eller du har ikke adgang til den. Gå til dit bord, eller søg.",
    )
    note_hidden(request, response)
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """An address of a library that is not used here."""
    raise Http404


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    """More was sent than is taken; none of it is kept."""
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        sentence = "Formularen har for mange felter. Intet er gemt. Send den i flere dele."
    else:
        files, text = settings.SAMRAAD_UPLOAD_MEGABYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
        sentence = (
            f"En fil må højst fylde {files} MB og en tekst {text} MB. Intet er gemt. "
            "Gem filen mindre, eller del den, og prøv igen."
        )
    return page(request, 413, "Det fylder for meget", sentence)


def too_often(request: HttpRequest) -> HttpResponse:
    """The same was asked for many times within a minute."""
    sentence = "Der er spurgt mange gange på kort tid. Vent et minut, og prøv igen."
    return page(request, 429, "Vent et øjeblik", sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be understood."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_much(request, exception)
    return page(
        request,
        400,
        "Det kunne ikke læses",
        "Adressen eller formularen kunne ikke læses. Gå tilbage, og prøv igen.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake, a disk without room, or a database that is away; nothing of it was stored."""
    error = sys.exc_info()[1]
    if is_full(error):
        return _plain(507, NO_ROOM, NO_ROOM_LEFT)
    if isinstance(error, AWAY):
        response = _plain(503, NOT_NOW, AWAY_FOR_NOW)
        response["Retry-After"] = "60"
        return response
    return _plain(500, BROKEN, OUR_MISTAKE)


def _plain(code: int, title: str, sentence: str) -> HttpResponse:
    """A page that asks nobody anything: not who is signed in, and not the database."""
    told = render_to_string("error_plain.html", {"title": title, "sentence": sentence})
    return HttpResponse(told, status=code)


def page(request: HttpRequest, code: int, title: str, sentence: str) -> HttpResponse:
    """A page of the house with a sentence instead of what was asked for."""
    return render(request, "error.html", {"title": title, "sentence": sentence}, status=code)


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed on one of the house's pages; answers with the time of day, or why not."""
    place = request.POST.get("place", "")
    content = request.POST.get("content", "")
    try:
        kept = keep_draft(place=place, content=content, now=clock.now(), by=request.user)
    except Refused as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    told = f"Gemt kl. {klokken(kept.saved_at)} i din kladde"
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@require_POST
def draft_drop(request: HttpRequest) -> HttpResponse:
    """Delete a draft, and go back to its page."""
    place = request.POST.get("place", "").replace("\x00", "")
    drop_draft(place=place, by=request.user)
    messages.success(request, "Kladden er slettet.")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        place = "/"
    return HttpResponseRedirect(place)
