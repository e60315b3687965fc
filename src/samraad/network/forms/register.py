"""Shape of input about stations, partners, seminars and what stands around a forum."""

from datetime import time
from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.look.forms import DayField, Page, PageForm, ProseField, TextField, VersionField
from samraad.network.models import Partner, Seminar, SeminarReach, Station, StationHours

CORRECTED = Page("Ret “{thing}”", done="Rettelsen er gemt.")


class HoursForm(PageForm):
    """A station's opening hours; a day without times is closed."""

    page = Page(
        "Åbningstider: {station}",
        lead="Borgerne ser tiderne med det samme, og hvornår de er bekræftet.",
        button="Bekræft tiderne",
        done="Tiderne er bekræftet og offentlige.",
    )

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

    @classmethod
    def held_by(cls, thing: Station) -> dict[str, Any]:
        """What the station has now, and its hours by weekday."""
        held = super().held_by(thing)
        for row in thing.hours.all():
            held[f"opens_{row.weekday}"], held[f"closes_{row.weekday}"] = row.opens, row.closes
        return held

    def clean(self) -> dict[str, Any]:
        """Both times or none."""
        data: dict[str, Any] = super().clean() or {}
        for number, name in StationHours.Weekday.choices:
            if bool(data.get(f"opens_{number}")) != bool(data.get(f"closes_{number}")):
                self.add_error(
                    f"closes_{number}", f"Skriv både åbnetid og lukketid for {name}, eller ingen af dem."
                )
        return data

    def asked(self) -> dict[str, Any]:
        """The version, the words, and the hours as (weekday, opens, closes)."""
        data = self.cleaned_data
        hours: list[tuple[int, time, time]] = []
        for number in StationHours.Weekday.values:
            if data[f"opens_{number}"] is not None:
                hours.append((number, data[f"opens_{number}"], data[f"closes_{number}"]))
        return {
            "hours": hours,
            "phone": data["phone"],
            "officers": data["officers"],
            "version": data["version"],
        }


class PactForm(PageForm):
    """An agreement with an end date."""

    page = Page("Ny aftale", done="Aftalen er skrevet ind.")

    title = TextField(label="Aftale", max_length=160)
    partners = TextField(
        label="Med hvem", help_text="Myndigheder, foreninger, virksomheder; ikke navne på personer."
    )
    text = ProseField(label="Hvad er aftalt?", rows=5, rich=False, required=False, max_length=4000)
    starts_on = DayField(label="Gælder fra")
    ends_on = DayField(label="Gælder til og med")


class PactEditForm(PactForm):
    """An agreement that exists, with the version it was read in."""

    page = CORRECTED

    version = VersionField()


class EventForm(PageForm):
    """An event in the calendar of nightlife."""

    page = Page("Ny begivenhed", done="Begivenheden står i kalenderen.")

    title = TextField(label="Begivenhed", max_length=160)
    on = DayField(label="Fra")
    until = DayField(label="Til og med", required=False)
    place = TextField(label="Sted", max_length=160, required=False)
    expected = forms.IntegerField(label="Ventede gæster", min_value=0, max_value=1_000_000, required=False)
    note = TextField(label="Aftalt indsats", required=False)


class EventEditForm(EventForm):
    """An event that exists, with the version it was read in."""

    page = CORRECTED

    version = VersionField()


class AdviceForm(PageForm):
    """Advice that was given."""

    page = Page("Rådgivning, der er givet", done="Rådgivningen er skrevet ind.")

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

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]


class AdviceEditForm(AdviceForm):
    """Advice that exists, with the version it was read in."""

    page = CORRECTED

    version = VersionField()


class PartnerForm(PageForm):
    """A partner."""

    page = Page("Ny partner", done="Partneren står i listen.")

    municipality = forms.ModelChoiceField(Organisation.objects.none(), label="Kommune")
    kind = forms.ChoiceField(label="Type", choices=Partner.Kind.choices)
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

    page = Page("Ret “{partner}”", done="Rettelsen er gemt.")

    version = VersionField()


class TouchForm(PageForm):
    """A station's contact with a partner."""

    page = Page("{station}: kontakt med en partner", done="Kontakten er skrevet ind.")

    partner = forms.ModelChoiceField(Partner.objects.none(), label="Partner")
    on = DayField(
        label="I kontakt", required=False, help_text="Lad stå tomt, hvis I ikke har talt sammen endnu."
    )
    note = TextField(label="Om hvad", max_length=200, required=False)

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]


class ContactEditForm(TouchForm):
    """A contact that exists; a partner who is off the list may stay so, under the name `gone`."""

    page = Page(
        "Ret kontakten med {contact}",
        lead="Det, der stod før, kan stadig læses ved siden af. "
        "Står der noget om en person, så fjern kontakten, og skriv den ind igen.",
        done="Rettelsen er gemt. Det, der stod før, kan stadig læses.",
    )

    version = VersionField()

    def __init__(self, *args: Any, gone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gone:
            partner: Any = self.fields["partner"]
            partner.required, partner.empty_label = False, f"{gone} (fjernet fra listen)"


class CountForm(PageForm):
    """A month's contacts of a station."""

    page = Page("{station}: månedens henvendelser", done="Tallet er gemt.")

    month = DayField(label="Måned", help_text="En hvilken som helst dag i måneden.")
    citizens = forms.IntegerField(label="Henvendelser fra borgere", min_value=0, max_value=100_000)
    joint = forms.IntegerField(label="Opgaver sammen med kommunen", min_value=0, max_value=100_000, initial=0)


class SeminarForm(PageForm):
    """A seminar or webinar, and the profession that most came from."""

    page = Page("Seminar eller webinar i {forum}", done="Arrangementet er gemt.")

    kind = forms.ChoiceField(label="Type", choices=Seminar.Kind.choices, widget=forms.RadioSelect)
    title = TextField(label="Emne", max_length=160)
    on = DayField(label="Dag")
    place = TextField(label="Sted", required=False, max_length=160)
    profession = TextField(label="Faggruppe, der kom flest af", required=False, max_length=80)
    count = forms.IntegerField(label="Antal deltagere", required=False, min_value=0, max_value=5000)

    def asked(self) -> dict[str, Any]:
        """The seminar, and whom it reached."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "title": data["title"],
            "on": data["on"],
            "place": data["place"],
            "reach": self.reached(),
        }

    def reached(self) -> list[tuple[str, Organisation | None, int]]:
        """The rows that have a number, as (profession, municipality, number)."""
        data = self.cleaned_data
        if not data["count"]:
            return []
        return [(data["profession"] or "deltagere", None, data["count"])]


class SeminarEditForm(SeminarForm):
    """A seminar that exists, with whom it reached: two fields for each profession, and two more.

    A profession without a number goes.
    """

    page = Page("Ret “{seminar}”", done="Rettelsen er gemt.")

    version = VersionField()

    def __init__(self, *args: Any, reach: list[SeminarReach], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        profession, count = self.fields.pop("profession"), self.fields.pop("count")
        for number, row in enumerate(reach, start=1):
            self._ask_of(number, row)
        if reach:
            profession.label, count.label = "Endnu en faggruppe", "Antal deltagere i den"
        self.fields["profession"], self.fields["count"] = profession, count

    def _ask_of(self, number: int, row: SeminarReach) -> None:
        """The profession and the number of a row that is there."""
        self.fields[f"profession_{number}"] = TextField(
            label=f"Faggruppe {number}", required=False, max_length=80, initial=row.profession
        )
        self.fields[f"count_{number}"] = forms.IntegerField(
            label=f"Antal deltagere i faggruppe {number}",
            required=False,
            min_value=0,
            max_value=5000,
            initial=row.count,
            help_text="Lad feltet stå tomt for at fjerne faggruppen.",
        )

    def asked(self) -> dict[str, Any]:
        """The same, with the version."""
        return super().asked() | {"version": self.cleaned_data["version"]}

    def reached(self) -> list[tuple[str, Organisation | None, int]]:
        """The rows that were there and still have a number, then the new one."""
        data = self.cleaned_data
        kept: list[tuple[str, Organisation | None, int]] = []
        for number, row in enumerate(self.reach, start=1):
            if data[f"count_{number}"]:
                profession = data[f"profession_{number}"] or "deltagere"
                kept.append((profession, row.municipality, data[f"count_{number}"]))
        return kept + super().reached()
