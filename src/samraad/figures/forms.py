"""Shape of input only."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from samraad.figures.models import Release
from samraad.look.forms import DayField, Page, PageForm, TextField, VersionField, moment_of

READ = (".csv", ".csv.gz", ".gz", ".xlsx", ".xls", ".ods", ".txt")
EIGHT = time(8, 0)
NOW, LATER = "now", "later"


class SourceForm(PageForm):
    """A source that begins."""

    page = Page(
        "Begynd med Danmarks Statistiks tal",
        lead="Kredsens anmeldte forbrydelser, tabellen STRAF11, med de otte serier, som planerne taler om.",
        button="Opret kilden",
        done="Kilden er oprettet. Læg en fil ind i den.",
    )

    contact = TextField(
        label="Hvem spørger man om tallene?",
        max_length=160,
        initial="Analytikeren ved politikredsen",
        help_text="Funktion og eventuelt nummer, ikke navn. Det står ved hvert tal.",
    )


class FileForm(PageForm):
    """A table to be brought in."""

    page = Page(
        "Læg en fil ind: {source}",
        lead="Filen bliver læst og kontrolleret. Kun du og dem, der godkender, ser tallene endnu. "
        "En fil bliver taget hel eller slet ikke.",
        button="Læs filen",
        done="Filen er læst. Se kontrollen, og send den til godkendelse.",
    )

    upload = forms.FileField(
        label="Fil",
        help_text="Som den er hentet i Statistikbanken: .csv, .csv.gz, .xlsx, .xls eller .ods, "
        f"højst {settings.SAMRAAD_UPLOAD_MEGABYTES} MB.",
    )

    def clean_upload(self) -> Any:
        """Only kinds that hold a table, and not too big."""
        upload = self.cleaned_data["upload"]
        limit = settings.SAMRAAD_UPLOAD_MEGABYTES
        if upload.size > limit * 1024 * 1024:
            raise ValidationError(
                f"Filen fylder {upload.size // 1024 // 1024} MB. Den må højst fylde {limit} MB."
            )
        if not upload.name.lower().endswith(READ):
            raise ValidationError(
                "Filen skal være .csv, .csv.gz, .xlsx, .xls eller .ods. "
                "Hent tabellen igen i Statistikbanken som en af dem."
            )
        return upload


class FetchForm(PageForm):
    """A table that is fetched now."""

    page = Page(
        "Hent {source} nu",
        lead="Vi henter hele tabellen hos Danmarks Statistik. Det tager op til et minut. "
        "Kommer den ikke hel, bliver intet gemt.",
        button="Hent tallene",
        done="Hentet. Se kontrollen, og send tallene til godkendelse.",
    )


class SubmitForm(PageForm):
    """A table that is handed in; where older counts differ, one says whose the difference is."""

    page = Page("Send til godkendelse", button="Send til godkendelse", done="Sendt. En anden skal godkende.")

    kind = forms.ChoiceField(
        label="Ældre tal er ændret. Hvorfor?",
        choices=[
            (Release.Kind.REVISION, Release.Kind.REVISION.label),
            (Release.Kind.CORRECTION, Release.Kind.CORRECTION.label),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label="Hvad er ændret?",
        required=False,
        help_text="Det står offentligt.",
    )

    def __init__(self, *args: Any, changed: bool, gone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changed and not gone:
            del self.fields["kind"], self.fields["reason"]
        elif not changed:
            del self.fields["kind"]
            self.fields["reason"].label = "Hvorfor mangler der tal i filen?"
            self.fields["reason"].required = True


class ApproveForm(PageForm):
    """When the figures are public: at once, or from a day and hour."""

    page = Page("Godkend {release}", button="Godkend", done="Godkendt. Offentlig fra {made.public_words}.")

    loses = forms.BooleanField(label="Jeg har set, at tal forsvinder fra de offentlige sider")
    when = forms.ChoiceField(
        label="Hvornår er tallene offentlige?",
        choices=[(NOW, "Med det samme"), (LATER, "På et bestemt tidspunkt")],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = DayField(label="Dag", required=False, help_text="Skal skrives, når det er på et bestemt tidspunkt.")
    hour = forms.TimeField(
        label="Klokken",
        required=False,
        initial=EIGHT,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, gone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not gone:
            del self.fields["loses"]

    def clean(self) -> dict[str, Any]:
        """A later moment has a day; the hour is eight where none was written."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["public_at"] = None
        if data.get("when") == LATER and not self.errors:
            data["public_at"] = self._moment(data)
        return data

    def _moment(self, data: dict[str, Any]) -> datetime | None:
        if data["day"] is None:
            self.add_error("day", "Skriv dagen, for eksempel 11. februar 2022.")
            return None
        try:
            return moment_of(data["day"], data["hour"] or EIGHT)
        except ValidationError as error:
            self.add_error("hour", error)
            return None

    def asked(self) -> dict[str, Any]:
        """The moment (None is at once), and whether it was seen that figures go."""
        loses = self.cleaned_data.get("loses", False)
        return {"public_at": self.cleaned_data["public_at"], "loses": loses}


class RejectForm(PageForm):
    """A table that is thrown away."""

    page = Page(
        "Kassér {release}?",
        lead="Filen bliver ikke brugt. Den samme fil kan lægges ind igen.",
        button="Kassér",
        done="{made.name} er kasseret. Intet af den er offentligt.",
    )


class ReturnForm(PageForm):
    """A table that is sent back."""

    page = Page("Send {release} tilbage", button="Send tilbage", done="Sendt tilbage med din grund.")

    reason = TextField(label="Hvad skal der ses på?")


class WithdrawForm(PageForm):
    """Public figures that are taken down."""

    page = Page(
        "Træk {release} tilbage",
        lead="Tallene forsvinder fra de offentlige sider med det samme, og den udgivelse, der stod før, "
        "gælder igen. Nummer, grund og fingeraftryk bliver stående på listen over rettelser.",
        button="Træk tilbage",
        done="Trukket tilbage.",
    )

    reason = TextField(label="Hvorfor?", help_text="Står offentligt på listen over rettelser.")


class ExpectForm(PageForm):
    """When the next figures come."""

    page = Page("Hvornår kommer de næste tal?", done="Gemt. Det står på de offentlige sider.")

    day = DayField(label="Dag", required=False, help_text="Lad den være tom, når dagen ikke er kendt.")
    hour = forms.TimeField(
        label="Klokken",
        required=False,
        initial=EIGHT,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """The moment that the two say."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["next_at"] = None
        if data.get("day"):
            try:
                data["next_at"] = moment_of(data["day"], data.get("hour") or EIGHT)
            except ValidationError as error:
                self.add_error("hour", error)
        return data

    def asked(self) -> dict[str, Any]:
        """The moment, and the version that was read."""
        return {"next_at": self.cleaned_data["next_at"], "version": self.cleaned_data["version"]}
