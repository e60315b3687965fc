"""Shape of input about whom a citizen calls: the words of a worry, and a number."""

import re

from django import forms
from django.core.exceptions import ValidationError

from samraad.look.forms import Page, PageForm, ProseField, TextField, VersionField
from samraad.network.hours import ALWAYS, read_hours
from samraad.network.models import HelpNumber


def check_phone(value: str) -> None:
    """Raise when it is neither a Danish number of eight digits nor a short one such as 114."""
    if re.fullmatch(r"[\d ]+", value) and len(value.replace(" ", "")) in (3, 4, 6, 8):
        return
    raise ValidationError(f"“{value}” er ikke et dansk nummer. Skriv 8 cifre, eller et kort nummer som 114.")


def check_hours(value: str) -> None:
    """Raise when a line of opening hours cannot be read."""
    try:
        read_hours(value)
    except ValueError as error:
        raise ValidationError(
            f"Linjen “{error}” kan ikke læses. Skriv for eksempel: mandag-torsdag 9.00-15.00."
        ) from error


class WorryForm(PageForm):
    """The words of a worry."""

    page = Page(
        "Ret ordene: {worry}",
        lead="Borgerne læser ordene, som de står her. Skriv, som en borger ville sige det.",
        done="Ordene er rettet og offentlige.",
    )

    title = TextField(label="Bekymringen, som en borger ville sige den", max_length=120)
    hint = TextField(label="Et ord mere", max_length=160, required=False)
    where = TextField(
        label="Spørgsmål om sted",
        max_length=80,
        required=False,
        help_text="For eksempel: Hvor bor barnet? Er feltet tomt, er svaret det samme i hele kredsen.",
    )
    where_why = TextField(label="Hvorfor stedet betyder noget", max_length=200, required=False)
    lead = TextField(label="Før man ringer", max_length=240, required=False)
    say = TextField(
        label="Det kan man sige til 114", max_length=200, required=False, help_text="Når intet nummer står."
    )
    steps = ProseField(
        label="Hvad sker der bagefter?",
        rich=False,
        required=False,
        max_length=4000,
        help_text="En linje for hvert skridt: hvad der sker | et ord mere.",
    )
    anonymous = ProseField(label="Kan man være anonym?", rich=False, required=False, max_length=2000, rows=4)
    ready = ProseField(
        label="Godt at have klar",
        rich=False,
        required=False,
        max_length=2000,
        rows=4,
        help_text="En linje for hvert spørgsmål.",
    )
    version = VersionField()


class NumberForm(PageForm):
    """A number that somebody has called up."""

    page = Page(
        "{place}: hvem svarer?",
        lead="Ring nummeret op, før du gemmer. Borgerne ser, at det er kontrolleret i dag, og af hvem.",
        button="Gem, nummeret er ringet op",
        done="Nummeret er offentligt og kontrolleret i dag.",
    )

    name = TextField(
        label="Hvem svarer?", max_length=120, help_text="Et kontor eller en linje; ikke et navn."
    )
    phone = TextField(label="Nummer", max_length=20, validators=[check_phone])
    hint = TextField(label="Et ord mere", max_length=160, required=False)
    hours = ProseField(
        label="Åbningstid",
        rich=False,
        required=False,
        max_length=400,
        rows=4,
        validators=[check_hours],
        help_text=f"En linje for dage, der er ens: mandag-torsdag 9.00-15.00. Eller: {ALWAYS}.",
    )
    closed = TextField(
        label="Når der er lukket",
        max_length=200,
        required=False,
        help_text="For eksempel: Ring 114, og bed om den sociale vagt.",
    )
    online_label = TextField(label="Hvis man hellere vil skrive", max_length=120, required=False)
    online_url = forms.URLField(label="Adressen til det", required=False, assume_scheme="https")
    anonymous = forms.ChoiceField(
        label="Kan man ringe anonymt?", choices=HelpNumber.Anonymous.choices, initial="ask"
    )


class NumberEditForm(NumberForm):
    """A number that stands, with the version it was read in."""

    page = Page(
        "Ret nummeret: {number}",
        lead="Ring nummeret op, før du gemmer. Borgerne ser, at det er kontrolleret i dag, og af hvem.",
        button="Gem, nummeret er ringet op",
        done="Nummeret er rettet og kontrolleret i dag.",
    )

    version = VersionField()
