"""Shape of input about several rooms at once."""

from typing import Any

from django import forms

from samraad.council.models import Seat
from samraad.look.forms import DayField, TextField


class SeatChangeForm(forms.Form):
    """New holders and deputies of several seats in one act; a seat without an e-mail is left vacant."""

    starts_on = DayField(label="Fra og med")

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            for role, words in (("", "ny"), ("deputy_", "stedfortræder")):
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
            for role in ("", "deputy_"):
                if data.get(f"{role}name_{seat.pk}") and not data.get(f"{role}email_{seat.pk}"):
                    self.add_error(
                        f"{role}email_{seat.pk}", "Skriv en e-mail, så personen kan få en invitation."
                    )
        return data
