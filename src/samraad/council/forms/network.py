"""What goes on around the fora: shape of input."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.council.models import Partner
from samraad.look.forms import DayField, ProseField, TextField, VersionField


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
