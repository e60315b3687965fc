"""What a form says when something is wrong: what would be right, and never the framework's own words."""

from urllib.parse import urlencode

import pytest
from django import forms
from django.http import QueryDict

from samraad.look.forms import DayField, TextField, in_words


class Asks(forms.Form):
    """One of each kind of field."""

    title = TextField(label="Titel", max_length=10)
    on = DayField(label="Dag")
    many = forms.IntegerField(label="Antal", min_value=1, max_value=9)
    share = forms.DecimalField(label="Andel")
    mail = forms.EmailField(label="E-mail")
    site = forms.URLField(label="Adresse", assume_scheme="https")
    kind = forms.ChoiceField(label="Slags", choices=[("a", "A")])
    kinds = forms.MultipleChoiceField(label="Flere", choices=[("a", "A")])
    file = forms.FileField(label="Fil")
    sure = forms.BooleanField(label="Sikker")
    period = forms.CharField(label="Periode", error_messages={"required": "Skriv perioden som 2022."})


def said(**typed: str) -> dict[str, list[str]]:
    form = Asks(QueryDict(urlencode(typed)))
    in_words(form)
    return {name: [str(each) for each in errors] for name, errors in form.errors.items()}


def test_it_says_what_an_empty_field_waits_for() -> None:
    assert said() == {
        "title": ["Feltet er tomt. Skriv noget."],
        "on": ["Skriv en dag, for eksempel 28. februar 2022."],
        "many": ["Skriv et tal."],
        "share": ["Skriv et tal."],
        "mail": ["Feltet er tomt. Skriv noget."],
        "site": ["Feltet er tomt. Skriv noget."],
        "kind": ["Vælg en."],
        "kinds": ["Vælg mindst én."],
        "file": ["Vælg en fil."],
        "sure": ["Sæt fluebenet for at gå videre."],
        "period": ["Skriv perioden som 2022."],
    }


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("title", "x" * 12, "Teksten fylder 12 tegn. Der er plads til 10."),
        ("period", "a\x00b", "Teksten har et tegn, der ikke kan gemmes. Skriv den igen uden."),
        ("many", "to", "Skriv et helt tal, for eksempel 12."),
        ("many", "0", "Skriv mindst 1."),
        ("many", "12", "Skriv højst 9."),
        ("share", "halv", "Skriv et tal, for eksempel 2,5."),
        ("mail", "signe", "Skriv en e-mailadresse, for eksempel navn@kommune.dk."),
        ("site", "ikke en adresse", "Skriv hele adressen, for eksempel https://www.retsinformation.dk."),
        ("kind", "b", "Det, du valgte, findes ikke længere. Vælg igen."),
        ("kinds", "b", "Det, du valgte, findes ikke længere. Vælg igen."),
        ("on", "30. februar 2022", "Datoen findes ikke. Februar 2022 har 28 dage."),
    ],
)
def test_it_says_what_would_be_right(name: str, typed: str, says: str) -> None:
    assert said(**{name: typed})[name][0].startswith(says)
