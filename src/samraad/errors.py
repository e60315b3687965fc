"""Pages for what went wrong: a sentence that says what, why and what to do; never a traceback."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samraad.accounts.permission import Denied


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose session has ended, or that came from elsewhere."""
    sentence = "Formularen var for gammel, eller du er logget ud imens. Gå tilbage, hent siden igen, og send."
    return _page(request, 403, "Formularen kunne ikke modtages", sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, but not allowed: the permission's own reason."""
    sentence = str(exception) if isinstance(exception, Denied) else "Du har ikke adgang til det."
    return _page(request, 403, "Det må du ikke", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Does not exist, or is not for you; the two look the same on purpose."""
    return _page(
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
    return _page(
        request,
        400,
        "Det kunne ikke læses",
        "Adressen eller formularen kunne ikke læses. Gå tilbage, og prøv igen.",
    )


class NotAllowedMiddleware:
    """An address that only takes a press gets the house's page, not an empty one, when it is opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put a page in the place of an empty 405."""
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        if "GET" in response.get("Allow", ""):
            sentence = "Siden kan kun læses. Det, der blev sendt, er ikke gemt. Gå tilbage, og prøv igen."
        else:
            sentence = (
                "Adressen tager kun imod et tryk på en knap. Gå tilbage til siden med knappen, eller søg."
            )
        page = _page(request, 405, "Her er ingen side", sentence)
        page["Allow"] = response.get("Allow", "")
        return page


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake; nothing of it was stored."""
    return render(request, "error_plain.html", status=500)


def _page(request: HttpRequest, code: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "sentence": sentence}, status=code)
