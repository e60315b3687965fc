"""One way from a form to an action and back: errors in words, both texts when two saved, one object per submit."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header

from samraad import clock
from samraad.audit.actions import Refused, Stale, frame
from samraad.audit.bin import in_bin, may_read, put_back
from samraad.audit.models import Removed, Submission
from samraad.documents.model import Document
from samraad.documents.word import to_docx
from samraad.look.forms import in_words


def form_page(
    request: HttpRequest,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    back: str | Callable[[Any], str],
    done: str | Callable[[Any], str],
    button: str = "Gem",
    lead: str = "",
    crumbs: list[tuple[str, str]] | None = None,
    prepare: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    template: str = "form_page.html",
    **context: Any,
) -> HttpResponse:
    """Show `form`; on POST run the action with its cleaned data, say `done`, and go to `back`.

    `back` and `done` may be functions of what the action returned. A Refused comes back as the form's error, a
    Stale as a page with both texts, and a form that was sent before is carried out once. What takes long and touches no
    table is done by `prepare`, before the transaction that others wait for.
    """
    stale: Stale | None = None
    in_words(form)
    if request.method == "POST" and form.is_valid():
        try:
            data = prepare(form.cleaned_data) if prepare else form.cleaned_data
            result, first = once(request, lambda: run(data))
        except Stale as error:
            stale = error
            again = request.POST.copy()
            again["version"] = str(error.version)
            form.data = again
            form.add_error(None, str(error))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, (done(result) if callable(done) else done) if first else "Det var allerede gemt."
            )
            home = (
                back(result)
                if callable(back) and first
                else (back if isinstance(back, str) else request.path)
            )
            return HttpResponseRedirect(home)
    return render(
        request,
        template,
        {
            "form": form,
            "title": title,
            "lead": lead,
            "button": button,
            "back": back if isinstance(back, str) else "",
            "crumbs": crumbs or [],
            "stale": stale,
            "token": uuid.uuid4(),
            **context,
        },
        status=409 if stale else (422 if form.is_bound and form.errors else 200),
    )


def once(request: HttpRequest, run: Callable[[], Any]) -> tuple[Any, bool]:
    """Run an action for this submit only once: (its result, True), or (None, False) when the form came before."""
    token = _token(request)
    if token is None:
        with transaction.atomic():
            return run(), True
    if Submission.objects.filter(token=token).exists():
        return None, False
    try:
        with transaction.atomic():
            with frame(), transaction.atomic():
                Submission.objects.create(token=token)
            return run(), True
    except IntegrityError:
        if Submission.objects.filter(token=token).exists():
            return None, False
        raise


def _token(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def download(document: Document) -> HttpResponse:
    """A document as a Word file."""
    name = re.sub(r"[^\w-]+", "-", document.title.lower()).strip("-")[:80]
    response = HttpResponse(
        to_docx(document),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.docx") or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def act(
    request: HttpRequest,
    run: Callable[[], Any],
    *,
    done: str | Callable[[Any], str],
    back: str,
    otherwise: str = "",
) -> HttpResponse:
    """A button without fields: run the action, say `done` or why not, and go back; when it was refused, `otherwise`."""
    try:
        result, first = once(request, run)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(otherwise or back)
    else:
        messages.success(
            request, (done(result) if callable(done) else done) if first else "Det var allerede gemt."
        )
    return HttpResponseRedirect(back)


def bin_page(
    request: HttpRequest, place: str, *, title: str, restore: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    """What lies in a bin, of that which the person may read; `restore` names the address that puts a thing back."""
    rows = [removed for removed in in_bin(place, clock.now()) if may_read(request.user, removed)]
    return render(request, "bin.html", {"title": title, "rows": rows, "restore": restore, "crumbs": crumbs})


def restore(request: HttpRequest, removed: Removed, *, back: str) -> HttpResponse:
    """Put back what the person may read and write."""
    if not may_read(request.user, removed):
        raise Http404
    return act(
        request,
        lambda: put_back(removed=removed, now=clock.now(), by=request.user),
        done="Sat på plads med sin historie.",
        back=back,
    )
