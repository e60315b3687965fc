"""How every public page is shown: its body kept until something happens, its files made once."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import TypeVar, cast

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.documents.model import Document
from samraad.look.files import download
from samraad.public.queries import released

Answer = TypeVar("Answer")
Crumbs = list[tuple[str, str]]
NO_CRUMBS: Crumbs = []
OK, KEPT = 200, 86_400  # seconds that a file is kept at most


def file_of(
    request: HttpRequest, district: Organisation, paper: Callable[[], Document], form: str
) -> HttpResponse:
    """A file, made once and kept until something happens, as the body of a page is (`show`)."""
    stamp = released.stamp(district, clock.now(), clock.today())
    key = f"public-file-{sha256(f'{request.path} {stamp}'.encode()).hexdigest()}"
    kept: HttpResponse | None = cache.get(key)
    if kept is None:
        kept = download(request, paper(), form)
        if kept.status_code == OK:
            cache.set(key, kept, KEPT)
    return kept


def show(
    request: HttpRequest,
    district: Organisation,
    template: str,
    title: str,
    crumbs: Crumbs = NO_CRUMBS,
    **shown: object,
) -> HttpResponse:
    """A page of the district. Its body is kept until something happens (`public/base.html`).

    What is `shown` is asked for only when the body is made: give it as a query set or with `later`.
    """
    stamp = released.stamp(district, clock.now(), clock.today())
    context = {"title": title, "crumbs": crumbs, "stamp": stamp}
    return render(request, template, context | shown)


def later(ask: Callable[..., Answer], *what: object) -> Answer:
    """The answer to a question that is asked when the answer is first needed."""
    return cast(Answer, SimpleLazyObject(partial(ask, *what)))


def front_crumb(district: Organisation) -> tuple[str, str]:
    """The first step down to a page."""
    return "Forside", reverse("public:front", args=[district.slug])
