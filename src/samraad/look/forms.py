"""Fields that every room's forms use: text in the HTML subset, a Danish date; errors say what is right."""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.utils import ErrorDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.safestring import SafeString

from manuscript.dates import MONTHS
from manuscript.persons import cpr_like
from manuscript.text import printable
from samraad.documents.prose import is_html, to_html, to_text
from samraad.documents.text import clean


def refuse_cpr(value: str) -> None:
    """Raise when `value` holds something like a CPR number: plans and minutes are no place for it."""
    found = cpr_like(value)
    if found:
        raise ValidationError(
            f"Teksten ligner et CPR-nummer ({found}). Planer og referater må ikke rumme personoplysninger."
            " Fjern det, og gem igen."
        )


# What is wrong and what would be right; the form shows the field's name before it.
EMPTY: list[tuple[type[forms.Field] | tuple[type[forms.Field], ...], str]] = [
    (forms.FileField, "Vælg en fil."),
    (forms.DateField, "Skriv en dag, for eksempel 28. februar 2022."),
    (forms.IntegerField, "Skriv et tal."),
    (forms.BooleanField, "Sæt fluebenet for at gå videre."),
    ((forms.MultipleChoiceField, forms.ModelMultipleChoiceField), "Vælg mindst én."),
    ((forms.ChoiceField, forms.ModelChoiceField), "Vælg en."),
    (forms.Field, "Feltet er tomt. Skriv noget."),
]
WRONG: list[tuple[type[forms.Field] | tuple[type[forms.Field], ...], str]] = [
    (forms.DecimalField, "Skriv et tal, for eksempel 2,5."),
    (forms.IntegerField, "Skriv et helt tal, for eksempel 12."),
    (forms.EmailField, "Skriv en e-mailadresse, for eksempel navn@kommune.dk."),
    (forms.URLField, "Skriv hele adressen, for eksempel https://www.retsinformation.dk."),
]
GONE = "Det, du valgte, findes ikke længere. Vælg igen."
OTHERS = {
    "max_length": "Teksten fylder %(show_value)d tegn. Der er plads til %(limit_value)d.",
    "min_value": "Skriv mindst %(limit_value)s.",
    "max_value": "Skriv højst %(limit_value)s.",
    "invalid_choice": GONE,
    "invalid_pk_value": GONE,
    "null_characters_not_allowed": "Teksten har et tegn, der ikke kan gemmes. Skriv den igen uden.",
}


def in_words(form: forms.BaseForm) -> None:
    """Let a form's fields say what is wrong in the words of this house, where a field has none of its own."""
    for field in form.fields.values():
        usual: dict[str, Any] = {}
        for kind in reversed(type(field).__mro__):
            usual |= getattr(kind, "default_error_messages", {})
        ours = OTHERS | {"required": next(words for kind, words in EMPTY if isinstance(field, kind))}
        ours |= next(({"invalid": words} for kind, words in WRONG if isinstance(field, kind)), {})
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
            field.empty_label = "Vælg" if field.required else "Ingen"
        own = {code: words for code, words in field.error_messages.items() if words is not usual.get(code)}
        field.error_messages |= ours | own


@dataclass(frozen=True)
class Page:
    """The words of a form's page; they may name its things ("Ret “{plan}”"), `done` also what was `made`."""

    title: str = ""
    lead: str = ""
    button: str = "Gem"
    done: str = ""


Choices = Mapping[str, QuerySet[Model]]  # by the field's name
NO_CHOICES: Choices = MappingProxyType({})


class PageForm(forms.Form):
    """A form that says what its page is for."""

    page = Page()

    def __init__(self, *args: Any, choices: Choices = NO_CHOICES, **kwargs: Any) -> None:
        """`choices` are the things from which fields of that name are chosen."""
        super().__init__(*args, **kwargs)
        self.began_with: dict[str, object] = {}
        for name, things in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = things

    @property
    def keeps_draft(self) -> bool:
        """Is there so much to type that it is kept as it is typed?"""
        return any(isinstance(field, ProseField) for field in self.fields.values())

    def unjudged(self) -> Self:
        """The same form, whose fields nobody has tried to save yet."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

    def knows_beginning(self) -> bool:
        """Did the browser send along what the fields held when the form was opened?"""
        return any(key.startswith(self.add_initial_prefix("")) for key in self.data)

    def beginnings(self) -> Iterator[SafeString]:
        """What the fields of a form with a version begin with, unseen: so one knows what was touched."""
        if "version" not in self.fields:
            return
        for bound in self.visible_fields():
            name = bound.name
            if name in self.began_with:
                value = bound.field.prepare_value(self.began_with[name])
                yield bound.field.hidden_widget().render(self.add_initial_prefix(name), value)
            else:
                yield bound.as_hidden(only_initial=True)

    @classmethod
    def held_by(cls, thing: Any) -> dict[str, Any]:
        """What the fields begin with when `thing` is changed: what it holds under the same names."""
        held = {name: getattr(thing, name) for name in cls.base_fields if hasattr(thing, name)}
        return {name: value.all() if hasattr(value, "all") else value for name, value in held.items()}

    def asked(self) -> dict[str, Any]:
        """What the action is called with: what was typed, by the names of the fields."""
        return self.cleaned_data


class TextField(forms.CharField):
    """One line without personal numbers."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)
        self.validators.append(refuse_cpr)

    def to_python(self, value: Any) -> str:
        """The words without control signs, on one line."""
        return " ".join(printable(super().to_python(value) or "").splitlines())


class ProseField(forms.CharField):
    """Several paragraphs, typed with the few signs of `documents.prose` and kept in the HTML subset.

    The browser adds a small toolbar and shows how the text will read, which it asks `look:preview` about.
    """

    LONGEST = 100_000
    SIGNS = (
        "En tom linje giver et nyt afsnit. Skriv - foran et punkt, ## foran en overskrift"
        " og **stjerner** om det, der skal være fedt."
    )

    def __init__(self, *, rows: int = 6, rich: bool = True, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"rows": rows}
        if rich:
            attrs["data-prose"] = reverse_lazy("look:preview")
            kwargs.setdefault("help_text", self.SIGNS)
        kwargs.setdefault("max_length", self.LONGEST)
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)
        self.rich = rich
        self.validators.append(refuse_cpr)

    def to_python(self, value: Any) -> str:
        """The text without control signs; among tags a line break is one."""
        text = super().to_python(value) or ""
        if self.rich and is_html(text):
            text = text.replace("\x0b", "<br>")
        return printable(text)

    def prepare_value(self, value: Any) -> Any:
        """A kept text as it is typed."""
        if self.rich and isinstance(value, str):
            return to_text(value)
        return value

    def clean(self, value: Any) -> str:
        """The cleaned text; in a rich field what was typed becomes HTML, what was pasted with tags stays."""
        text: str = super().clean(value)
        if not self.rich:
            return text
        if not is_html(text):
            text = to_html(text)
        return clean(text)


class PreviewForm(forms.Form):
    """A text that somebody is writing, to see how it will read."""

    text = ProseField(required=False)


class SeveralField(forms.ModelMultipleChoiceField):
    """Several things of the database, chosen by their numbers.

    The database is asked for all the numbers at once, and SQLite stops at one that is longer than its own.
    """

    DIGITS = 18

    def clean(self, value: object) -> QuerySet[Model]:
        """The things, or that one of them is not there."""
        if isinstance(value, list | tuple):
            for each in value:
                self._check_number(each)
        return super().clean(value)

    def _check_number(self, number: object) -> None:
        if len(str(number)) > self.DIGITS:
            raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")


class SeveralFilesInput(forms.FileInput):
    """A file field in which several files are chosen at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or several; each is checked by itself."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: object = None) -> list[object]:
        """The files, in the order in which they were chosen."""
        if not data:
            data = [None]
        found = []
        for file in data:
            found.append(super().clean(file, initial))
        return found


class VersionField(forms.IntegerField):
    """The version of the text that was read, carried along unseen; 0 for one that did not exist yet."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class DayField(forms.DateField):
    """A date written 28-02-2022, 28.2.2022, 28. februar 2022 or chosen; errors say what would be right."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> datetime.date | None:
        """The date, or ValidationError that says what is wrong with it."""
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        found = _parts(str(value).strip().lower())
        if not found:
            raise ValidationError(f"“{value}” er ikke en dato. Skriv for eksempel 28. februar 2022.")
        year, month, day = found
        try:
            found_day = datetime.date(year, month, day)
        except ValueError as error:
            raise ValidationError(_why_not(year, month)) from error
        if not 1990 <= year <= 2100:
            raise ValidationError(f"Året er {year}. Skriv et år mellem 1990 og 2100.")
        return found_day


def moment_of(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    """The moment when it is that time of the day in Denmark; raises ValidationError when it never is.

    The hour that comes twice in October is the first one, summer time.
    """
    naive = datetime.datetime.combine(day, hour)
    moment = timezone.make_aware(naive)
    if timezone.make_naive(moment.astimezone(datetime.UTC)) != naive:
        raise ValidationError(
            f"Klokken bliver aldrig {hour:%H.%M} den {day.day}. {MONTHS[day.month - 1]} {day.year}. "
            "Uret bliver stillet frem fra 2 til 3. Vælg et andet klokkeslæt."
        )
    return moment


def _parts(text: str) -> tuple[int, int, int] | None:
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if danish := re.fullmatch(r"(\d{1,2})[./ -]+(\d{1,2}|[a-zæøå]+)[./ -]+(\d{4})", text):
        return int(danish[3]), _month(danish[2]), int(danish[1])
    return None


def _month(text: str) -> int:
    """The number of a month that is written as a number or a word; 0 for a word that is none."""
    if text.isdigit():
        return int(text)
    for number, name in enumerate(MONTHS, start=1):
        if name.startswith(text[:3]):
            return number
    return 0


def _why_not(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "Datoen findes ikke. Et år har 12 måneder. Skriv for eksempel 28. februar 2022."
    days = monthrange(year, month)[1]
    name = MONTHS[month - 1]
    example = f"Skriv for eksempel {days}. {name} {year}."
    return f"Datoen findes ikke. {name.capitalize()} {year} har {days} dage. {example}"


class ReasonForm(PageForm):
    """A reason that stays to be read."""

    reason = TextField(label="Hvorfor?")
