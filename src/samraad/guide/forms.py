"""Shape of input only."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.council.models import LegalBasis
from samraad.guide.models import Guide, SharingNote
from samraad.look.forms import DayField, ProseField, TextField, VersionField


class GuideForm(forms.Form):
    """A guide."""

    title = TextField(label="Titel", max_length=160)
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem ejer den?")
    audience = forms.ChoiceField(label="Til hvem?", choices=Guide.Audience.choices)
    public = forms.BooleanField(
        label="Må læses af alle",
        required=False,
        initial=True,
        help_text="Gælder, når vejledningen bliver udgivet næste gang.",
    )
    summary = TextField(label="Hvad hjælper den med?")
    signs = ProseField(label="Tegn at holde øje med", rows=5, required=False)
    body = ProseField(label="Tekst", rows=12)
    call = TextField(
        label="Hvem ringer man til?",
        max_length=200,
        required=False,
        help_text="Funktion og nummer, ikke navne.",
    )
    legal_bases = forms.ModelMultipleChoiceField(
        LegalBasis.objects.all(), label="Hjemmel", widget=forms.CheckboxSelectMultiple, required=False
    )
    review_on = DayField(label="Ses efter senest")

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class GuideEditForm(GuideForm):
    """A guide that exists, with the version it was read in."""

    version = VersionField()


class ReleaseForm(forms.Form):
    """A new edition."""

    note = TextField(label="Hvad er ændret?", required=False)


class ReviewForm(forms.Form):
    """A guide that holds."""

    until = DayField(label="Ses efter igen senest")


class ReasonForm(forms.Form):
    """The questions before one shares."""

    purpose = forms.ChoiceField(
        label="Hvilket samarbejde handler det om?",
        choices=SharingNote.Purpose.choices,
        widget=forms.RadioSelect,
    )
    necessary = ProseField(
        label="Hvorfor er det nødvendigt for samarbejdet?",
        rows=4,
        rich=False,
        required=False,
        max_length=2000,
        help_text="Uden navne og numre.",
    )
    receivers = TextField(
        label="Hvem skal have det?",
        max_length=200,
        required=False,
        help_text="Myndigheder i samarbejdet, ikke personer.",
    )
    less = TextField(label="Kan færre oplysninger gøre det?", required=False)
    choice = forms.ChoiceField(
        label="Hvad gør du?", choices=SharingNote.Choice.choices, widget=forms.RadioSelect
    )
