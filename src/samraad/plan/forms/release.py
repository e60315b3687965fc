"""Shape of input about the release of a plan."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samraad.look.forms import DayField, Page, PageForm, TextField, moment_of


class PublishForm(PageForm):
    """A release: what was corrected, and from when the public may read it."""

    page = Page(
        "Offentliggør {plan}",
        lead="Udgave {plan.next_number} bliver låst. Rettelser bagefter bliver til en ny udgave.",
        button="Offentliggør planen",
        done="Planen er offentliggjort som udgave {made.number}.",
    )

    note = TextField(
        label="Hvad er rettet siden sidste udgave?",
        error_messages={"required": "Skriv, hvad der er rettet siden sidste udgave. Det står på den nye."},
    )
    day = DayField(
        label="Offentlig fra den", required=False, help_text="Lad stå tomt for at offentliggøre nu."
    )
    hour = forms.TimeField(
        label="Offentlig fra kl.",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        """An hour has a day, and the two are one moment."""
        data: dict[str, Any] = super().clean() or {}
        data["public_from"] = None
        if data.get("hour") and not data.get("day"):
            self.add_error("day", "Skriv også dagen.")
        elif data.get("day"):
            try:
                data["public_from"] = moment_of(data["day"], data.get("hour") or time())
            except ValidationError as error:
                self.add_error("hour", error)
        return data

    def asked(self) -> dict[str, Any]:
        """The note, and day and hour as one moment."""
        return {"note": self.cleaned_data.get("note", ""), "public_from": self.cleaned_data["public_from"]}


class WithdrawForm(PageForm):
    """Why an edition is withdrawn."""

    page = Page(
        "Træk {edition} tilbage",
        lead="Teksten bliver erstattet af en besked. Nummeret og kontrolsummen bliver stående.",
        button="Træk udgaven tilbage",
        done="Udgaven er trukket tilbage.",
    )

    reason = TextField(label="Hvorfor bliver udgaven trukket tilbage?")
