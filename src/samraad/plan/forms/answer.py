"""Shape of input about a lokalråd's answers and its own needs."""

from typing import Any

from django import forms

from samraad.look.forms import DayField, Page, PageForm, ProseField, TextField, VersionField
from samraad.plan.models import Answer

CHOICES = [
    (Answer.Kind.INITIATIVE, "Vi laver en indsats"),
    (Answer.Kind.COVERED, "Det er dækket i forvejen"),
    (Answer.Kind.NOT_HERE, "Ikke her"),
]


class AnswerForm(PageForm):
    """A lokalråd's answer to one area; a draft may lack what is needed to send it."""

    page = Page("{area.heading}")
    NEEDED_TO_SEND = ("kind", "text")

    kind = forms.ChoiceField(label="Hvad gør I?", choices=CHOICES, widget=forms.RadioSelect, required=False)
    text = ProseField(
        label="Skriv svaret",
        rows=5,
        required=False,
        help_text="Indsats: hvad gør I? Dækket: hvor står det? Ikke her: hvorfor ikke? "
        "Svaret bliver offentligt med handleplanen.",
    )
    responsible = TextField(
        label="Hvem er ansvarlig?", required=False, max_length=160, help_text="En rolle, ikke et navn."
    )
    due_on = DayField(label="Hvornår er det gjort?", required=False)
    evidence = TextField(
        label="Hvordan kan man se det?", required=False, help_text="Lad stå tomt, hvis I ikke ved det endnu."
    )
    version = VersionField()

    def asked(self) -> dict[str, Any]:
        """What was typed, and which of the two buttons was pressed."""
        return self.cleaned_data | {"send": self.data.get("send") == "1"}


class NeedForm(PageForm):
    """A local need."""

    page = Page(
        "Et lokalt behov",
        lead="Noget, I vil gøre, som ikke står i kredsens plan.",
        done="Behovet står i handleplanen.",
    )

    title = TextField(label="Behov", max_length=160)
    text = ProseField(label="Hvad gør I ved det?", rows=4, required=False)
