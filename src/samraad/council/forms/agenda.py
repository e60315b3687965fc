"""Shape of input about an agenda: its items, their papers, what is sent on and left off."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from samraad.council.models import (
    AgendaItem,
    Forum,
    Meeting,
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
)


class OrderForm(forms.Form):
    """The numbers beside the items of an agenda.

    `seen` names the items as they stood on the page; of each, `nr-<id>` is the number that was typed.
    """

    seen = forms.RegexField(r"\A[0-9]{1,18}(,[0-9]{1,18})*\Z", max_length=4000)

    def clean(self) -> dict[str, list[int]]:
        """Both as lists of whole numbers."""
        super().clean()
        seen = self.cleaned_data.get("seen", "").split(",")
        typed = []
        for pk in seen:
            number = self.data.get(f"nr-{pk}", "")
            if not re.fullmatch(r"[0-9]{1,4}", number):
                raise forms.ValidationError("Skriv et helt tal ved hvert punkt.")
            typed.append(number)
        return {"seen": list(map(int, seen)), "typed": list(map(int, typed))}


class PostponeForm(PageForm):
    """To which meeting an item is postponed."""

    page = Page("Udsæt “{item}”", button="Udsæt punktet", done="Punktet er udsat til {made.meeting.day}.")

    to = forms.ModelChoiceField(Meeting.objects.none(), label="Udsæt til", empty_label=None)


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


class GuestForm(PageForm):
    """A guest of one item."""

    page = Page(
        "Inviter en gæst til punkt {item.position}: {item}",
        lead="Gæsten får en mail for sig selv: tid, sted og det ene punkt, intet af resten af dagsordenen."
        " Den går, når dagsordenen bliver sendt ud; er den sendt, går den nu.",
        button="Inviter gæsten",
        done="Gæsten er skrevet på punktet.",
    )

    role = TextField(label="Gæstens rolle", max_length=160, help_text="En rolle, ikke et navn.")
    email = forms.EmailField(
        label="Mailadresse",
        required=False,
        help_text="Bruges kun til invitationen, og bliver slettet, når mødet er holdt.",
    )


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

    page = Page("Tilføj bilag til “{item}”", button="Tilføj bilag", done="{made} {form.warning}")

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

    def clean_upload(self) -> list[UploadedFile]:
        """Refuse what is not what it says it is; `warning` says whom a file seems to name."""
        files: list[UploadedFile] = self.cleaned_data["upload"]
        problems = []
        for file in files:
            look = look_through(file)
            if look.problem:
                problems.append(f"{file.name}: {look.problem}")
            if look.warning:
                self.warning = look.warning
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

    def __init__(self, *args: Any, told_to_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


class ProposalDropForm(ReasonForm):
    """Why a proposal is left off an agenda."""

    page = Page(button="Tag forslaget af", done="Forslaget er taget af. Grunden er gemt.")
