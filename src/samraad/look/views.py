"""How a typed text will read; and pages for what went wrong, with a sentence on what, why and what to do."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from samraad.audit.actions import Denied
from samraad.look.forms import PreviewForm, in_words


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
    return page(request, 403, "Det må du ikke", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Does not exist, or is not for you; the two look the same on purpose."""
    return page(
        request,
        404,
        "Siden findes ikke",
        "Siden findes ikke, eller du har ikke adgang til den. Gå til dit bord, eller søg.",
    )


def gone(request: HttpRequest) -> HttpResponse:
    """An address of a library that is not used here."""
    raise Http404


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be understood."""
    return page(
        request,
        400,
        "Det kunne ikke læses",
        "Adressen eller formularen kunne ikke læses. Gå tilbage, og prøv igen.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake; nothing of it was stored."""
    return render(request, "error_plain.html", status=500)


def page(request: HttpRequest, code: int, title: str, sentence: str) -> HttpResponse:
    """A page of the house with a sentence instead of what was asked for."""
    return render(request, "error.html", {"title": title, "sentence": sentence}, status=code)
