"""Shape of input about focus areas, and the commitments under them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samraad.accounts.models import Organisation
from samraad.commitment.models import Commitment
from samraad.council.models import Forum
from samraad.look.forms import DayField, Page, PageForm, ProseField, SeveralField, TextField, VersionField
from samraad.plan.models import FocusArea, Section


class AreaForm(PageForm):
    """A focus area or a sub-area."""

    page = Page("{plan.new_area_words}", done="Området er tilføjet.")

    number = TextField(label="Nummer", required=False, max_length=12)
    title = TextField(label="Område", max_length=200)
    short_title = TextField(label="Kort navn til oversigten", required=False, max_length=40)
    section = forms.ModelChoiceField(Section.objects.none(), label="Hører til afsnittet", required=False)
    parent = forms.ModelChoiceField(FocusArea.objects.none(), label="Er en del af", required=False)
    summary = ProseField(label="Hvad går det ud på?", rows=4, required=False)
    addressees = SeveralField(
        Forum.objects.none(),
        label="Hvem skal svare?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="De lokalråd, der får spørgsmålet. Andre står som “ikke adresseret”.",
    )
    outside = TextField(
        label="Ligger også hos", required=False, max_length=160, help_text="For eksempel Vejdirektoratet."
    )

    def __init__(self, *args: Any, sections: Any, parents: Any, fora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["addressees"].queryset = fora  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was typed, the addressees as a list."""
        return self.cleaned_data | {"addressees": list(self.cleaned_data["addressees"])}


class AreaEditForm(AreaForm):
    """A focus area that exists, with the version it was read in."""

    page = Page(
        "Ret “{area}”",
        lead="Lokalråd, der allerede har svaret, bliver bedt om at se på svaret igen.",
        done="Området er gemt.",
    )

    version = VersionField()


class AreaCommitmentForm(PageForm):
    """A commitment that belongs to an area: one that exists, or a new one."""

    page = Page(
        "Løfte under “{area}”",
        lead="I et udkast spørger et løfte ingen. Når planen er offentliggjort, er det et forslag, "
        "indtil den ansvarlige siger ja.",
        done="Løftet hører nu til området.",
    )

    commitment = forms.ModelChoiceField(
        Commitment.objects.none(), label="Et løfte, der er skrevet op", required=False
    )
    text = TextField(label="Eller et nyt: hvad skal gøres?", required=False)
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem gør det?", required=False)
    owner_role = TextField(label="Ansvarlig rolle", required=False, max_length=120)
    due_on = DayField(label="Frist", required=False)

    def __init__(self, *args: Any, commitments: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = commitments  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("commitment") and not data.get("text"):
            raise ValidationError("Vælg et løfte, eller skriv et nyt.")
        return data
