"""What stands before every page: who asks, how much may be sent, and a page where a library gives none."""

import logging
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from samraad.look.views import page, too_much

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
FILES = "multipart/form-data"


class ProxyMiddleware:
    """Behind a proxy of `SAMRAAD_PROXIES` the one who asks is whom the proxy names.

    From anybody else what is said of other addresses is not read: who could choose his own address would
    never be locked out, and could have others locked out.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the address of the one who asks where everything looks for it."""
        said = request.META.get("HTTP_X_FORWARDED_FOR", "")
        sender = request.META.get("REMOTE_ADDR", "")
        if not is_proxy(sender):
            if said:
                _unknown_proxy(sender)
            for name in FORWARDED:
                request.META.pop(name, None)
        elif said:
            request.META["REMOTE_ADDR"] = client_of(said, sender)
        return self.get_response(request)


def is_proxy(address: str) -> bool:
    """Is it one of `SAMRAAD_PROXIES`?"""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return False
    return any(found in ip_network(each, strict=False) for each in settings.SAMRAAD_PROXIES)


def client_of(said: str, sender: str) -> str:
    """The last address in the header that is no proxy of ours: what stands before it anybody can write.

    >>> client_of("198.51.100.9, 203.0.113.5, 127.0.0.1", "127.0.0.1")
    '203.0.113.5'
    """
    nearest = sender
    for part in reversed(said.split(",")):
        try:
            nearest = str(ip_address(part.strip()))
        except ValueError:
            return nearest
        if not is_proxy(nearest):
            return nearest
    return nearest


@cache
def _unknown_proxy(sender: str) -> None:
    """Tell the operator, once: without the setting everybody behind the proxy looks like one person."""
    log.warning(
        "%s sender X-Forwarded-For, men står ikke i SAMRAAD_PROXIES. Er det jeres proxy, så skriv den der.",
        sender,
    )


class SizeMiddleware:
    """Says no to more than may be sent before any of it is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A page of the house, 413, when the sender tells that it is too much."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if request.content_type == FILES:
            limit = settings.SAMRAAD_BODY_BYTES
        if _told_length(request) <= limit:
            return self.get_response(request)
        return too_much(request, RequestDataTooBig())


def _told_length(request: HttpRequest) -> int:
    """How much the sender says is coming; without a length nothing is read at all."""
    try:
        return int(request.META.get("CONTENT_LENGTH", ""))
    except ValueError:
        return 0


class NotAllowedMiddleware:
    """An address that only takes a press gets the house's page, not an empty one, when it is opened."""

    def __init__(self, get_response: Next) -> None:
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
        instead = page(request, 405, "Her er ingen side", sentence)
        instead["Allow"] = response.get("Allow", "")
        return instead
