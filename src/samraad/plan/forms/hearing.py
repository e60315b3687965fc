"""Forms of a hearing."""

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.validators import validate_email

from samraad.accounts.models import Organisation
from samraad.look.forms import DayField, Page, PageForm, ProseField, SeveralField, TextField, VersionField
from samraad.plan.models import Remark


class HearingForm(PageForm):
    """A hearing's last day and letter."""

    page = Page(
        "Send {plan} i høring",
        lead="Bagefter vælger du, hvem der skal høres. De læser udkastet, som det står nu, "
        "og svarer del for del. Skriver du videre imens, ser de det ikke.",
        button="Begynd høringen",
        done="Høringen er begyndt. Tilføj dem, der skal høres.",
    )

    due_on = DayField(label="Svar senest")
    letter = ProseField(label="Følgebrev", rows=6, required=False)


class HearingEditForm(HearingForm):
    """The same of a hearing that has begun."""

    page = Page(
        "Ret {hearing}",
        lead="Fristen kan blive senere for alle. De, der ikke har svaret, får det at vide.",
        done="Høringen er rettet.",
    )

    version = VersionField()


class PartyForm(PageForm):
    """Somebody who is asked."""

    page = Page("Hvem skal høres?", button="Tilføj", done="{made.asked_words}")

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


class PartiesForm(PageForm):
    """Many who are asked: a line each, and the municipalities of the district that have people in Samråd."""

    page = Page(
        "Tilføj flere parter",
        lead="Hver part med en mail får sit eget link; en kommune finder høringen på sit bord. "
        "Er der fejl i én linje, bliver ingen spurgt.",
        button="Send i høring",
    )

    municipalities = SeveralField(
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
        help_text="Navn, semikolon, mail. For eksempel: Rebild Handel; hoering@example.dk. "
        "Skriv ikke navne på personer.",
    )
    paper = forms.BooleanField(
        label="Parter uden mail får brevet på papir, og vi skriver deres svar ind", required=False
    )

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = municipalities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`rows`: what each tick and each line says; a line that cannot be asked is named."""
        data: dict[str, Any] = super().clean() or {}
        rows = [{"name": town.name, "organisation": town} for town in data.get("municipalities") or []]
        lines = (data.get("lines") or "").lstrip("\ufeff").splitlines()
        for number, line in enumerate(lines, start=1):
            if line.strip():
                rows.append(self._row(number, line, bool(data.get("paper"))))
        self._refuse_twice(rows)
        if not rows and not self.errors:
            self.add_error("lines", "Skriv mindst én part, eller sæt kryds ved en kommune.")
        return {"rows": rows}

    def _row(self, number: int, line: str, paper: bool) -> dict[str, Any]:
        """Name and address on a line, parted by a semicolon or a tab."""
        named, _, addressed = re.sub(r"[;\t]", ";", line, count=1).partition(";")
        name, email = named.strip(), addressed.strip()
        try:
            _check_party(name, email, paper)
        except forms.ValidationError as error:
            self.add_error("lines", f"Linje {number}, “{line.strip()[:60]}”: {error.message}")
        return {"name": name, "email": email, "paper": not email}

    def _refuse_twice(self, rows: list[dict[str, Any]]) -> None:
        counts = Counter(row["name"].casefold() for row in rows)
        for row in rows:
            if counts[row["name"].casefold()] > 1:
                self.add_error("lines", f"{row['name']} står to gange. Slet den ene.")
                return


def _check_party(name: str, email: str, paper: bool) -> None:
    """Raise ValidationError with what is wrong with a line of the list."""
    if not name or len(name) > 160:
        raise forms.ValidationError("Skriv partens navn, højst 160 tegn, før semikolon.")
    if len(email) > 254:
        raise forms.ValidationError("Mailadressen er for lang. Den må højst fylde 254 tegn.")
    if not email and not paper:
        raise forms.ValidationError("Skriv en mail efter et semikolon, eller sæt kryds ved papir.")
    if email:
        try:
            validate_email(email)
        except forms.ValidationError as error:
            raise forms.ValidationError(f"“{email}” er ikke en mailadresse.") from error


class PartyCorrectForm(PageForm):
    """A party's name and address put right."""

    page = Page(
        "Ret {party}, eller send et nyt link",
        button="Gem og send nyt link",
        done="Parten er rettet. Det gamle link virker ikke mere.",
    )

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


class ExtendForm(PageForm):
    """More time for a party."""

    page = Page("Mere tid til {party}", done="Fristen er udsat, og parten får det at vide på mail.")

    until = DayField(label="Ny sidste dag")


class RemarkForm(PageForm):
    """What was done with a remark."""

    page = Page(
        "Hvad blev der gjort ved bemærkningen fra {remark.party}?",
        lead="{remark.about}: {remark.text}",
        done="Det er gemt og kommer med i høringsnotatet.",
    )

    outcome = forms.ChoiceField(
        label="Hvad blev der gjort?", choices=Remark.Outcome.choices, widget=forms.RadioSelect
    )
    answer = ProseField(label="Hvorfor?", rows=4, rich=False, required=False, max_length=2000)


class ReplyForm(PageForm):
    """A reply to a hearing, part by part."""

    page = Page("Høring: {party.hearing.plan}", button="Send svaret", done="Svaret er modtaget. Tak.")

    whole = ProseField(
        label="Bemærkninger til planen som helhed", rows=5, rich=False, required=False, max_length=20_000
    )
    nothing = forms.BooleanField(label="Ingen bemærkninger", required=False)
    version = VersionField()

    def __init__(self, *args: Any, parts: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [part["key"] for part in parts]
        for part in parts:
            self.fields[part["key"]] = ProseField(
                label=f"Bemærkning til “{part['title']}”",
                rows=3,
                rich=False,
                required=False,
                max_length=20_000,
            )

    def asked(self) -> dict[str, Any]:
        """The remarks by the key of the part they are about, to the whole, or none at all."""
        data = self.cleaned_data
        return {
            "remarks": {key: data[key] for key in self.keys},
            "whole": data["whole"],
            "nothing": data["nothing"],
            "version": data["version"],
        }


class PastedReplyForm(ReplyForm):
    """A reply that came by mail and is pasted in."""

    page = Page("Svar fra {party}, modtaget på mail", button="Gem svaret", done="Svaret er skrevet ind.")
