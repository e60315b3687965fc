"""Shape of input about meetings, items and minutes."""

from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Decision,
    Forum,
    Meeting,
    Seat,
)
from samraad.documents.files import look_through
from samraad.look.forms import (
    DayField,
    Page,
    PageForm,
    ProseField,
    ReasonForm,
    SeveralField,
    SeveralFilesField,
    TextField,
    VersionField,
    moment_of,
)


class TimesForm(PageForm):
    """A day and two times of day."""

    MOMENTS: ClassVar = {"begins": "starts_at", "ends": "ends_at"}

    day = DayField(label="Dag")
    begins = forms.TimeField(
        label="Begynder kl.", initial="13:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label="Slutter kl.", initial="15:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """Join day and times to `starts_at` and `ends_at`."""
        data: dict[str, Any] = super().clean() or {}
        if {"day", "begins", "ends"} <= data.keys():
            day, begins, ends = data["day"], data["begins"], data["ends"]
            self._join(day, begins=begins, ends=ends)
            if ends <= begins:
                self.add_error("ends", "Mødet slutter, før det begynder. Ret klokkeslættet.")
        return data

    def _join(self, day: date, **hours: time) -> None:
        for name, hour in hours.items():
            try:
                self.cleaned_data[self.MOMENTS[name]] = moment_of(day, hour)
            except ValidationError as error:
                self.add_error(name, error)

    def asked(self) -> dict[str, Any]:
        """The moments instead of the day and the times."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("day", "begins", "ends")
        }


class MeetingForm(TimesForm):
    """A meeting to be planned."""

    page = Page(
        "Planlæg et møde i {forum}", button="Læg mødet i kalenderen", done="Mødet er planlagt {made.day}."
    )

    form = forms.ChoiceField(label="Mødeform", choices=Meeting.Form.choices)
    place = TextField(label="Sted", required=False, max_length=160)
    offsite = forms.BooleanField(
        label="Ude af huset", required=False, help_text="Ét møde om året holdes ofte i en kommune."
    )
    host = forms.ModelChoiceField(Organisation.objects.none(), label="Vært", required=False)
    wishes_due_on = DayField(label="Ønsker til dagsordenen senest", required=False)

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class SeriesForm(PageForm):
    """The meetings of a year: their days, and one time of day for all."""

    page = Page(
        "Planlæg flere møder i {forum}",
        lead="Hvert møde kan rettes og flyttes for sig bagefter.",
        button="Læg møderne i kalenderen",
        done="{made} møder er planlagt.",
    )

    days = forms.CharField(
        label="Dage",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
        help_text="Én dag pr. linje, for eksempel 15. marts 2022.",
    )
    begins = forms.TimeField(
        label="Begynder kl.", initial="13:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label="Slutter kl.", initial="15:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = TextField(label="Sted", required=False, max_length=160)

    def clean_days(self) -> list[date]:
        """The days, each once and in order."""
        reads = DayField()
        found, problems = set(), []
        for line in self.cleaned_data["days"].splitlines():
            if line.strip():
                try:
                    found.add(reads.clean(line))
                except ValidationError as error:
                    problems += error.messages
        if problems:
            raise ValidationError(problems)
        return sorted(found)

    def clean(self) -> dict[str, Any]:
        """Each day with its hours, as moments."""
        data: dict[str, Any] = super().clean() or {}
        if {"days", "begins", "ends"} <= data.keys():
            try:
                data["times"] = [
                    (moment_of(day, data["begins"]), moment_of(day, data["ends"])) for day in data["days"]
                ]
            except ValidationError as error:
                self.add_error("begins", error)
        return data

    def asked(self) -> dict[str, Any]:
        """When the meetings begin and end, and where they are."""
        return {"times": self.cleaned_data["times"], "place": self.cleaned_data["place"]}


class MeetingEditForm(PageForm):
    """Where and how a planned meeting is held."""

    page = Page("Ret sted og form", done="Mødet er rettet.")

    form = forms.ChoiceField(label="Mødeform", choices=Meeting.Form.choices)
    place = TextField(label="Sted", required=False, max_length=160)
    offsite = forms.BooleanField(label="Ude af huset", required=False)
    host = forms.ModelChoiceField(Organisation.objects.none(), label="Vært", required=False)
    wishes_due_on = DayField(label="Ønsker til dagsordenen senest", required=False)
    version = VersionField()

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class ApologyForm(PageForm):
    """For which seat an apology came."""

    page = Page(
        "Skriv et afbud",
        lead="Pladsens stedfortræder og den, der forbereder for den, får besked.",
        button="Skriv afbuddet",
        done="Afbuddet er skrevet. Stedfortræderen har fået besked.",
    )

    seat = forms.ModelChoiceField(Seat.objects.none(), label="Hvem kommer ikke?")

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]


class MoveForm(TimesForm):
    """Another time, and why."""

    page = Page(
        "Flyt mødet", button="Flyt mødet", done="Mødet er flyttet. Den gamle tid og grunden bliver stående."
    )

    reason = TextField(label="Hvorfor bliver mødet flyttet?")


class CancelForm(PageForm):
    """Why a meeting is cancelled, and where its items go."""

    page = Page("Aflys mødet", button="Aflys mødet", done="Mødet er aflyst.")

    reason = TextField(label="Hvorfor er mødet aflyst?")
    to = forms.ModelChoiceField(
        Meeting.objects.none(), label="Flyt punkterne til", required=False, empty_label="Ingen steder"
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = meetings  # type: ignore[attr-defined]


class PostponeForm(PageForm):
    """To which meeting an item is postponed."""

    page = Page("Udsæt “{item}”", button="Udsæt punktet", done="Punktet er udsat til {made.meeting.day}.")

    to = forms.ModelChoiceField(Meeting.objects.none(), label="Udsæt til", empty_label=None)

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = meetings  # type: ignore[attr-defined]


class ItemForm(PageForm):
    """An agenda item."""

    page = Page("Nyt punkt på dagsordenen", button="Læg punktet på", done="Punktet er lagt på dagsordenen.")

    title = TextField(label="Titel", max_length=200)
    kind = forms.ChoiceField(
        label="Type", choices=AgendaItem.Kind.choices, widget=forms.RadioSelect, initial="discussion"
    )
    text = ProseField(label="Sagsfremstilling", required=False)
    subjects = forms.MultipleChoiceField(
        label="Faste emner",
        choices=AgendaItem.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kredsrådet drøfter fire emner hvert år. Sæt kryds ved dem, punktet hører til.",
    )
    closed = forms.BooleanField(label="Lukket punkt: bliver ikke offentligt", required=False)
    withheld = forms.BooleanField(label="Oplysninger er tilbageholdt af væsentlige hensyn", required=False)


class ItemEditForm(ItemForm):
    """An agenda item that exists, with the version it was read in."""

    page = Page("Ret punkt {item.position}", button="Gem", done="Punktet er gemt.")

    version = VersionField()


class HoldBackForm(PageForm):
    """Whether an item may be told to all."""

    page = Page(
        "Luk punkt {item.position}: {item}",
        lead="Det, der er lukket eller tilbageholdt, står ikke på de offentlige sider og i søgningen."
        " Det gælder også løfter, der er besluttet på punktet.",
        done="Punktet er gemt. De offentlige sider følger med.",
    )

    closed = forms.BooleanField(label="Lukket punkt: bliver ikke offentligt", required=False)
    withheld = forms.BooleanField(label="Oplysninger er tilbageholdt af væsentlige hensyn", required=False)
    version = VersionField()


class PaperForm(PageForm):
    """Papers to an item: one, or several at once."""

    page = Page("Læg bilag på “{item}”", button="Læg bilag på", done="{made} {form.warning}")

    upload = SeveralFilesField(
        label="Fil", help_text="PDF, Word, Excel, billede eller tekst, højst 20 MB hver. Du kan vælge flere."
    )
    title = TextField(
        label="Titel",
        max_length=160,
        required=False,
        help_text="Lad stå tomt for at bruge filens navn. Ved flere filer har hver sit eget navn.",
    )
    warning = ""

    def clean_upload(self) -> Any:
        """Refuse what is not what it says it is; `warning` says whom a file seems to name."""
        files = self.cleaned_data["upload"]
        problems = []
        for file in files:
            look = look_through(file)
            if look.problem:
                problems.append(f"{file.name}: {look.problem}")
            self.warning = look.warning or self.warning
        if problems:
            raise ValidationError(problems)
        return files

    def asked(self) -> dict[str, Any]:
        """The files, and the title of one."""
        return {"uploads": self.cleaned_data["upload"], "title": self.cleaned_data["title"]}


class ForwardForm(PageForm):
    """To which fora an item is sent."""

    page = Page(
        "Send “{item}” til andre fora",
        lead="Hvert forum svarer, hvornår det tog punktet op.",
        button="Send punktet",
        done="Punktet er sendt til {made} fora.",
    )

    fora = SeveralField(Forum.objects.none(), label="Send til", widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label="Behandlet senest", required=False)
    sure = forms.BooleanField(
        label="Punktet er lukket eller tilbageholdt. Ja, medlemmerne af de valgte fora må læse det."
    )

    def __init__(self, *args: Any, fora: Any, told_to_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fora"].queryset = fora  # type: ignore[attr-defined]
        if told_to_all:
            del self.fields["sure"]

    def asked(self) -> dict[str, Any]:
        """To which fora, and by when."""
        return {"fora": self.cleaned_data["fora"], "due_on": self.cleaned_data["due_on"]}


class ForwardAnswerForm(PageForm):
    """When and how a forum dealt with an item sent to it."""

    page = Page(
        "Hvornår tog {forwarding.forum} “{forwarding.item}” op?",
        button="Send svaret",
        done="Svaret er sendt.",
    )

    treated_on = DayField(label="Behandlet den")
    answer = ProseField(label="Hvad blev der sagt?", rows=4, rich=False, required=False, max_length=2000)


class HoldForm(PageForm):
    """Who was there, seat by seat."""

    page = Page(
        "Mødet er holdt: hvem var der?",
        button="Gem fremmødet",
        done="Fremmødet er gemt. Nu kan referatet skrives.",
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=seat.title, choices=Attendance.Presence.choices, initial="present"
            )
        self.fields["chaired_by"] = forms.ChoiceField(
            label="Mødeleder", choices=[(str(seat.pk), seat.title) for seat in seats]
        )
        self.fields["guests"] = ProseField(
            label="Gæster",
            required=False,
            rich=False,
            rows=3,
            max_length=2000,
            help_text="Én rolle pr. linje, ikke navne.",
        )

    def asked(self) -> dict[str, Any]:
        """How each seat was covered, the seat that led the meeting, and the guests, a role a line."""
        data = self.cleaned_data
        by_pk = {str(seat.pk): seat for seat in self.seats}
        roles = [line for line in data["guests"].splitlines() if line.strip()]
        return {
            "presence": {seat: data[f"seat_{seat.pk}"] for seat in self.seats},
            "chaired_by": by_pk.get(data["chaired_by"]),
            "guests": [shortened(role, 160) for role in roles],
        }


class WrittenReplyForm(PageForm):
    """An answer to an item of a written procedure."""

    page = Page(
        "Svar på punkt {item.position}: {item}",
        button="Send svaret",
        done="Svaret er sendt. Du kan ændre det, til behandlingen er afsluttet.",
    )

    agrees = forms.ChoiceField(
        label="Dit svar", choices=[("ja", "Enig"), ("nej", "Ikke enig")], widget=forms.RadioSelect
    )
    text = ProseField(label="Bemærkning", rows=3, rich=False, required=False, max_length=2000)

    def asked(self) -> dict[str, Any]:
        """Whether the seat agrees, and its words."""
        return {"agrees": self.cleaned_data["agrees"] == "ja", "text": self.cleaned_data["text"]}


class MinuteForm(PageForm):
    """An item's minute and outcome."""

    page = Page("Referat af punkt {item.position}: {item}", done="Referatet af punktet er gemt.")

    outcome = forms.ChoiceField(
        label="Udfald",
        choices=AgendaItem.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg et udfald."},
    )
    minute = ProseField(label="Referat", required=False)
    subjects = forms.MultipleChoiceField(
        label="Faste emner, der blev drøftet",
        choices=AgendaItem.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = VersionField()


class DecisionForm(PageForm):
    """A decision on an item; what follows from it is asked by the rooms above."""

    page = Page(
        "Beslutning på punkt {item.position}: {item}",
        lead="Et løfte til en anden myndighed er et forslag, indtil den siger ja.",
        button="Gem beslutningen",
        done="Beslutningen er gemt.",
    )

    kind = forms.ChoiceField(
        label="Type", choices=Decision.Kind.choices, widget=forms.RadioSelect, initial="decision"
    )
    text = ProseField(label="Det blev besluttet", rows=3, rich=False, max_length=1000)
    ends_on = DayField(label="En henstilling gælder til og med", required=False)


class DecisionEditForm(PageForm):
    """A decision that exists, with the version it was read in."""

    page = Page("Ret beslutningen på punkt {decision.item.position}", done="Beslutningen er rettet.")

    kind = forms.ChoiceField(label="Type", choices=Decision.Kind.choices, widget=forms.RadioSelect)
    text = ProseField(label="Det blev besluttet", rows=3, rich=False, max_length=1000)
    ends_on = DayField(label="En henstilling gælder til og med", required=False)
    version = VersionField()


class TakeBackForm(ReasonForm):
    """Why minutes that were sent are taken back."""

    page = Page(
        "Tag referatet tilbage",
        button="Tag referatet tilbage",
        done="Referatet er taget tilbage. Ret det, og send det igen.",
    )


class WithdrawForm(ReasonForm):
    """Why published minutes are taken out of the public."""

    page = Page(
        "Træk den åbne del tilbage",
        lead="Siden bliver stående med din grund i stedet for referatet. I kan offentliggøre den igen.",
        button="Træk tilbage",
        done="Den åbne del er ikke længere offentlig.",
    )


class ObjectionForm(PageForm):
    """An objection to the minutes, listed with them."""

    page = Page(
        "Skriv en bemærkning til referatet",
        button="Send bemærkningen",
        done="Bemærkningen er sendt og står ved referatet.",
    )

    objection = TextField(label="Din bemærkning til referatet")


class ProposalDropForm(ReasonForm):
    """Why a proposal is left off an agenda."""

    page = Page(button="Tag forslaget af", done="Forslaget er taget af. Grunden er gemt.")
