"""Undo at once: what was just put in the bin is put back from the sentence that tells of it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from samraad.audit.models import Removed


def way_back(request: HttpRequest, name: str) -> str:
    """The address, of that name, which puts back what the person has just removed; empty when nothing was."""
    resolver = request.resolver_match
    removed = Removed.objects.filter(actor_id=request.user.pk, restored_at=None).order_by("-pk").first()
    if removed is None or resolver is None:
        return ""
    return reverse(name, args=[resolver.kwargs["district"].slug, removed.pk])


def came_from(request: HttpRequest) -> str:
    """The page on which "Fortryd" was pressed; empty when it was not, or when it is none of ours."""
    where = request.POST.get("tilbage", "")
    if where.startswith("/") and url_has_allowed_host_and_scheme(where, allowed_hosts=None):
        return where
    return ""
