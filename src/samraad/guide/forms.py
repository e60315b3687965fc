"""Shape of input only."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.council.models import LegalBasis
from samraad.guide.models import Guide, SharingNote
from samraad.look.forms import DayField, Page, PageForm, ProseField, SeveralField, TextField, VersionField


class GuideForm(PageForm):
    """A guide."""

    page = Page("Ny vejledning", done="Vejledningen er en kladde, til den bliver udgivet.")

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
    legal_bases = SeveralField(
        LegalBasis.objects.all(), label="Hjemmel", widget=forms.CheckboxSelectMultiple, required=False
    )
    review_on = DayField(label="Gennemgås senest")

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was typed, the rules as a list."""
        return self.cleaned_data | {"legal_bases": list(self.cleaned_data["legal_bases"])}


class GuideEditForm(GuideForm):
    """A guide that exists, with the version it was read in."""

    page = Page("Skriv “{guide}”", done="Gemt. Læserne ser den udgave, der er udgivet.")

    version = VersionField()

    def __init__(self, *args: Any, released: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if released:  # its readers see the day: from now on it is confirmed, not drafted
            del self.fields["review_on"]


class ReleaseForm(PageForm):
    """A new edition; the first one has nothing that is changed."""

    page = Page("Udgiv “{guide}”", button="Udgiv", done="Udgivet som udgave {made.number}.")

    note = TextField(label="Hvad er ændret?", required=False)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["note"]


class ReviewForm(PageForm):
    """A guide that holds."""

    page = Page(
        "“{guide}” er set efter og holder", button="Gem dagen", done="Gemt. Du bliver mindet om den igen."
    )

    until = DayField(label="Gennemgås igen senest")


class SharingForm(PageForm):
    """The questions before one shares."""

    page = Page(
        "Må det deles?",
        lead="Samråd afgør det ikke. Spørgsmålene hjælper dig til selv at afgøre det, "
        "og din begrundelse bliver gemt uden navne.",
        button="Gem begrundelsen",
        done="{made} er gemt. Skriv nummeret i din egen journal. {made.reminder}",
    )

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
