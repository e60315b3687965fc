"""Addresses of a district's things begin with its slug; the views get the district itself."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from samraad.accounts.models import Organisation, User


class Request(HttpRequest):
    """What a view behind the sign-in gets: a request whose user is one of ours."""

    user: User  # type: ignore[assignment]


class DistrictMiddleware:
    """Turns `<slug:district>` of an address into the police district; an unknown one is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.district = None  # type: ignore[attr-defined]
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
