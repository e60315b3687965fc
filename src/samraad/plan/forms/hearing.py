"""Forms of a hearing."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email

from samraad.accounts.models import Organisation
from samraad.look.forms import DayField, ProseField, TextField, VersionField
from samraad.plan.models import Remark


class HearingForm(forms.Form):
    """A hearing's last day and letter."""

    due_on = DayField(label="Svar senest")
    letter = ProseField(label="Følgebrev", rows=6, required=False)


class HearingEditForm(HearingForm):
    """The same of a hearing that has begun."""

    version = VersionField()


class PartyForm(forms.Form):
    """Somebody who is asked."""

    name = TextField(
        label="Part",
        max_length=160,
        help_text="Myndighed, forening eller virksomhed. Skriv ikke navne på personer.",
    )
    email = forms.EmailField(
        label="Mail", required=False, help_text="Parten får et personligt link og behøver ikke login."
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(memberships__isnull=False).distinct(),
        label="Organisation med login",
        required=False,
    )
    paper = forms.BooleanField(label="Får brevet på papir; vi skriver svaret ind", required=False)


class PartiesForm(forms.Form):
    """Many who are asked: a line each, and the municipalities of the district that have people in Samråd."""

    municipalities = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Kommuner med login",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lines = forms.CharField(
        label="Andre parter, én på hver linje",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-input"}),
        max_length=20_000,
        help_text="Navn, semikolon, mail. For eksempel: Rebild Handel; hoering@example.dk. Skriv ikke navne på personer.",
    )
    paper = forms.BooleanField(
        label="Parter uden mail får brevet på papir, og vi skriver deres svar ind", required=False
    )

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = municipalities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`rows`: what each line and each tick says; a line that cannot be asked is named."""
        data: dict[str, Any] = super().clean() or {}
        rows = [{"name": town.name, "organisation": town} for town in data.get("municipalities") or []]
        for number, line in enumerate((data.get("lines") or "").lstrip("\ufeff").splitlines(), start=1):
            if not line.strip():
                continue
            name, _, email = (part.strip() for part in re.sub(r"[;\t]", ";", line, count=1).partition(";"))
            try:
                self._whole(name, email, bool(data.get("paper")))
            except forms.ValidationError as error:
                self.add_error("lines", f"Linje {number}, “{line.strip()[:60]}”: {error.message}")
            rows.append({"name": name, "email": email, "paper": not email})
        names = [row["name"].casefold() for row in rows]
        if twice := next((row["name"] for row in rows if names.count(row["name"].casefold()) > 1), ""):
            self.add_error("lines", f"{twice} står to gange. Slet den ene.")
        if not rows and not self.errors:
            self.add_error("lines", "Skriv mindst én part, eller sæt kryds ved en kommune.")
        return {"rows": rows}

    def _whole(self, name: str, email: str, paper: bool) -> None:
        if not name or len(name) > 160:
            raise forms.ValidationError("Skriv partens navn, højst 160 tegn, før semikolon.")
        if len(email) > 254:
            raise forms.ValidationError("Mailadressen er for lang. Den må højst fylde 254 tegn.")
        if email:
            try:
                validate_email(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(f"“{email}” er ikke en mailadresse.") from error
        elif not paper:
            raise forms.ValidationError("Skriv en mail efter et semikolon, eller sæt kryds ved papir.")


class PartyCorrectForm(forms.Form):
    """A party's name and address put right."""

    name = TextField(
        label="Part",
        max_length=160,
        help_text="Myndighed, forening eller virksomhed. Skriv ikke navne på personer.",
    )
    email = forms.EmailField(
        label="Mail",
        required=False,
        help_text="Parten får et nyt link på mail. Det gamle holder op med at virke.",
    )


class ExtendForm(forms.Form):
    """More time for a party."""

    until = DayField(label="Ny sidste dag")


class RemarkForm(forms.Form):
    """What was done with a remark."""

    outcome = forms.ChoiceField(
        label="Hvad blev der gjort?", choices=Remark.Outcome.choices, widget=forms.RadioSelect
    )
    answer = ProseField(label="Hvorfor?", rows=4, rich=False, required=False, max_length=2000)


class ReplyForm(forms.Form):
    """A reply to a hearing, part by part."""

    whole = ProseField(
        label="Bemærkninger til planen som helhed", rows=5, rich=False, required=False, max_length=20_000
    )
    nothing = forms.BooleanField(label="Ingen bemærkninger", required=False)
    version = VersionField()

    def __init__(self, *args: Any, parts: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[part["key"]] = ProseField(
                label=f"Bemærkning til “{part['title']}”",
                rows=3,
                rich=False,
                required=False,
                max_length=20_000,
            )
