"""Shape of input about the sections of a plan."""

from django import forms

from samraad.look.forms import Page, PageForm, ProseField, TextField, VersionField

LEVELS = [(1, "Kapitel"), (2, "Afsnit"), (3, "Underafsnit")]


class SectionForm(PageForm):
    """A section."""

    page = Page("Nyt afsnit", done="Afsnittet er tilføjet.")

    number = TextField(label="Nummer", required=False, max_length=12)
    title = TextField(label="Overskrift", max_length=200)
    level = forms.TypedChoiceField(label="Niveau", choices=LEVELS, coerce=int, initial=1)
    body = ProseField(label="Tekst", rows=16, required=False)


class SectionEditForm(PageForm):
    """A section that exists, with the version it was read in."""

    page = Page("Skriv “{section}”", done="Afsnittet er gemt.")

    number = TextField(label="Nummer", required=False, max_length=12)
    title = TextField(label="Overskrift", max_length=200)
    body = ProseField(label="Tekst", rows=18, required=False)
    version = VersionField()


class ChapterForm(SectionEditForm):
    """A chapter of an account with its numbers fetched again, beside the text that stands."""

    page = Page("Hent tallene igen: “{section}”", done="Kapitlet er gemt med de nye tal.")
