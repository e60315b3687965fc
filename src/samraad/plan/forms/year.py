"""Shape of input for the step from one year to the next."""

from typing import Any

from django import forms

from samraad.look.forms import Page, PageForm, SeveralField
from samraad.plan.models import FocusArea, Initiative, Plan, Section


class AccountForm(PageForm):
    """The year of an account."""

    page = Page(
        "Årlig redegørelse",
        lead="Politidirektøren giver hvert år kredsrådet en redegørelse (retsplejelovens § 112). "
        "Kapitlerne bliver fyldt med det, Samråd ved om året; så skriver du videre.",
        button="Begynd redegørelsen",
    )

    year = forms.IntegerField(label="Redegørelse for år", min_value=2007, max_value=2100, localize=False)


class CarryOverForm(PageForm):
    """What goes on into next year."""

    page = Page(
        "Tag med fra {plan.continues}",
        lead="Afsnit og områder bliver kopieret og hænger sammen med sidste års. "
        "Åbne løfter lever videre og følger med deres område. "
        "Indsatser, der er slut, er ikke valgt på forhånd.",
        button="Tag med",
    )

    sections = SeveralField(
        Section.objects.none(), label="Afsnit", widget=forms.CheckboxSelectMultiple, required=False
    )
    areas = SeveralField(
        FocusArea.objects.none(), label="Områder", widget=forms.CheckboxSelectMultiple, required=False
    )
    initiatives = SeveralField(
        Initiative.objects.none(), label="Indsatser", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, last: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("sections", "areas", "initiatives"):
            self.fields[name].queryset = getattr(last, name).all()  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """The chosen ones as lists."""
        return {name: list(chosen) for name, chosen in self.cleaned_data.items()}
