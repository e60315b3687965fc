"""S5: every text that is kept is a script that wants to run; a browser opens every page, and none does."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from samraad.audit.actions import frame
from tests.access.test_access import ROWS, who_may
from tests.people import CITIZEN
from tests.stories.conftest import Visitor
from tests.world import World

pytestmark = [pytest.mark.story, pytest.mark.long, pytest.mark.django_db(transaction=True)]
RUNS = "alert(1)"
HTML = [
    f"<script>{RUNS}</script>",
    f"<img src=x onerror={RUNS}>",
    f"<svg onload={RUNS}>",
    f"<svg/onload={RUNS}>",
    f"<body onload={RUNS}>",
    f"<iframe src=javascript:{RUNS}>",
    f"<iframe srcdoc='<script>{RUNS}</script>'>",
    f"<details open ontoggle={RUNS}>",
    f"<video><source onerror={RUNS}></video>",
    f"<audio src=x onerror={RUNS}>",
    f"<input autofocus onfocus={RUNS}>",
    f"<select autofocus onfocus={RUNS}>",
    f"<marquee onstart={RUNS}>",
    f"<math><mtext><img src=x onerror={RUNS}></mtext></math>",
    f"<object data=javascript:{RUNS}>",
    f"<embed src=javascript:{RUNS}>",
    f"<form><button formaction=javascript:{RUNS}>x</button></form>",
    f"<a href=javascript:{RUNS}>x</a>",
    f"<a href='&#106;avascript:{RUNS}'>x</a>",
    f"<a href='java\tscript:{RUNS}'>x</a>",
    f"<base href=javascript:{RUNS}//>",
    f"<link rel=import href=data:text/html,<script>{RUNS}</script>>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUNS}'>",
    f"<style>@import 'javascript:{RUNS}';</style>",
    f"<p style='background:url(javascript:{RUNS})'>x</p>",
    f"<div onmouseover={RUNS} style=position:fixed;inset:0>",
    f"<template><script>{RUNS}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUNS}>'>",
    f"<!--><script>{RUNS}</script>-->",
    f"<scr<script>ipt>{RUNS}</scr</script>ipt>",
    f"<SCRIPT>{RUNS}</SCRIPT>",
    f"<img src=x:x onerror\n={RUNS}>",
    f"<img/src=x/onerror={RUNS}>",
    f"<<script>{RUNS}//<</script>",
    f"<svg><script>{RUNS}</script></svg>",
    f"<svg><a xlink:href=javascript:{RUNS}><text y=9>x</text></a></svg>",
    f"<svg><animate onbegin={RUNS} attributeName=x dur=1s>",
    f"<svg><use href=data:image/svg+xml,<svg onload={RUNS}>>",
    f"<keygen autofocus onfocus={RUNS}>",
    f"<table background=javascript:{RUNS}>",
    f"<p id=x tabindex=1 onfocus={RUNS}>",
]
BREAKS = [
    f'"><script>{RUNS}</script>',
    f"'><script>{RUNS}</script>",
    f"</script><script>{RUNS}</script>",
    f"</title><script>{RUNS}</script>",
    f"</textarea><script>{RUNS}</script>",
    f'" onmouseover={RUNS} x="',
    f"' autofocus onfocus={RUNS} x='",
    f'" autofocus onfocus="{RUNS}',
    f"</style><script>{RUNS}</script>",
    f"javascript:{RUNS}",
    f"JaVaScRiPt:{RUNS}",
    f"data:text/html,<script>{RUNS}</script>",
    f"vbscript:{RUNS}",
    f"${{{RUNS}}}",
    f"{{{{{RUNS}}}}}",
    f"{{% {RUNS} %}}",
    f"]]><script>{RUNS}</script>",
    f"--><script>{RUNS}</script>",
    f"\\u003cscript\\u003e{RUNS}",
    f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    f"[x](javascript:{RUNS})",
    f'![x](x"onerror="{RUNS})',
]
ALL = HTML + BREAKS
LONGEST = 2_000
LEFT = ("slug", "token_hash", "sha256", "session_key", "email", "password", "code", "key", "hash", "place")
LISTEN = """
  window.ran = [];
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.ran.push(name); };
  document.addEventListener('securitypolicyviolation', event => window.ran.push(event.violatedDirective));
"""


def texts() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every field that holds what somebody types."""
    for model in apps.get_models():
        if model._meta.app_label not in settings.ROOMS or model._meta.app_label == "audit":
            continue
        for field in model._meta.concrete_fields:
            typed = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            if typed and field.name not in LEFT:
                yield model, field


def spoil() -> int:
    """Put scripts in every such field of every row, one after the other; a constraint may say no."""
    done = 0
    for model, field in texts():
        size = getattr(field, "max_length", None) or LONGEST
        for row in model._base_manager.order_by("pk")[:12]:
            begin = done % len(ALL)
            text = ""
            for payload in [*ALL[begin:], *ALL[:begin]]:
                if len(text) + len(payload) <= size:
                    text += payload
            try:
                with transaction.atomic():
                    done += model._base_manager.filter(pk=row.pk).update(**{field.name: text})
            except IntegrityError:
                continue
    return done


def addresses(world: World) -> dict[str, list[str]]:
    """Who -> the pages to open: every address that shows something, once."""
    found: dict[str, list[str]] = {}
    seen = set()
    for row in ROWS:
        if row.get("method", "get") != "get" or not row["allow"] or row["name"] in seen:
            continue
        seen.add(row["name"])
        names = {name: world.things.get(value, value) for name, value in row.get("with", {}).items()}
        [who, *_] = sorted(who_may(row), key=lambda key: key == CITIZEN)
        found.setdefault(who, []).append(reverse(row["name"], kwargs=names))
    return found


def test_s5_no_script_runs_on_any_page(world: World, visit: Callable[..., Visitor]) -> None:
    """Sixty scripts stand in every text of every room; a browser opens every page, and none of them runs."""
    assert len(ALL) >= 60
    with frame():
        assert spoil() > 300
    opened = 0
    wrong: list[str] = []
    for who, pages in addresses(world).items():
        visitor = visit("" if who == CITIZEN else who)
        visitor.page.add_init_script(LISTEN)
        for path in pages:
            answer = visitor.page.request.get(visitor.base + path, max_redirects=0)
            if "text/html" not in answer.headers.get("content-type", "") or answer.status != 200:
                continue
            visitor.open(path)  # a dialog is noted by what replaces it
            visitor.page.mouse.move(300, 300)
            opened += 1
            wrong += [f"{path}: {ran}" for ran in visitor.page.evaluate("window.ran")]
    assert wrong == []
    assert opened > 80
