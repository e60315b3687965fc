"""Forms of a project and of the step from one year to the next."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.look.forms import DayField, ProseField, TextField, VersionField


class ProjectForm(forms.Form):
    """A project's frame."""

    also_districts = forms.ModelMultipleChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.DISTRICT),
        label="Andre politikredse, der er med",
        required=False,
    )
    ends_on = DayField(label="Slutter", required=False)
    deliverables = ProseField(
        label="Det leverer projektet", rows=4, rich=False, required=False, max_length=2000
    )
    good_practice = ProseField(
        label="Det kan andre bruge",
        rows=4,
        rich=False,
        required=False,
        max_length=2000,
        help_text="Vises under “Det kan andre bruge”, når planen er offentliggjort.",
    )
    version = VersionField()


class MilestoneForm(forms.Form):
    """A milestone."""

    title = TextField(label="Milepæl", max_length=160)
    due_on = DayField(
        label="Senest", required=False, help_text="En dag fra i dag. Er milepælen nået, må dagen være gået."
    )
    fora = forms.ModelMultipleChoiceField(
        Forum.objects.none(), label="Hvem får et oplæg?", widget=forms.CheckboxSelectMultiple, required=False
    )
    done_on = DayField(label="Nået den", required=False, help_text="Lad stå tomt, til milepælen er nået.")
    result = TextField(label="Hvad kom der ud af det?", required=False)

    def __init__(self, *args: Any, fora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fora"].queryset = fora  # type: ignore[attr-defined]


class MilestoneEditForm(MilestoneForm):
    """A milestone that exists, with the version it was read in."""

    version = VersionField()


class ReachForm(forms.Form):
    """A milestone that was reached."""

    on = DayField(label="Dag")
    result = TextField(label="Hvad kom der ud af det?")


class GrantForm(forms.Form):
    """An application for money."""

    fund = TextField(label="Fond eller pulje", max_length=160)
    models_weighed = TextField(label="Løsninger, der er vejet", required=False)
    amount = forms.IntegerField(label="Beløb i kr.", min_value=0, max_value=2_000_000_000, required=False)
    applied_on = DayField(label="Søgt", required=False)
    answered_on = DayField(label="Svar kom", required=False)
    granted = forms.NullBooleanField(
        label="Bevilget?",
        widget=forms.Select(choices=[("", "venter"), ("true", "ja"), ("false", "nej")]),
        required=False,
    )
    clarified_by = DayField(label="Afklaret senest", required=False)


class GrantEditForm(GrantForm):
    """An application that exists, with the version it was read in."""

    version = VersionField()
