"""Shape of input only; no rules, no save."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from samraad.accounts.models import Organisation, User
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Commitment,
    Decision,
    Duty,
    Forum,
    Function,
    Meeting,
    Progress,
    Seat,
    Seminar,
    StationHours,
)
from samraad.documents.files import check_paper
from samraad.documents.forms import DayField, ProseField, TextField, VersionField, refuse_cpr


class TimesForm(forms.Form):
    """A day and two times of day."""

    day = DayField(label="Dag")
    begins = forms.TimeField(label="Begynder kl.", initial="13:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label="Slutter kl.", initial="15:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

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
    offsite = forms.BooleanField(label="Ude af huset", required=False, help_text="Ét møde om året holdes ofte i en kommune.")
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
    to = forms.ModelChoiceField(Meeting.objects.none(), label="Flyt punkterne til", required=False, empty_label="Ingen steder")

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
    kind = forms.ChoiceField(label="Slags", choices=AgendaItem.Kind.choices, widget=forms.RadioSelect, initial="discussion")
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

    def clean_upload(self) -> Any:
        """Refuse what is not what it says it is."""
        upload = self.cleaned_data["upload"]
        problem = check_paper(upload)
        if problem:
            raise ValidationError(problem)
        return upload


class ForwardForm(forms.Form):
    """To which fora an item is sent."""

    fora = forms.ModelMultipleChoiceField(Forum.objects.none(), label="Send til", widget=forms.CheckboxSelectMultiple)
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
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(label=seat.title, choices=Attendance.Presence.choices, initial="present")
        self.fields["chaired_by"] = forms.ChoiceField(label="Mødeleder", choices=[(str(seat.pk), seat.title) for seat in seats])
        self.fields["guests"] = forms.CharField(
            label="Gæster",
            required=False,
            max_length=2000,
            validators=[refuse_cpr],
            widget=forms.Textarea(attrs={"rows": 3}),
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
        return [line.strip()[:160] for line in self.cleaned_data["guests"].splitlines() if line.strip()]


class MinuteForm(forms.Form):
    """An item's minute and outcome."""

    outcome = forms.ChoiceField(label="Udfald", choices=AgendaItem.Outcome.choices, widget=forms.RadioSelect)
    minute = ProseField(label="Referat", required=False)
    subjects = forms.MultipleChoiceField(
        label="Faste emner, der blev drøftet", choices=AgendaItem.Subject.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    version = VersionField()


class DecisionForm(forms.Form):
    """A decision on an item, and who does it by when."""

    kind = forms.ChoiceField(label="Slags", choices=Decision.Kind.choices, widget=forms.RadioSelect, initial="decision")
    text = ProseField(label="Det blev besluttet", rows=3, rich=False, max_length=1000)
    ends_on = DayField(label="En henstilling gælder til og med", required=False)
    promise = TextField(label="Løfte, der følger af det", required=False, help_text="Hvad skal gøres? Lad stå tomt, hvis intet skal gøres.")
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem gør det?", required=False)
    owner_role = TextField(label="Ansvarlig rolle", required=False, max_length=120)
    due_on = DayField(label="Frist", required=False)

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class CommitmentForm(forms.Form):
    """A promise: who, what, by when."""

    text = TextField(label="Hvad skal gøres?")
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem gør det?", required=False)
    owner_role = TextField(label="Ansvarlig rolle", required=False, max_length=120)
    outside = forms.BooleanField(label="Ligger hos en myndighed uden for kredsen", required=False)
    due_on = DayField(label="Frist", required=False)
    recurrence = forms.ChoiceField(label="Gentages", choices=Commitment.Recurrence.choices, required=False)
    condition = TextField(label="Venter på", required=False, max_length=200, help_text="Hvis løftet først gælder, når noget er sket.")
    origin_text = TextField(label="Besluttet hvor", required=False, max_length=200)
    origin_on = DayField(label="Besluttet den", required=False)
    expected = TextField(label="Ventet omfang", required=False, max_length=160, help_text="For eksempel: tre kommuner.")
    confirm = forms.BooleanField(label="En anden skal bekræfte, at det er gjort", required=False)

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """How a promise goes."""

    light = forms.ChoiceField(label="Hvordan går det?", choices=Progress.Light.choices, widget=forms.RadioSelect)
    text = ProseField(label="Status", rows=4, rich=False, max_length=2000)
    late_because = TextField(label="Hvorfor er det forsinket?", required=False)
    real = TextField(label="Det blev til", required=False, max_length=160, help_text="Hvis omfanget blev et andet end ventet.")
    done = forms.BooleanField(label="Det er gjort", required=False)


class ReasonForm(forms.Form):
    """A reason that stays to be read."""

    reason = TextField(label="Hvorfor?")


class DueForm(forms.Form):
    """Another date, and why."""

    due_on = DayField(label="Ny frist")
    reason = TextField(label="Hvorfor bliver fristen flyttet?")
    version = VersionField()


class ConditionForm(forms.Form):
    """A condition is met; the date that follows."""

    due_on = DayField(label="Frist herfra", required=False)


class ForumForm(forms.Form):
    """What the register says about a forum."""

    name = TextField(label="Navn", max_length=120)
    kind = forms.ChoiceField(label="Slags", choices=Forum.Kind.choices)
    level = forms.ChoiceField(label="Niveau", choices=Forum.Level.choices)
    description = ProseField(label="Hvad gør forummet?", rows=3, rich=False, required=False, max_length=2000)
    convenor = forms.ModelChoiceField(Organisation.objects.order_by("name"), label="Tovholder", required=False)
    parent = forms.ModelChoiceField(Forum.objects.none(), label="Hører under", required=False)
    reports_to = forms.ModelChoiceField(Forum.objects.none(), label="Rapporterer til", required=False)
    municipalities = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Dækker", widget=forms.CheckboxSelectMultiple, required=False
    )
    area = TextField(label="Del af kommunen", required=False, max_length=120)
    age_from = forms.IntegerField(label="Fra alder", required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label="Til og med alder", required=False, min_value=0, max_value=120)
    meetings_per_year = forms.IntegerField(label="Møder om året", required=False, min_value=1, max_value=60)
    rhythm = TextField(label="Mødes", required=False, max_length=120)
    public_contact = TextField(label="Hvem man ringer til", required=False, max_length=200)

    def __init__(self, *args: Any, fora: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = self.fields["reports_to"].queryset = fora  # type: ignore[attr-defined]
        self.fields["municipalities"].queryset = municipalities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ages in order."""
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("age_from"), data.get("age_to")
        if low is not None and high is not None and high < low:
            self.add_error("age_to", "Til-alderen er lavere end fra-alderen.")
        return data


class RulesForm(forms.Form):
    """A forum's own rules."""

    approval_required = forms.BooleanField(label="Planen skal godkendes, ikke kun drøftes", required=False)
    objection_days = forms.IntegerField(label="Dage til bemærkninger til et referat", min_value=1, max_value=90)
    release_mandate_until = DayField(
        label="Sekretariatet må offentliggøre til og med", required=False, help_text="Lad stå tomt, hvis kun formanden må."
    )


class SeatForm(forms.Form):
    """A place in a forum."""

    title = TextField(label="Plads", max_length=120, help_text="Rollen, ikke navnet: borgmester i Hjørring Kommune.")
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Hører til", required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """Who holds a seat."""

    user = forms.ModelChoiceField(User.objects.filter(is_active=True).order_by("name"), label="Person")
    function = forms.ChoiceField(label="Funktion", choices=Function.choices)
    starts_on = DayField(label="Fra og med")
    ends_on = DayField(label="Til og med", required=False)


class SeatChangeForm(forms.Form):
    """New holders and deputies of several seats in one act; a seat without an e-mail is left vacant."""

    starts_on = DayField(label="Fra og med")

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            for role, words in (("", "ny"), ("deputy_", "stedfortræder")):
                self.fields[f"{role}name_{seat.pk}"] = TextField(label=f"{seat}: {words}, navn", required=False, max_length=120)
                self.fields[f"{role}email_{seat.pk}"] = forms.EmailField(label=f"{seat}: {words}, e-mail", required=False)

    def clean(self) -> dict[str, Any]:
        """A name needs an e-mail."""
        data: dict[str, Any] = super().clean() or {}
        for seat in self.seats:
            for role in ("", "deputy_"):
                if data.get(f"{role}name_{seat.pk}") and not data.get(f"{role}email_{seat.pk}"):
                    self.add_error(f"{role}email_{seat.pk}", "Skriv en e-mail, så personen kan få en invitation.")
        return data


class DutyForm(forms.Form):
    """A standing duty."""

    title = TextField(label="Pligt", max_length=160)
    rule = forms.ChoiceField(label="Hvornår", choices=Duty.Rule.choices, widget=forms.RadioSelect)
    month = forms.IntegerField(label="Måned", required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label="Dag", required=False, min_value=1, max_value=31)
    quarter = forms.IntegerField(label="Kvartal", required=False, min_value=1, max_value=4)
    times = forms.IntegerField(label="Gange om året", required=False, min_value=1, max_value=12)
    condition = TextField(label="Betingelse", required=False, max_length=200)
    lead_days = forms.IntegerField(label="Mind om den så mange dage før", initial=30, min_value=0, max_value=365)
    on_agenda = forms.BooleanField(label="Skal på et mødes dagsorden", required=False, initial=True)
    source = TextField(label="Hvor står det?", required=False, max_length=200)

    NEEDS = {"date": ("month", "day"), "quarter": ("quarter",), "times": ("times",), "condition": ("condition",)}

    def clean(self) -> dict[str, Any]:
        """Each rule has its own fields."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.NEEDS.get(data.get("rule", ""), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Udfyld feltet, når pligten har denne regel.")
        return data


class HoursForm(forms.Form):
    """A station's opening hours; a day without times is closed."""

    phone = TextField(label="Telefon", required=False, max_length=40)
    officers = TextField(label="Lokalbetjente", required=False, max_length=200, help_text="Roller, ikke navne.")
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        for number, name in StationHours.Weekday.choices:
            self.fields[f"opens_{number}"] = forms.TimeField(label=f"{name.capitalize()} åbner", required=False, widget=clock)
            self.fields[f"closes_{number}"] = forms.TimeField(label=f"{name.capitalize()} lukker", required=False, widget=clock)

    def clean(self) -> dict[str, Any]:
        """Both times or none."""
        data: dict[str, Any] = super().clean() or {}
        data["hours"] = []
        for number, name in StationHours.Weekday.choices:
            opens, closes = data.get(f"opens_{number}"), data.get(f"closes_{number}")
            if bool(opens) != bool(closes):
                self.add_error(f"closes_{number}", f"Skriv både åbnetid og lukketid for {name}, eller ingen af dem.")
            elif opens and closes:
                data["hours"].append((number, opens, closes))
        return data


class SeminarForm(forms.Form):
    """A seminar or webinar."""

    kind = forms.ChoiceField(label="Slags", choices=Seminar.Kind.choices, widget=forms.RadioSelect)
    title = TextField(label="Emne", max_length=160)
    on = DayField(label="Dag")
    place = TextField(label="Sted", required=False, max_length=160)
    profession = TextField(label="Faggruppe, der kom flest af", required=False, max_length=80)
    count = forms.IntegerField(label="Antal deltagere", required=False, min_value=0, max_value=5000)
