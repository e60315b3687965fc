"""No button sends: a page shows what goes out, to whom, and what follows; only from there it goes, once."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from samraad.accounts.middleware import Request
from samraad.council.queries.sending import Sending
from samraad.look.pages import Action, Placed, act, trail

CHANGED = "Noget er ændret, siden du så det. Se mailene igen, og send så."


def send_page(
    request: Request,
    sending: Sending,
    action: Action,
    *,
    title: str,
    button: str,
    follows: list[str],
    done: str | Callable[[Any], str],
    back: Placed | str,
    missing: str = "",
    ways: Sequence[tuple[str, str]] = (),
    crumbs: list[tuple[str, str]] | None = None,
    **things: Any,
) -> HttpResponse:
    """Show what is about to be sent; run `action` when that is what was seen.

    `follows` says what happens when it is pressed, `missing` what stands in the way of it, and `ways` where
    that is put right, as (words, address).
    """
    pressed = request.method == "POST"
    changed = pressed and request.POST.get("seen") != sending.seen
    if pressed and not changed:
        return act(request, action, done=done, back=back, **things)
    if not isinstance(back, str):
        crumbs, back = trail(back), back.get_absolute_url()
    context = {
        "title": title,
        "sending": sending,
        "button": button,
        "follows": follows,
        "missing": missing,
        "ways": ways,
        "changed": CHANGED if changed else "",
        "token": uuid.uuid4(),
        "back": back,
        "crumbs": crumbs,
    }
    return render(request, "council/send.html", context, status=409 if changed else 200)
