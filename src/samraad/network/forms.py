"""Shape of input about stations, partners, seminars and what stands around a forum."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.look.forms import DayField, ProseField, TextField, VersionField
from samraad.network.models import Partner, Seminar, SeminarReach, StationHours


class HoursForm(forms.Form):
    """A station's opening hours; a day without times is closed."""

    phone = TextField(label="Telefon", required=False, max_length=40)
    officers = TextField(
        label="Lokalbetjente", required=False, max_length=200, help_text="Roller, ikke navne."
    )
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        for number, name in StationHours.Weekday.choices:
            self.fields[f"opens_{number}"] = forms.TimeField(
                label=f"{name.capitalize()} åbner", required=False, widget=clock
            )
            self.fields[f"closes_{number}"] = forms.TimeField(
                label=f"{name.capitalize()} lukker", required=False, widget=clock
            )

    def clean(self) -> dict[str, Any]:
        """Both times or none."""
        data: dict[str, Any] = super().clean() or {}
        data["hours"] = []
        for number, name in StationHours.Weekday.choices:
            opens, closes = data.get(f"opens_{number}"), data.get(f"closes_{number}")
            if bool(opens) != bool(closes):
                self.add_error(
                    f"closes_{number}", f"Skriv både åbnetid og lukketid for {name}, eller ingen af dem."
                )
            elif opens and closes:
                data["hours"].append((number, opens, closes))
        return data


class PactForm(forms.Form):
    """An agreement with an end date."""

    title = TextField(label="Aftale", max_length=160)
    partners = TextField(
        label="Med hvem", help_text="Myndigheder, foreninger, virksomheder; ikke navne på personer."
    )
    text = ProseField(label="Hvad er aftalt?", rows=5, rich=False, required=False, max_length=4000)
    starts_on = DayField(label="Gælder fra")
    ends_on = DayField(label="Gælder til og med")


class PactEditForm(PactForm):
    """An agreement that exists, with the version it was read in."""

    version = VersionField()


class EventForm(forms.Form):
    """An event in the calendar of nightlife."""

    title = TextField(label="Begivenhed", max_length=160)
    on = DayField(label="Fra")
    until = DayField(label="Til og med", required=False)
    place = TextField(label="Sted", max_length=160, required=False)
    expected = forms.IntegerField(label="Ventede gæster", min_value=0, max_value=1_000_000, required=False)
    note = TextField(label="Aftalt indsats", required=False)


class EventEditForm(EventForm):
    """An event that exists, with the version it was read in."""

    version = VersionField()


class AdviceForm(forms.Form):
    """Advice that was given."""

    on = DayField(label="Dag")
    municipality = forms.ModelChoiceField(Organisation.objects.none(), label="Kommune", required=False)
    receiver = TextField(
        label="Hvem fik den?",
        max_length=160,
        help_text="For eksempel: krisecenter, borgerservice, skole. Ikke navne.",
    )
    profession = TextField(label="Faggruppe", max_length=80, required=False)
    topic = TextField(label="Emne", max_length=160)
    count = forms.IntegerField(label="Antal deltagere", min_value=1, max_value=5000, initial=1)

    def __init__(self, *args: Any, municipalities: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]


class AdviceEditForm(AdviceForm):
    """Advice that exists, with the version it was read in."""

    version = VersionField()


class PartnerForm(forms.Form):
    """A partner."""

    municipality = forms.ModelChoiceField(Organisation.objects.none(), label="Kommune")
    kind = forms.ChoiceField(label="Slags", choices=Partner.Kind.choices)
    name = TextField(label="Navn", max_length=120)
    role = TextField(
        label="Hvem man ringer til",
        max_length=160,
        required=False,
        help_text="Rollen, ikke navnet: centerleder, formand, butikschef.",
    )
    about = TextField(label="Hvad vi arbejder sammen om", max_length=200, required=False)

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]


class PartnerEditForm(PartnerForm):
    """A partner that exists, with the version it was read in."""

    version = VersionField()


class TouchForm(forms.Form):
    """A station's contact with a partner."""

    partner = forms.ModelChoiceField(Partner.objects.none(), label="Partner")
    on = DayField(
        label="I kontakt", required=False, help_text="Lad stå tomt, hvis I ikke har talt sammen endnu."
    )
    note = TextField(label="Om hvad", max_length=200, required=False)

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]


class ContactEditForm(TouchForm):
    """A contact that exists, with the version it was read in; a partner who is off the list may stay so, under the name `gone`."""

    version = VersionField()

    def __init__(self, *args: Any, gone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gone:
            partner: Any = self.fields["partner"]
            partner.required, partner.empty_label = False, f"{gone} (fjernet fra listen)"


class CountForm(forms.Form):
    """A month's contacts of a station."""

    month = DayField(label="Måned", help_text="En hvilken som helst dag i måneden.")
    citizens = forms.IntegerField(label="Henvendelser fra borgere", min_value=0, max_value=100_000)
    joint = forms.IntegerField(label="Opgaver sammen med kommunen", min_value=0, max_value=100_000, initial=0)


class SeminarForm(forms.Form):
    """A seminar or webinar."""

    kind = forms.ChoiceField(label="Slags", choices=Seminar.Kind.choices, widget=forms.RadioSelect)
    title = TextField(label="Emne", max_length=160)
    on = DayField(label="Dag")
    place = TextField(label="Sted", required=False, max_length=160)
    profession = TextField(label="Faggruppe, der kom flest af", required=False, max_length=80)
    count = forms.IntegerField(label="Antal deltagere", required=False, min_value=0, max_value=5000)


class SeminarEditForm(SeminarForm):
    """A seminar that exists, with whom it reached: a pair of fields for each profession, and one more. Without a number it goes."""

    version = VersionField()

    def __init__(self, *args: Any, reach: list[SeminarReach], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        more = (self.fields.pop("profession"), self.fields.pop("count"))
        for number, row in enumerate(reach, start=1):
            self.fields[f"profession_{number}"] = TextField(
                label=f"Faggruppe {number}", required=False, max_length=80, initial=row.profession
            )
            self.fields[f"count_{number}"] = forms.IntegerField(
                label=f"Antal deltagere i faggruppe {number}", required=False, min_value=0, max_value=5000, initial=row.count,
                help_text="Lad feltet stå tomt for at fjerne faggruppen.",
            )  # fmt: skip
        if reach:
            more[0].label, more[1].label = "Endnu en faggruppe", "Antal deltagere i den"
        self.fields["profession"], self.fields["count"] = more

    def clean(self) -> dict[str, Any]:
        """The pairs that have a number, as (profession, municipality, number)."""
        data: dict[str, Any] = super().clean() or {}
        places = [row.municipality for row in self.reach]
        pairs = [(f"profession_{n}", f"count_{n}", place) for n, place in enumerate(places, start=1)] + [
            ("profession", "count", None)
        ]
        found = [
            (data.pop(profession, ""), place, data.pop(count, None)) for profession, count, place in pairs
        ]
        data["reach"] = [
            (profession or "deltagere", place, count) for profession, place, count in found if count
        ]
        return data
