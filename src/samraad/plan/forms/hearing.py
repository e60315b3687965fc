"""Forms of a hearing."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.documents.forms import DayField, ProseField, TextField, VersionField
from samraad.plan.models import Remark


class HearingForm(forms.Form):
    """A hearing's last day and letter."""

    due_on = DayField(label="Svar senest")
    letter = ProseField(label="Følgebrev", rows=6, required=False)


class PartyForm(forms.Form):
    """Somebody who is asked."""

    name = TextField(label="Part", max_length=160, help_text="Myndighed, forening eller virksomhed. Skriv ikke navne på personer.")
    email = forms.EmailField(label="Mail", required=False, help_text="Parten får et personligt link og behøver ikke login.")
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(memberships__isnull=False).distinct(), label="Organisation med login", required=False
    )


class PartyCorrectForm(forms.Form):
    """A party's name and address put right."""

    name = TextField(label="Part", max_length=160, help_text="Myndighed, forening eller virksomhed. Skriv ikke navne på personer.")
    email = forms.EmailField(label="Mail", required=False, help_text="Parten får et nyt link på mail. Det gamle holder op med at virke.")


class ExtendForm(forms.Form):
    """More time for a party."""

    until = DayField(label="Ny sidste dag")


class RemarkForm(forms.Form):
    """What was done with a remark."""

    outcome = forms.ChoiceField(label="Hvad blev der gjort?", choices=Remark.Outcome.choices, widget=forms.RadioSelect)
    answer = ProseField(label="Hvorfor?", rows=4, rich=False, required=False, max_length=2000)


class ReplyForm(forms.Form):
    """A reply to a hearing, part by part."""

    whole = ProseField(label="Bemærkninger til planen som helhed", rows=5, rich=False, required=False, max_length=20_000)
    nothing = forms.BooleanField(label="Ingen bemærkninger", required=False)
    version = VersionField()

    def __init__(self, *args: Any, parts: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[part["key"]] = ProseField(
                label=f"Bemærkning til “{part['title']}”", rows=3, rich=False, required=False, max_length=20_000
            )
