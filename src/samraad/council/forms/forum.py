"""Shape of input about fora, seats and seminars."""

from typing import Any

from django import forms

from samraad.accounts.forms import YesNoForm
from samraad.accounts.models import Organisation, User
from samraad.council.models import Forum, Function
from samraad.look.forms import DayField, Page, PageForm, ProseField, SeveralField, TextField


class ForumForm(PageForm):
    """What the register says about a forum."""

    page = Page("Nyt forum", button="Tilføj forum", done="Forummet står i listen.")

    name = TextField(label="Navn", max_length=120)
    kind = forms.ChoiceField(label="Type", choices=Forum.Kind.choices)
    level = forms.ChoiceField(label="Niveau", choices=Forum.Level.choices)
    description = ProseField(label="Hvad gør forummet?", rows=3, rich=False, required=False, max_length=2000)
    convenor = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Tovholder", required=False
    )
    parent = forms.ModelChoiceField(Forum.objects.none(), label="Hører under", required=False)
    reports_to = forms.ModelChoiceField(Forum.objects.none(), label="Rapporterer til", required=False)
    municipalities = SeveralField(
        Organisation.objects.none(), label="Dækker", widget=forms.CheckboxSelectMultiple, required=False
    )
    area = TextField(label="Del af kommunen", required=False, max_length=120)
    age_from = forms.IntegerField(label="Fra alder", required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label="Til og med alder", required=False, min_value=0, max_value=120)
    meetings_per_year = forms.IntegerField(label="Møder om året", required=False, min_value=1, max_value=60)
    rhythm = TextField(label="Mødes", required=False, max_length=120)
    public_contact = TextField(label="Hvem man ringer til", required=False, max_length=200)

    def __init__(self, *args: Any, fora: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "reports_to"):
            self.fields[name].queryset = fora  # type: ignore[attr-defined]
        self.fields["municipalities"].queryset = municipalities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ages in order."""
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("age_from"), data.get("age_to")
        if low is not None and high is not None and high < low:
            self.add_error("age_to", "Til-alderen er lavere end fra-alderen.")
        return data


class ForumEditForm(ForumForm):
    """The same of a forum that exists."""

    page = Page("Ret {forum}", button="Gem", done="Forummet er gemt.")


class RulesForm(PageForm):
    """A forum's own rules."""

    page = Page("Regler for {forum}", done="Reglerne er gemt.")

    approval_required = forms.BooleanField(label="Planen skal godkendes, ikke kun drøftes", required=False)
    quorum = forms.IntegerField(
        label="Så mange pladser skal være dækket, før forummet kan beslutte",
        min_value=1,
        max_value=200,
        required=False,
        help_text="Lad stå tomt, hvis det ikke er skrevet ned endnu.",
    )
    notice_days = forms.IntegerField(
        label="Så mange dage før mødet skal dagsordenen være sendt",
        min_value=1,
        max_value=90,
        required=False,
        help_text="Lad stå tomt, hvis det ikke er skrevet ned endnu.",
    )
    objection_days = forms.IntegerField(
        label="Dage til bemærkninger til et referat", min_value=1, max_value=90
    )
    release_mandate_until = DayField(
        label="Sekretariatet må offentliggøre til og med",
        required=False,
        help_text="Lad stå tomt, hvis kun formanden må.",
    )


class StandingItemsForm(PageForm):
    """What stands on every agenda of a forum."""

    page = Page(
        "Faste punkter i {forum}",
        lead="De kan lægges på en tom dagsorden med ét tryk.",
        done="De faste punkter er gemt.",
    )

    standing_items = ProseField(
        label="Punkter", required=False, rich=False, rows=8, max_length=4000, help_text="Ét punkt pr. linje."
    )


class SeatForm(PageForm):
    """A place in a forum."""

    page = Page("Ny plads i {forum}", button="Tilføj pladsen", done="Pladsen er tilføjet.")

    title = TextField(
        label="Plads", max_length=120, help_text="Rollen, ikke navnet: borgmester i Hjørring Kommune."
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Hører til", required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AppointForm(PageForm):
    """Who holds a seat."""

    page = Page(
        "Hvem skal sidde på pladsen “{seat}”?",
        lead="Står personen ikke på listen, skal hun eller han først inviteres af sin organisation.",
        button="Udpeg",
        done="{made.user} {made.said}.",
    )

    user = forms.ModelChoiceField(User.objects.none(), label="Person")
    function = forms.ChoiceField(label="Funktion", choices=Function.choices)
    starts_on = DayField(label="Fra og med")
    ends_on = DayField(label="Til og med", required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class AppointmentAnswerForm(YesNoForm):
    """Yes or no to an appointment that somebody has proposed."""

    page = Page(
        "Skal {appointment.user} sidde på “{appointment.seat}”?",
        lead="{appointment.proposed_by} har foreslået {appointment.user} som {function} i "
        "{appointment.seat.forum}. Siger du ja, får {appointment.user} adgang fra og med {day}. "
        "Siger du nej, bliver forslaget fjernet. De, det angår, får besked.",
        button="Svar",
        done="Dit svar er gemt.",
    )


class EndForm(PageForm):
    """The end of an appointment: nothing is asked, its consequence is told."""

    page = Page(
        "Afslut udpegningen af {appointment.user} til “{appointment.seat}”",
        lead="{appointment.user} mister adgangen til {appointment.seat.forum} ved næste klik. "
        "Løfter og svar bliver ved pladsen. Du kan udpege igen.",
        button="Afslut udpegningen",
        done="Udpegningen er afsluttet. Adgangen er væk ved næste klik.",
    )
