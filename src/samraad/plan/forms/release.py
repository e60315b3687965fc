"""Shape of input about the release of a plan."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from samraad.look.forms import DayField, Page, PageForm, TextField


class PublishForm(PageForm):
    """A release: what was corrected, and from when the public may read it."""

    page = Page(
        "Offentliggør {plan}",
        lead="Udgave {plan.next_number} bliver låst. Rettelser bagefter bliver til en ny udgave.",
        button="Offentliggør planen",
        done="Planen er offentliggjort som udgave {made.number}.",
    )

    note = TextField(label="Hvad er rettet siden sidste udgave?", required=False)
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
        """An hour has a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("hour") and not data.get("day"):
            self.add_error("day", "Skriv også dagen.")
        return data

    def asked(self) -> dict[str, Any]:
        """The note, and day and hour as one moment."""
        return {"note": self.cleaned_data.get("note", ""), "public_from": self._moment()}

    def _moment(self) -> datetime | None:
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, hour or datetime.min.time()))


class WithdrawForm(PageForm):
    """Why an edition is withdrawn."""

    page = Page(
        "Træk {edition} tilbage",
        lead="Teksten bliver erstattet af en besked. Nummeret og kontrolsummen bliver stående.",
        button="Træk udgaven tilbage",
        done="Udgaven er trukket tilbage.",
    )

    reason = TextField(label="Hvorfor bliver udgaven trukket tilbage?")
