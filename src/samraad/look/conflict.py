"""Two people changed the same thing: what each of them touched, and what stands.

A form that carries a version also carries what its fields held when it was opened. What only one of the two
has changed is kept as that one wrote it; only what both have changed, and differently, is asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from samraad.audit.actions import Stale
from samraad.look.forms import PageForm

CHOICE = "valg-"  # before a field's name: whose text counts in it
THEIRS = "gemt"


@dataclass(frozen=True)
class Settled:
    """What the fields hold when both have been heard.

    values     what stands, by field: mine, or theirs where I touched nothing
    contested  fields that both changed: there it is mine, and somebody has to choose
    theirs     labels of the fields that only the other one changed
    """

    values: Mapping[str, Any]
    contested: list[str]
    theirs: list[str]


def touched(form: PageForm) -> list[str]:
    """The fields of a valid form that hold something else than they began with."""
    if not form.knows_beginning():
        return list(form.changed_data)
    found = []
    for name, value in form.cleaned_data.items():
        if _touched(form, name, value):
            found.append(name)
    return found


def settle(form: PageForm, error: Stale) -> Settled:
    """Put together what was sent and what somebody else saved meanwhile."""
    values, contested, theirs = {}, [], []
    for name, kept in error.held.items():
        sent = error.sent[name]
        values[name] = sent
        if _same(form, name, sent, kept):
            continue
        touched_by_me = _touched(form, name, sent)
        touched_by_them = _touched(form, name, kept)
        if touched_by_me and touched_by_them:
            contested.append(name)
            if not form.knows_beginning() and not sent:
                values[name] = kept  # nothing is opened or emptied by one who may never have touched it
        elif not touched_by_me:
            values[name] = kept
            theirs.append(_label(form, name))
    return Settled(values, contested, theirs)


@dataclass(frozen=True)
class Contested:
    """One field that both changed: what it is called on the page, and both texts."""

    name: str
    label: str
    mine: str
    theirs: str

    @property
    def choice(self) -> str:
        """What the choice between the two is called in the form."""
        return f"{CHOICE}{self.name}"


@dataclass(frozen=True)
class Sides:
    """What a page shows of a conflict: field by field, or all that differs where fields are not known.

    And what is settled already.
    """

    mine: str
    theirs: str
    settled: list[str]
    fields: list[Contested]


def sides(form: PageForm, error: Stale, settled: Settled) -> Sides:
    """Both texts of the fields that both changed; of all that differs, where fields are not known."""
    if not settled.contested:
        return Sides(error.mine, error.theirs, settled.theirs, [])
    fields = []
    for name in settled.contested:
        fields.append(Contested(form.add_prefix(name), _label(form, name), *error.told[name]))
    return Sides("", "", settled.theirs, fields)


def chosen(data: QueryDict) -> QueryDict:
    """What was sent, with what is saved put back into the fields where that was chosen.

    The form carries it: what a field that both changed began with is theirs (`asked_again`).
    """
    out = data
    for key in data:
        if key.startswith(CHOICE) and data[key] == THEIRS:
            out = out.copy()
            name = key.removeprefix(CHOICE)
            out.setlist(name, data.getlist(f"initial-{name}"))
    return out


def asked_again(form: PageForm, error: Stale, settled: Settled, given: Mapping[str, Any]) -> PageForm:
    """The form with what is settled, answering to the version that is kept now.

    A field that both changed holds mine; what it began with is theirs, so that mine counts when it is saved.
    """
    again = type(form)(initial=dict(settled.values) | {"version": error.version}, **given)
    again.began_with = dict(error.held)
    again.cleaned_data = {}
    again.full_clean()
    again.add_error(None, str(error))
    return again


def _label(form: PageForm, name: str) -> str:
    if name not in form.fields:
        return name
    return str(form[name].label)


def _touched(form: PageForm, name: str, value: object) -> bool:
    """Is the value another one than the form began with? Yes, where that is not known."""
    if name not in form.fields or not form.knows_beginning():
        return True
    field = form.fields[name]
    raw = field.hidden_widget().value_from_datadict(form.data, form.files, form.add_initial_prefix(name))
    return not _same(form, name, value, _cleaned(field, raw))


def _same(form: PageForm, name: str, one: object, other: object) -> bool:
    """Are two values of a field the same when they are read as the form reads them?"""
    if name not in form.fields:
        return bool(one == other)
    field = form.fields[name]
    return bool(_comparable(field, one) == _comparable(field, other))


def _comparable(field: forms.Field, value: object) -> object:
    cleaned = _cleaned(field, field.prepare_value(value))
    if isinstance(cleaned, QuerySet):
        return set(cleaned.values_list("pk", flat=True))
    if isinstance(cleaned, list):
        return set(cleaned)
    return cleaned


def _cleaned(field: forms.Field, raw: object) -> object:
    """What the field makes of it; an empty one that must be filled is empty."""
    try:
        return field.clean(raw)
    except ValidationError:
        if raw in field.empty_values:
            return field.to_python(raw)
        return raw
