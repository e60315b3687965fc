"""Shape of input about meetings, items and minutes."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Decision,
    Forum,
    Meeting,
    Seat,
)
from samraad.documents.files import look_through
from samraad.documents.forms import DayField, ProseField, TextField, VersionField


class TimesForm(forms.Form):
    """A day and two times of day."""

    day = DayField(label="Dag")
    begins = forms.TimeField(
        label="Begynder kl.", initial="13:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label="Slutter kl.", initial="15:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """Join day and times to `starts_at` and `ends_at`."""
        data: dict[str, Any] = super().clean() or {}
        if {"day", "begins", "ends"} <= data.keys():
            for source, name in (("begins", "starts_at"), ("ends", "ends_at")):
                data[name] = timezone.make_aware(datetime.combine(data["day"], data[source]))
            if data["ends"] <= data["begins"]:
                self.add_error("ends", "Mødet slutter, før det begynder. Ret klokkeslættet.")
        return data


class MeetingForm(TimesForm):
    """A meeting to be planned."""

    form = forms.ChoiceField(label="Mødeform", choices=Meeting.Form.choices)
    place = TextField(label="Sted", required=False, max_length=160)
    offsite = forms.BooleanField(
        label="Ude af huset", required=False, help_text="Ét møde om året holdes ofte i en kommune."
    )
    host = forms.ModelChoiceField(Organisation.objects.none(), label="Vært", required=False)
    wishes_due_on = DayField(label="Ønsker til dagsordenen senest", required=False)

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class MoveForm(TimesForm):
    """Another time, and why."""

    reason = TextField(label="Hvorfor bliver mødet flyttet?")


class CancelForm(forms.Form):
    """Why a meeting is cancelled, and where its items go."""

    reason = TextField(label="Hvorfor er mødet aflyst?")
    to = forms.ModelChoiceField(
        Meeting.objects.none(), label="Flyt punkterne til", required=False, empty_label="Ingen steder"
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = meetings  # type: ignore[attr-defined]


class PostponeForm(forms.Form):
    """To which meeting an item is postponed."""

    to = forms.ModelChoiceField(Meeting.objects.none(), label="Udsæt til", empty_label=None)

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = meetings  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """An agenda item."""

    title = TextField(label="Titel", max_length=200)
    kind = forms.ChoiceField(
        label="Slags", choices=AgendaItem.Kind.choices, widget=forms.RadioSelect, initial="discussion"
    )
    text = ProseField(label="Sagsfremstilling", required=False)
    subjects = forms.MultipleChoiceField(
        label="Faste emner",
        choices=AgendaItem.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kredsrådet drøfter fire emner hvert år. Sæt kryds ved dem, punktet hører til.",
    )
    closed = forms.BooleanField(label="Lukket punkt: bliver ikke offentligt", required=False)
    withheld = forms.BooleanField(label="Oplysninger er tilbageholdt af væsentlige hensyn", required=False)


class ItemEditForm(ItemForm):
    """An agenda item that exists, with the version it was read in."""

    version = VersionField()


class PaperForm(forms.Form):
    """A paper to an item."""

    title = TextField(label="Titel", max_length=160)
    upload = forms.FileField(label="Fil", help_text="PDF, Word, Excel, billede eller tekst, højst 20 MB.")
    warning = ""

    def clean_upload(self) -> Any:
        """Refuse what is not what it says it is; `warning` says whom it seems to name."""
        look = look_through(self.cleaned_data["upload"])
        if look.problem:
            raise ValidationError(look.problem)
        self.warning = look.warning
        return self.cleaned_data["upload"]


class ForwardForm(forms.Form):
    """To which fora an item is sent."""

    fora = forms.ModelMultipleChoiceField(
        Forum.objects.none(), label="Send til", widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label="Behandlet senest", required=False)

    def __init__(self, *args: Any, fora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fora"].queryset = fora  # type: ignore[attr-defined]


class ForwardAnswerForm(forms.Form):
    """When and how a forum dealt with an item sent to it."""

    treated_on = DayField(label="Behandlet den")
    answer = ProseField(label="Hvad blev der sagt?", rows=4, rich=False, required=False, max_length=2000)


class HoldForm(forms.Form):
    """Who was there, seat by seat."""

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=seat.title, choices=Attendance.Presence.choices, initial="present"
            )
        self.fields["chaired_by"] = forms.ChoiceField(
            label="Mødeleder", choices=[(str(seat.pk), seat.title) for seat in seats]
        )
        self.fields["guests"] = ProseField(
            label="Gæster",
            required=False,
            rich=False,
            rows=3,
            max_length=2000,
            help_text="Én rolle pr. linje, ikke navne.",
        )

    def presence(self) -> dict[Seat, str]:
        """How each seat was covered."""
        return {seat: self.cleaned_data[f"seat_{seat.pk}"] for seat in self.seats}

    def chair(self) -> Seat | None:
        """The seat that led the meeting."""
        return next((seat for seat in self.seats if str(seat.pk) == self.cleaned_data["chaired_by"]), None)

    def guest_roles(self) -> list[str]:
        """The guests, a role a line."""
        return [shortened(line, 160) for line in self.cleaned_data["guests"].splitlines() if line.strip()]


class WrittenReplyForm(forms.Form):
    """An answer to an item of a written procedure."""

    agrees = forms.ChoiceField(
        label="Dit svar", choices=[("ja", "Enig"), ("nej", "Ikke enig")], widget=forms.RadioSelect
    )
    text = ProseField(label="Bemærkning", rows=3, rich=False, required=False, max_length=2000)


class MinuteForm(forms.Form):
    """An item's minute and outcome."""

    outcome = forms.ChoiceField(label="Udfald", choices=AgendaItem.Outcome.choices, widget=forms.RadioSelect)
    minute = ProseField(label="Referat", required=False)
    subjects = forms.MultipleChoiceField(
        label="Faste emner, der blev drøftet",
        choices=AgendaItem.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = VersionField()


class DecisionForm(forms.Form):
    """A decision on an item, and who does it by when."""

    kind = forms.ChoiceField(
        label="Slags", choices=Decision.Kind.choices, widget=forms.RadioSelect, initial="decision"
    )
    text = ProseField(label="Det blev besluttet", rows=3, rich=False, max_length=1000)
    ends_on = DayField(label="En henstilling gælder til og med", required=False)
    promise = TextField(
        label="Løfte, der følger af det",
        required=False,
        help_text="Hvad skal gøres? Lad stå tomt, hvis intet skal gøres.",
    )
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem gør det?", required=False)
    owner_role = TextField(label="Ansvarlig rolle", required=False, max_length=120)
    due_on = DayField(label="Frist", required=False)

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
