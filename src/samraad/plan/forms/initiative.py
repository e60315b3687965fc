"""Shape of input about initiatives, and the numbers that areas are counted by."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.look.forms import Page, PageForm, ProseField, SeveralField, TextField, VersionField
from samraad.plan.models import FocusArea, Indicator
from samraad.plan.states import Stage


class InitiativeForm(PageForm):
    """A piece of work."""

    page = Page("Ny indsats", done="Indsatsen er tilføjet.")

    title = TextField(label="Indsats", max_length=200)
    area = forms.ModelChoiceField(FocusArea.objects.none(), label="Område", required=False)
    running = forms.BooleanField(label="Den kører i forvejen", required=False)
    text = ProseField(label="Hvad gør I?", rows=5, required=False)
    success_criterion = TextField(
        label="Sådan ses det, at det lykkes", required=False, help_text="Skrives før forsøget begynder."
    )
    target_group = TextField(label="Målgruppe", required=False, max_length=160)
    leads = SeveralField(
        Organisation.objects.none(), label="Tovholdere", widget=forms.CheckboxSelectMultiple, required=False
    )
    partners = TextField(label="Partnere uden login", required=False)

    def __init__(self, *args: Any, areas: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["leads"].queryset = leads  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was typed, those who lead it as a list."""
        return self.cleaned_data | {"leads": list(self.cleaned_data["leads"])}


class InitiativeEditForm(InitiativeForm):
    """A piece of work that exists, with the version it was read in."""

    page = Page("Ret “{initiative}”", done="Indsatsen er gemt.")

    version = VersionField()


class StageForm(PageForm):
    """An initiative's next stage."""

    page = Page(
        "Næste trin for “{initiative}”",
        lead="{initiative.stage_words}",
        button="Gå videre",
        done="Indsatsen er gået videre.",
    )

    stage = forms.ChoiceField(label="Næste trin", widget=forms.RadioSelect)
    verdict = ProseField(label="Hvad viste det sig?", rows=4, rich=False, required=False, max_length=2000)

    def __init__(self, *args: Any, stages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(stage, Stage(stage).label) for stage in stages]
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]


class IndicatorForm(PageForm):
    """How an area is counted."""

    page = Page("Ny måling under “{area}”", done="Målingen er oprettet.")

    name = TextField(label="Hvad tælles?", max_length=160)
    unit = TextField(label="Enhed", max_length=60)
    of_what = TextField(
        label="Ud af", required=False, max_length=120, help_text="For eksempel: alle 7. klasser."
    )
    period = forms.ChoiceField(label="Periode", choices=Indicator.Period.choices)
    baseline = forms.DecimalField(label="Udgangspunkt", required=False, max_digits=12, decimal_places=2)
    target = forms.DecimalField(label="Mål", required=False, max_digits=12, decimal_places=2)
    persons = forms.BooleanField(label="Tæller personer: små tal bliver skjult for andre", required=False)


class MeasureForm(PageForm):
    """A typed number."""

    page = Page("{indicator}", button="Gem tallet", done="Tallet er gemt.")

    municipality = forms.ModelChoiceField(Organisation.objects.none(), label="Kommune", empty_label=None)
    period = forms.RegexField(
        r"^20\d\d(K[1-4]|-(0[1-9]|1[0-2])|/\d\d)?$",
        label="Periode",
        max_length=12,
        help_text="2022, 2022K1, 2022-03 eller skoleåret 2021/22.",
        error_messages={"invalid": "Skriv perioden som 2022, 2022K1, 2022-03 eller 2021/22."},
    )
    value = forms.IntegerField(label="Antal", min_value=0, max_value=10_000_000)
    of = forms.IntegerField(label="Ud af", min_value=0, max_value=10_000_000, required=False)

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]
