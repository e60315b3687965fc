"""What holds for every page: how long one is signed in, and that a district's slug becomes the district."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samraad.accounts import sessions
from samraad.accounts.models import Organisation, User
from samraad.audit.queries import asking_once


class Request(HttpRequest):
    """What a view behind the sign-in gets: a request whose user is one of ours."""

    user: User  # type: ignore[assignment]


class DistrictMiddleware:
    """Turns `<slug:district>` of an address into the police district; an unknown one is not found.

    What holds for a whole request (rights, what happened last) is asked once from here on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.district = None  # type: ignore[attr-defined]
        if request.method != "GET":
            return self.get_response(request)
        with asking_once():  # what is kept until something happens holds for a page that is read
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Look the district up before the view runs.

        From here on rights are read once (see `council.permissions`).
        """
        if request.user.is_authenticated:
            request.user.in_request = True  # type: ignore[attr-defined]
        slug = kwargs.get("district")
        if slug is None:
            return
        district = Organisation.objects.districts().filter(slug=slug).first()
        if district is None:
            raise Http404
        kwargs["district"] = request.district = district  # type: ignore[attr-defined]


SIGNING_IN, DESK = "/log-ind/", "/mit-bord/"
TOO_LONG = (
    "Du er logget ud. Det sker efter 30 minutter uden et klik og senest 10 timer efter, at du loggede ind. "
    "Log ind igen for at fortsætte."
)
SECOND_FACTOR = (
    "Administratorer og drift skal have to-trins-login eller en adgangsnøgle. Sæt det op her, så er du inde."
)


class SignedInMiddleware:
    """Ends a sign-in in time, asks the trusted for a second factor, lets no browser keep a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        response = self._stopped(request) or self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        """Where she goes instead, if anywhere."""
        if sessions.is_over(request):
            logout(request)
            messages.info(request, TOO_LONG)
            back = DESK
            if request.method == "GET":
                back = request.get_full_path()
            return redirect_to_login(back)
        if request.path.startswith(SIGNING_IN) or not sessions.lacks_second_factor(request):
            return None
        messages.info(request, SECOND_FACTOR)
        return HttpResponseRedirect(reverse("mfa_index"))
