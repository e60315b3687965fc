"""Shape of input about a meeting before it is held: when, where, who cannot come."""

from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from samraad.accounts.models import Organisation
from samraad.council.models import (
    Meeting,
    Seat,
)
from samraad.look.forms import (
    DayField,
    Page,
    PageForm,
    TextField,
    VersionField,
    moment_of,
)


class TimesForm(PageForm):
    """A day and two times of day."""

    MOMENTS: ClassVar = {"begins": "starts_at", "ends": "ends_at"}

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
            day, begins, ends = data["day"], data["begins"], data["ends"]
            self._join(day, begins=begins, ends=ends)
            if ends <= begins:
                self.add_error("ends", "Mødet slutter, før det begynder. Ret klokkeslættet.")
        return data

    def _join(self, day: date, **hours: time) -> None:
        for name, hour in hours.items():
            try:
                self.cleaned_data[self.MOMENTS[name]] = moment_of(day, hour)
            except ValidationError as error:
                self.add_error(name, error)

    def asked(self) -> dict[str, Any]:
        """The moments instead of the day and the times."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("day", "begins", "ends")
        }


class MeetingForm(TimesForm):
    """A meeting to be planned."""

    page = Page(
        "Planlæg et møde i {forum}", button="Læg mødet i kalenderen", done="Mødet er planlagt {made.day}."
    )

    form = forms.ChoiceField(label="Mødeform", choices=Meeting.Form.choices)
    place = TextField(label="Sted", required=False, max_length=160)
    offsite = forms.BooleanField(
        label="Ude af huset", required=False, help_text="Ét møde om året holdes ofte i en kommune."
    )
    host = forms.ModelChoiceField(Organisation.objects.none(), label="Vært", required=False)
    wishes_due_on = DayField(label="Ønsker til dagsordenen senest", required=False)


class SeriesForm(PageForm):
    """The meetings of a year: their days, and one time of day for all."""

    page = Page(
        "Planlæg flere møder i {forum}",
        lead="Hvert møde kan rettes og flyttes for sig bagefter.",
        button="Læg møderne i kalenderen",
        done="{made} møder er planlagt.",
    )

    days = forms.CharField(
        label="Dage",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
        help_text="Én dag pr. linje, for eksempel 15. marts 2022.",
    )
    begins = forms.TimeField(
        label="Begynder kl.", initial="13:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label="Slutter kl.", initial="15:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = TextField(label="Sted", required=False, max_length=160)

    def clean_days(self) -> list[date]:
        """The days, each once and in order."""
        reads = DayField()
        found, problems = set(), []
        for line in self.cleaned_data["days"].splitlines():
            if line.strip():
                try:
                    found.add(reads.clean(line))
                except ValidationError as error:
                    problems += error.messages
        if problems:
            raise ValidationError(problems)
        return sorted(found)

    def clean(self) -> None:
        """Each day with its hours, as moments."""
        super().clean()
        data = self.cleaned_data
        if not {"days", "begins", "ends"} <= data.keys():
            return
        data["times"] = []
        try:
            for day in data["days"]:
                data["times"].append((moment_of(day, data["begins"]), moment_of(day, data["ends"])))
        except ValidationError as error:
            self.add_error("begins", error)

    def asked(self) -> dict[str, Any]:
        """When the meetings begin and end, and where they are."""
        return {"times": self.cleaned_data["times"], "place": self.cleaned_data["place"]}


class MeetingEditForm(PageForm):
    """Where and how a planned meeting is held."""

    page = Page("Ret sted og form", done="Mødet er rettet.")

    form = forms.ChoiceField(label="Mødeform", choices=Meeting.Form.choices)
    place = TextField(label="Sted", required=False, max_length=160)
    offsite = forms.BooleanField(label="Ude af huset", required=False)
    host = forms.ModelChoiceField(Organisation.objects.none(), label="Vært", required=False)
    wishes_due_on = DayField(label="Ønsker til dagsordenen senest", required=False)
    version = VersionField()


class ApologyForm(PageForm):
    """For which seat an apology came."""

    page = Page(
        "Skriv et afbud",
        lead="Pladsens stedfortræder og den, der forbereder for den, får besked.",
        button="Skriv afbuddet",
        done="Afbuddet er skrevet. Stedfortræderen har fået besked.",
    )

    seat = forms.ModelChoiceField(Seat.objects.none(), label="Hvem kommer ikke?")


class MoveForm(TimesForm):
    """Another time, and why."""

    page = Page(
        "Flyt mødet", button="Flyt mødet", done="Mødet er flyttet. Den gamle tid og grunden bliver stående."
    )

    reason = TextField(label="Hvorfor bliver mødet flyttet?")


class CancelForm(PageForm):
    """Why a meeting is cancelled, and where its items go."""

    page = Page("Aflys mødet", button="Aflys mødet", done="Mødet er aflyst.")

    reason = TextField(label="Hvorfor er mødet aflyst?")
    to = forms.ModelChoiceField(
        Meeting.objects.none(), label="Flyt punkterne til", required=False, empty_label="Ingen steder"
    )
