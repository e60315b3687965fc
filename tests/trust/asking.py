"""Every form of the product as a person meets it: the page it stands on, and what may be sent to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.test_access import ROWS, Row, who_may
from tests.people import CITIZEN, client_of
from tests.world import World

Sent = dict[str, Any]


@dataclass(frozen=True)
class FormPage:
    """A form where it stands, for the first person who may fill it in."""

    name: str
    url: str
    client: Client
    form: forms.BaseForm

    def send(self, typed: Sent) -> HttpResponse:
        """What answers; nothing of it stays."""
        with taken_back():
            return self.client.post(self.url, typed)  # type: ignore[return-value]


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside goes again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def form_pages(world: World, room: str) -> list[FormPage]:
    """The forms of a room, each where it is first met."""
    found: dict[tuple[str, type[forms.BaseForm]], FormPage] = {}
    for row in ROWS:
        if row["name"].startswith(f"{room}:") and row.get("method", "get") == "get" and row["allow"]:
            page = _page(world, row)
            if page is not None:
                found.setdefault((page.name, type(page.form)), page)
    return list(found.values())


def _page(world: World, row: Row) -> FormPage | None:
    """The form on the page of a row; None when it has none that is sent."""
    names = {name: world.things.get(value, value) for name, value in row.get("with", {}).items()}
    [who, *_] = sorted(who_may(row), key=lambda key: key == CITIZEN)
    client = client_of(who, world.sessions.get(who, ""))
    url = reverse(row["name"], kwargs=names)
    with taken_back():
        page: Any = client.get(url)
        form = (page.context or {}).get("form")
        for close in page._resource_closers:
            close()
    if not isinstance(form, forms.BaseForm):
        return None
    return FormPage(row["name"], url, client, form)


def likely(field: forms.Field) -> list[Any]:
    """What a person could well choose or write in a field."""
    if isinstance(field, forms.FileField):
        return [SimpleUploadedFile("bilag.txt", "Vi mødes på tirsdag.\n".encode())]
    if isinstance(field, forms.ModelChoiceField):
        return [str(each.pk) for each in field.queryset[:3]]
    if isinstance(field, forms.ChoiceField):
        return [str(value) for value, label in field.choices if not isinstance(label, list | tuple)][:6]
    if isinstance(field, forms.TimeField):
        return ["02:30", "03:00", "13:00", "23:59"]
    if isinstance(field, forms.DateField):
        return ["2022-03-27", "2022-10-30", "15. marts 2022", "2022-02-28"]
    if isinstance(field, forms.IntegerField):
        return ["0", "1", "2022"]
    if isinstance(field, forms.BooleanField):
        return ["on"]
    if isinstance(field, forms.EmailField):
        return ["ny@kommune.example"]
    return ["Noget", "https://www.retsinformation.dk/", "0-6", "Første linje\n\nAnden linje"]
