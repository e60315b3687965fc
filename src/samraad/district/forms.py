"""Shape of input about several rooms at once."""

from typing import Any

from django import forms

from samraad.council.models import Seat
from samraad.district.actions import NewHolder
from samraad.look.forms import DayField, Page, PageForm, TextField

# The prefix of a field's name -> who it is about, in its label
ROLES = {"": "ny", "deputy_": "stedfortræder"}


class SeatChangeForm(PageForm):
    """New holders and deputies of several seats in one act; a seat without an e-mail is left vacant."""

    page = Page(
        "Skift borgmesterpladserne efter valget",
        lead="Pladser uden e-mail bliver ikke ændret. "
        "De gamle borgmestre og stedfortrædere mister adgang den dag, de nye begynder. "
        "De nye får adgang, når deres egen kommune har sagt ja.",
        button="Skift pladserne",
    )

    starts_on = DayField(label="Fra og med")

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            for role, words in ROLES.items():
                self.fields[f"{role}name_{seat.pk}"] = TextField(
                    label=f"{seat}: {words}, navn", required=False, max_length=120
                )
                self.fields[f"{role}email_{seat.pk}"] = forms.EmailField(
                    label=f"{seat}: {words}, e-mail", required=False
                )

    def clean(self) -> dict[str, Any]:
        """A name needs an e-mail."""
        data: dict[str, Any] = super().clean() or {}
        for seat in self.seats:
            for role in ROLES:
                if data.get(f"{role}name_{seat.pk}") and not data.get(f"{role}email_{seat.pk}"):
                    self.add_error(
                        f"{role}email_{seat.pk}", "Skriv en e-mail, så personen kan få en invitation."
                    )
        return data

    def asked(self) -> dict[str, Any]:
        """From when, and who takes the seats that somebody was named for."""
        data, holders = self.cleaned_data, []
        for seat in self.seats:
            if data[f"email_{seat.pk}"]:
                holder = NewHolder(
                    seat,
                    name=data[f"name_{seat.pk}"],
                    email=data[f"email_{seat.pk}"],
                    deputy_name=data[f"deputy_name_{seat.pk}"],
                    deputy_email=data[f"deputy_email_{seat.pk}"],
                )
                holders.append(holder)
        return {"starts_on": data["starts_on"], "holders": holders}
