"""Forms of a project and of the step from one year to the next."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.look.forms import DayField, Page, PageForm, ProseField, SeveralField, TextField, VersionField


class ProjectForm(PageForm):
    """A project's frame."""

    page = Page("“{initiative}” som projekt", done="Rammen er gemt.")

    also_districts = SeveralField(
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

    def asked(self) -> dict[str, Any]:
        """The other districts as a list."""
        return self.cleaned_data | {"also_districts": list(self.cleaned_data["also_districts"])}


class MilestoneForm(PageForm):
    """A milestone."""

    page = Page("Ny milepæl", done="Milepælen er sat.")

    title = TextField(label="Milepæl", max_length=160)
    due_on = DayField(
        label="Senest", required=False, help_text="En dag fra i dag. Er milepælen nået, må dagen være gået."
    )
    fora = SeveralField(
        Forum.objects.none(), label="Hvem får et oplæg?", widget=forms.CheckboxSelectMultiple, required=False
    )
    done_on = DayField(label="Nået den", required=False, help_text="Lad stå tomt, til milepælen er nået.")
    result = TextField(label="Hvad kom der ud af det?", required=False)

    def __init__(self, *args: Any, fora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fora"].queryset = fora  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """The fora as a list."""
        return self.cleaned_data | {"fora": list(self.cleaned_data["fora"])}


class MilestoneEditForm(MilestoneForm):
    """A milestone that exists, with the version it was read in."""

    page = Page("Ret “{milestone}”", done="Rettelsen er gemt.")

    version = VersionField()


class ReachForm(PageForm):
    """A milestone that was reached."""

    page = Page("Milepæl nået: {milestone}", done="Milepælen er nået. {made.done_words}")

    on = DayField(label="Dag")
    result = TextField(label="Hvad kom der ud af det?")


class GrantForm(PageForm):
    """An application for money."""

    page = Page("Penge til projektet", done="Ansøgningen er gemt.")

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
