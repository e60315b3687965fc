"""Shape of input about a plan: begun, read from a file, put on an agenda."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from manuscript.source import MEGABYTES
from samraad.council.models import AgendaItem, Meeting
from samraad.look.danish import dato
from samraad.look.forms import DayField, Page, PageForm, TextField

LAST_DAY = "Sidste dag for lokalrådenes svar"
BEFORE_FEBRUARY = "Lad feltet stå tomt for den 31. januar i planens år: “inden den 1. februar”."


def last_day(data: dict[str, Any]) -> dict[str, Any]:
    """A form's data with the last of January where no last day was written."""
    if data.get("year") and "answers_due_on" in data:
        data["answers_due_on"] = data["answers_due_on"] or date(data["year"], 1, 31)
    return data


class StartForm(PageForm):
    """A new cooperation plan."""

    page = Page(
        "Ny samarbejdsplan",
        button="Begynd planen",
        done="Planen er begyndt som udkast. Lokalrådene kan læse det; "
        "ingen bliver bedt om svar, før planen er offentliggjort.",
    )

    year = forms.IntegerField(label="År", min_value=2007, max_value=2100, localize=False)
    title = TextField(label="Titel", max_length=160)
    answers_due_on = DayField(label=LAST_DAY, required=False, help_text=BEFORE_FEBRUARY)

    def clean(self) -> dict[str, Any]:
        """The day, by itself the last of January in the plan's year."""
        return last_day(super().clean() or {})


READ = (".docx", ".odt", ".rtf", ".pdf", ".html", ".htm", ".txt", ".md")  # how a file that is read may end


class UploadForm(forms.Form):
    """A plan file to be read."""

    upload = forms.FileField(
        label="Fil",
        help_text="PDF, Word (.docx), LibreOffice (.odt), .rtf, webside (.html) eller tekst (.txt, .md), "
        f"højst {MEGABYTES} MB.",
    )

    def clean_upload(self) -> Any:
        """Only the kinds that can be read, and not too big."""
        upload = self.cleaned_data["upload"]
        if upload.size > MEGABYTES * 1024 * 1024:
            raise ValidationError(
                f"Filen fylder {upload.size // 1024 // 1024} MB. Den må højst fylde {MEGABYTES} MB."
            )
        if not upload.name.lower().endswith(READ):
            raise ValidationError(
                "Filen skal være PDF, Word (.docx), LibreOffice (.odt), .rtf, webside (.html) eller tekst "
                "(.txt, .md). Gem den sådan, og prøv igen."
            )
        return upload


class TakeOverForm(forms.Form):
    """What of a parked reading becomes a draft."""

    year = forms.IntegerField(label="Planens år", min_value=2007, max_value=2100, localize=False)
    title = TextField(label="Planens titel", max_length=160)
    answers_due_on = DayField(label=LAST_DAY, required=False, help_text=BEFORE_FEBRUARY)
    chosen = forms.MultipleChoiceField(label="Afsnit", widget=forms.CheckboxSelectMultiple, required=False)
    promises = forms.MultipleChoiceField(label="Løfter", widget=forms.CheckboxSelectMultiple, required=False)
    figures = forms.MultipleChoiceField(label="Tal", widget=forms.CheckboxSelectMultiple, required=False)
    kinds = forms.MultipleChoiceField(
        label="Tag alt med af en slags",
        choices=[("chosen", "Alle afsnit"), ("promises", "Alle løfter"), ("figures", "Alle tal i områderne")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, result: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = {
            "chosen": [str(section["line"]) for section in result["sections"]],
            "promises": [str(place) for place, _ in enumerate(result["commitments"])],
            "figures": [
                str(place)
                for place, row in enumerate(result["figures"])
                if isinstance(row["value"], int | float)
            ],
        }
        for name, values in self.whole.items():
            self.fields[name].choices = [(value, value) for value in values]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The chosen ones as numbers; a kind that is taken whole is all of it."""
        data = last_day(super().clean() or {})
        for name, values in self.whole.items():
            data[name] = [
                int(value) for value in (values if name in data.get("kinds", []) else data.get(name, []))
            ]
        data.pop("kinds", None)
        return data


class AgendaForm(PageForm):
    """On which meeting the plan is discussed."""

    page = Page(
        "Læg planen på en dagsorden",
        button="Læg planen på",
        done="Planen er på dagsordenen {made.meeting.day}.",
    )

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Møde", empty_label=None)

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class DatedItem(forms.ModelChoiceField):
    """A choice of agenda items, each with the day of its meeting."""

    def label_from_instance(self, obj: Any) -> str:
        """ "15. marts 2022: Samarbejdsplan 2023"."""
        return f"{dato(obj.meeting.starts_at)}: {obj}"


class DiscussionForm(PageForm):
    """Which item of a past meeting dealt with the plan."""

    page = Page("Hvor blev planen drøftet?", done="Det er gemt, hvor planen blev drøftet.")

    item = DatedItem(AgendaItem.objects.none(), label="Punkt på et holdt møde", empty_label=None)

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
