"""Forms of the multi-year agreement and its elements."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from manuscript.text import shortened
from samraad.look.forms import ProseField, TextField, VersionField
from samraad.plan.models import Element


class AgreementForm(forms.Form):
    """An agreement that exists, with the version it was read in."""

    title = TextField(label="Aftalens navn", max_length=200)
    from_year = forms.IntegerField(label="Fra år", min_value=2007, max_value=2100, localize=False)
    to_year = forms.IntegerField(label="Til år", min_value=2007, max_value=2100, localize=False)
    version = VersionField()


class SuccessorForm(forms.Form):
    """The agreement that takes over, and which elements go on."""

    title = TextField(label="Aftalens navn", max_length=200)
    from_year = forms.IntegerField(label="Fra år", min_value=2007, max_value=2100, localize=False)
    to_year = forms.IntegerField(label="Til år", min_value=2007, max_value=2100, localize=False)
    carry = forms.ModelMultipleChoiceField(
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
        names = [line.strip() for line in self.cleaned_data["new"].splitlines() if line.strip()]
        if long := [name for name in names if len(name) > 160]:
            raise ValidationError(f"“{shortened(long[0], 40)}” er for lang. Et element har højst 160 tegn.")
        return names


class ElementForm(forms.Form):
    """The quarter's question about an element of the agreement."""

    state = forms.ChoiceField(
        label="Er det aktuelt nu?", choices=Element.State.choices, widget=forms.RadioSelect
    )
    concerns_district = forms.BooleanField(label="Vedrører kredsen", required=False)
    take_up_when = TextField(
        label="Tages op når",
        required=False,
        max_length=200,
        help_text="Betingelsen kommer til at stå i årshjulet, til den er opfyldt.",
    )
    version = VersionField()


class ElementAddForm(forms.Form):
    """A new element of an agreement."""

    title = TextField(label="Element", max_length=160)
    text = ProseField(label="Hvad det er", rows=3, rich=False, required=False, max_length=2000)
    concerns_district = forms.BooleanField(label="Vedrører kredsen", required=False)
    take_up_when = TextField(
        label="Tages op når",
        required=False,
        max_length=200,
        help_text="Betingelsen kommer til at stå i årshjulet, til den er opfyldt.",
    )


class ElementEditForm(forms.Form):
    """The words of an element that exists, with the version it was read in."""

    title = TextField(label="Element", max_length=160)
    text = ProseField(label="Hvad det er", rows=3, rich=False, required=False, max_length=2000)
    version = VersionField()
