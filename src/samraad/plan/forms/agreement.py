"""Forms of the multi-year agreement and its elements."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from manuscript.text import shortened
from samraad.look.forms import Page, PageForm, ProseField, SeveralField, TextField, VersionField
from samraad.plan.models import Element


class NameAndYearsForm(PageForm):
    """What an agreement is called, and the years it runs."""

    title = TextField(label="Aftalens navn", max_length=200)
    from_year = forms.IntegerField(label="Fra år", min_value=2007, max_value=2100, localize=False)
    to_year = forms.IntegerField(label="Til år", min_value=2007, max_value=2100, localize=False)


class AgreementForm(NameAndYearsForm):
    """An agreement that exists, with the version it was read in."""

    page = Page("Ret “{agreement}”", done="Rettelsen er gemt.")

    version = VersionField()


class SuccessorForm(NameAndYearsForm):
    """The agreement that takes over, and which elements go on."""

    page = Page(
        "Ny aftale",
        lead="Den afløser {agreement}, som stadig kan læses.",
        done="Den nye aftale er lagt ind.",
    )

    carry = SeveralField(
        Element.objects.none(),
        label="Elementer, der fortsætter",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new = ProseField(
        label="Nye elementer",
        required=False,
        rich=False,
        rows=4,
        help_text="Et på hver linje. De venter, til de er aktuelle.",
    )

    def __init__(self, *args: Any, elements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carry"].queryset = elements  # type: ignore[attr-defined]
        self.fields["carry"].initial = list(elements)

    def clean_new(self) -> list[str]:
        """One element per line."""
        lines = [line.strip() for line in self.cleaned_data["new"].splitlines()]
        names = list(filter(None, lines))
        for name in names:
            if len(name) > 160:
                raise ValidationError(f"“{shortened(name, 40)}” er for lang. Et element har højst 160 tegn.")
        return names

    def asked(self) -> dict[str, Any]:
        """The elements that go on as a list, in their order."""
        return self.cleaned_data | {"carry": list(self.cleaned_data["carry"])}


def _when() -> TextField:
    return TextField(
        label="Tages op når",
        required=False,
        max_length=200,
        help_text="Betingelsen kommer til at stå i årshjulet, til den er opfyldt.",
    )


class ElementForm(PageForm):
    """The quarter's question about an element of the agreement."""

    page = Page(
        "{element}",
        lead="{element.question_lead}",
        done="Det er gemt. Et element, der er aktuelt nu, står som forslag til kredsrådets næste møde.",
    )

    state = forms.ChoiceField(
        label="Er det aktuelt nu?", choices=Element.State.choices, widget=forms.RadioSelect
    )
    concerns_district = forms.BooleanField(label="Vedrører kredsen", required=False)
    take_up_when = _when()
    version = VersionField()


class ElementAddForm(PageForm):
    """A new element of an agreement."""

    page = Page("Nyt element", button="Tilføj element", done="Elementet står i aftalen.")

    title = TextField(label="Element", max_length=160)
    text = ProseField(label="Hvad det er", rows=3, rich=False, required=False, max_length=2000)
    concerns_district = forms.BooleanField(label="Vedrører kredsen", required=False)
    take_up_when = _when()


class ElementEditForm(PageForm):
    """The words of an element that exists, with the version it was read in."""

    page = Page("Ret “{element}”", done="Rettelsen er gemt.")

    title = TextField(label="Element", max_length=160)
    text = ProseField(label="Hvad det er", rows=3, rich=False, required=False, max_length=2000)
    version = VersionField()
