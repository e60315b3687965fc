"""Shape of input only; no rules, no save."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from manuscript.source import MEGABYTES
from samraad.accounts.models import Organisation
from samraad.commitment.models import Commitment
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.look.danish import dato
from samraad.look.forms import DayField, ProseField, TextField, VersionField
from samraad.plan.models import FocusArea, Indicator, Section
from samraad.plan.states import Stage

LAST_DAY = "Sidste dag for lokalrådenes svar"
BEFORE_FEBRUARY = "Lad feltet stå tomt for den 31. januar i planens år: “inden den 1. februar”."


def last_day(data: dict[str, Any]) -> dict[str, Any]:
    """A form's data with the last of January where no last day was written."""
    if data.get("year") and "answers_due_on" in data:
        data["answers_due_on"] = data["answers_due_on"] or date(data["year"], 1, 31)
    return data


class StartForm(forms.Form):
    """A new cooperation plan."""

    year = forms.IntegerField(label="År", min_value=2007, max_value=2100, localize=False)
    title = TextField(label="Titel", max_length=160)
    answers_due_on = DayField(label=LAST_DAY, required=False, help_text=BEFORE_FEBRUARY)

    def clean(self) -> dict[str, Any]:
        """The day, by itself the last of January in the plan's year."""
        return last_day(super().clean() or {})


class UploadForm(forms.Form):
    """A plan file to be read."""

    upload = forms.FileField(
        label="Fil", help_text=f"PDF, Word (.docx), webside (.html) eller tekst (.txt), højst {MEGABYTES} MB."
    )

    def clean_upload(self) -> Any:
        """Only the kinds that can be read, and not too big."""
        upload = self.cleaned_data["upload"]
        if upload.size > MEGABYTES * 1024 * 1024:
            raise ValidationError(
                f"Filen fylder {upload.size // 1024 // 1024} MB. Den må højst fylde {MEGABYTES} MB."
            )
        if not upload.name.lower().endswith((".docx", ".txt", ".pdf", ".html", ".htm")):
            raise ValidationError(
                "Filen skal være PDF, Word (.docx), webside (.html) eller tekst (.txt). Gem den sådan, og prøv igen."
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


class ReasonForm(forms.Form):
    """Why something stays as it is."""

    reason = TextField(label="Hvorfor bliver det stående?", max_length=300)


class SectionForm(forms.Form):
    """A section."""

    number = TextField(label="Nummer", required=False, max_length=12)
    title = TextField(label="Overskrift", max_length=200)
    level = forms.TypedChoiceField(
        label="Niveau", choices=[(1, "Kapitel"), (2, "Afsnit"), (3, "Underafsnit")], coerce=int, initial=1
    )
    body = ProseField(label="Tekst", rows=16, required=False)


class SectionEditForm(forms.Form):
    """A section that exists, with the version it was read in."""

    number = TextField(label="Nummer", required=False, max_length=12)
    title = TextField(label="Overskrift", max_length=200)
    body = ProseField(label="Tekst", rows=18, required=False)
    version = VersionField()


class AreaForm(forms.Form):
    """A focus area or a sub-area."""

    number = TextField(label="Nummer", required=False, max_length=12)
    title = TextField(label="Område", max_length=200)
    short_title = TextField(label="Kort navn til oversigten", required=False, max_length=40)
    section = forms.ModelChoiceField(Section.objects.none(), label="Hører til afsnittet", required=False)
    parent = forms.ModelChoiceField(FocusArea.objects.none(), label="Er en del af", required=False)
    summary = ProseField(label="Hvad går det ud på?", rows=4, required=False)
    addressees = forms.ModelMultipleChoiceField(
        Forum.objects.none(),
        label="Hvem skal svare?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="De lokalråd, der får spørgsmålet. Andre står som “ikke adresseret”.",
    )
    outside = TextField(
        label="Ligger også hos", required=False, max_length=160, help_text="For eksempel Vejdirektoratet."
    )

    def __init__(self, *args: Any, sections: Any, parents: Any, fora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["addressees"].queryset = fora  # type: ignore[attr-defined]


class AreaEditForm(AreaForm):
    """A focus area that exists, with the version it was read in."""

    version = VersionField()


class LinkForm(forms.Form):
    """A promise that belongs to an area: one that exists, or a new one."""

    commitment = forms.ModelChoiceField(
        Commitment.objects.none(), label="Et løfte, der er skrevet op", required=False
    )
    text = TextField(label="Eller et nyt: hvad skal gøres?", required=False)
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem gør det?", required=False)
    owner_role = TextField(label="Ansvarlig rolle", required=False, max_length=120)
    due_on = DayField(label="Frist", required=False)

    def __init__(self, *args: Any, commitments: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = commitments  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("commitment") and not data.get("text"):
            raise ValidationError("Vælg et løfte, eller skriv et nyt.")
        return data


class AgendaForm(forms.Form):
    """On which meeting the plan is discussed."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Møde", empty_label=None)

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class DatedItem(forms.ModelChoiceField):
    """A choice of agenda items, each with the day of its meeting."""

    def label_from_instance(self, obj: Any) -> str:
        """ "15. marts 2022: Samarbejdsplan 2023"."""
        return f"{dato(obj.meeting.starts_at)}: {obj}"


class DiscussionForm(forms.Form):
    """Which item of a past meeting dealt with the plan."""

    item = DatedItem(AgendaItem.objects.none(), label="Punkt på et holdt møde", empty_label=None)

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """A release: what was corrected, and from when the public may read it."""

    note = TextField(label="Hvad er rettet siden sidste udgave?", required=False)
    day = DayField(
        label="Offentlig fra den", required=False, help_text="Lad stå tomt for at offentliggøre nu."
    )
    hour = forms.TimeField(
        label="Offentlig fra kl.",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """Join day and hour to `public_from`."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("hour") and not data.get("day"):
            self.add_error("day", "Skriv også dagen.")
        data["public_from"] = None
        if data.get("day"):
            hour = data.get("hour") or datetime.min.time()
            data["public_from"] = timezone.make_aware(datetime.combine(data["day"], hour))
        return data


class WithdrawForm(forms.Form):
    """Why an edition is withdrawn."""

    reason = TextField(label="Hvorfor bliver udgaven trukket tilbage?")


class AnswerForm(forms.Form):
    """A lokalråd's answer to one area; a draft may lack what is needed to send it."""

    NEEDED_TO_SEND = ("kind", "text")

    kind = forms.ChoiceField(
        label="Hvad gør I?",
        choices=[
            ("initiative", "Vi laver en indsats"),
            ("covered", "Det er dækket i forvejen"),
            ("not_here", "Ikke her"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    text = ProseField(
        label="Skriv svaret",
        rows=5,
        required=False,
        help_text="Indsats: hvad gør I? Dækket: hvor står det? Ikke her: hvorfor ikke? Svaret bliver offentligt med handleplanen.",
    )
    responsible = TextField(
        label="Hvem er ansvarlig?", required=False, max_length=160, help_text="En rolle, ikke et navn."
    )
    due_on = DayField(label="Hvornår er det gjort?", required=False)
    evidence = TextField(
        label="Hvordan kan man se det?", required=False, help_text="Lad stå tomt, hvis I ikke ved det endnu."
    )
    version = VersionField()


class NeedForm(forms.Form):
    """A local need."""

    title = TextField(label="Behov", max_length=160)
    text = ProseField(label="Hvad gør I ved det?", rows=4, required=False)


class InitiativeForm(forms.Form):
    """A piece of work."""

    title = TextField(label="Indsats", max_length=200)
    area = forms.ModelChoiceField(FocusArea.objects.none(), label="Område", required=False)
    running = forms.BooleanField(label="Den kører i forvejen", required=False)
    text = ProseField(label="Hvad gør I?", rows=5, required=False)
    success_criterion = TextField(
        label="Sådan ses det, at det lykkes", required=False, help_text="Skrives før forsøget begynder."
    )
    target_group = TextField(label="Målgruppe", required=False, max_length=160)
    leads = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Tovholdere", widget=forms.CheckboxSelectMultiple, required=False
    )
    partners = TextField(label="Partnere uden login", required=False)

    def __init__(self, *args: Any, areas: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["leads"].queryset = leads  # type: ignore[attr-defined]


class InitiativeEditForm(InitiativeForm):
    """A piece of work that exists, with the version it was read in."""

    version = VersionField()


class StageForm(forms.Form):
    """An initiative's next stage."""

    stage = forms.ChoiceField(label="Næste trin", widget=forms.RadioSelect)
    verdict = ProseField(label="Hvad viste det sig?", rows=4, rich=False, required=False, max_length=2000)

    def __init__(self, *args: Any, stages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(stage, Stage(stage).label) for stage in stages]  # type: ignore[attr-defined]


class IndicatorForm(forms.Form):
    """How an area is counted."""

    name = TextField(label="Hvad tælles?", max_length=160)
    unit = TextField(label="Enhed", max_length=60)
    of_what = TextField(
        label="Ud af", required=False, max_length=120, help_text="For eksempel: alle 7. klasser."
    )
    period = forms.ChoiceField(label="Periode", choices=Indicator.Period.choices)
    baseline = forms.DecimalField(label="Udgangspunkt", required=False, max_digits=12, decimal_places=2)
    target = forms.DecimalField(label="Mål", required=False, max_digits=12, decimal_places=2)
    persons = forms.BooleanField(label="Tæller personer: små tal bliver skjult for andre", required=False)


class MeasureForm(forms.Form):
    """A typed number."""

    municipality = forms.ModelChoiceField(Organisation.objects.none(), label="Kommune", empty_label=None)
    period = forms.RegexField(
        r"^20\d\d(K[1-4]|-(0[1-9]|1[0-2])|/\d\d)?$",
        label="Periode",
        max_length=12,
        help_text="2022, 2022K1, 2022-03 eller skoleåret 2021/22.",
        error_messages={"invalid": "Skriv perioden som 2022, 2022K1, 2022-03 eller 2021/22."},
    )
    value = forms.IntegerField(label="Antal", min_value=0, max_value=10_000_000)
    of = forms.IntegerField(label="Ud af", min_value=0, max_value=10_000_000, required=False)

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]
