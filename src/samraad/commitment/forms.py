"""Shape of input about commitments and duties."""

from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.commitment.models import Commitment, Duty, Progress
from samraad.council.models import Seat
from samraad.look.forms import DayField, Page, PageForm, ProseField, ReasonForm, TextField, VersionField


class CommitmentForm(PageForm):
    """A commitment: who, what, by when."""

    page = Page(
        "Nyt løfte i {forum}",
        lead="Løftet er et forslag, indtil den ansvarlige har sagt ja.",
        button="Skriv løftet op",
        done="Løftet er skrevet op.",
    )

    text = TextField(label="Hvad skal gøres?")
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Hvem gør det?", required=False)
    owner_seat = forms.ModelChoiceField(
        Seat.objects.none(),
        label="Plads, der svarer",
        required=False,
        help_text="Lad stå tomt, hvis det er organisationens plads i rådet.",
    )
    owner_role = TextField(label="Ansvarlig rolle", required=False, max_length=120)
    outside = forms.BooleanField(label="Ligger hos en myndighed uden for kredsen", required=False)
    due_on = DayField(label="Frist", required=False)
    recurrence = forms.ChoiceField(label="Gentages", choices=Commitment.Recurrence.choices, required=False)
    condition = TextField(
        label="Venter på",
        required=False,
        max_length=200,
        help_text="Hvis løftet først gælder, når noget er sket.",
    )
    origin_text = TextField(label="Besluttet hvor", required=False, max_length=200)
    origin_on = DayField(label="Besluttet den", required=False)
    expected = TextField(
        label="Ventet omfang", required=False, max_length=160, help_text="For eksempel: tre kommuner."
    )
    confirm = forms.BooleanField(label="En anden skal bekræfte, at det er gjort", required=False)

    def __init__(self, *args: Any, owners: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["owner_seat"].queryset = seats  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The seat belongs to the owner."""
        data: dict[str, Any] = super().clean() or {}
        seat = data.get("owner_seat")
        if seat is not None and seat.organisation != data.get("owner"):
            self.add_error(
                "owner_seat",
                f"Pladsen hører til {seat.organisation or 'ingen organisation'}, ikke til den, der gør det.",
            )
        return data


class CorrectionForm(CommitmentForm):
    """The same of a commitment that is written already."""

    page = Page("Ret løftet", button="Gem løftet", done="Løftet er rettet.")

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["origin_text"], self.fields["origin_on"]  # where it was decided stays


class DeclineForm(ReasonForm):
    """Why an owner says no."""

    page = Page(
        "Sig nej til “{commitment}”",
        lead="Grunden bliver læst af rådet.",
        button="Sig nej",
        done="I har sagt nej til løftet.",
    )


class AgainForm(PageForm):
    """A declined commitment in other words."""

    page = Page("Foreslå løftet igen", button="Foreslå igen", done="Løftet er foreslået igen.")

    text = TextField(label="Løftet, som det skal lyde nu")


class ReportForm(PageForm):
    """How a commitment goes."""

    page = Page(
        "Meld status på “{commitment}”",
        button="Meld status",
        done="Status er meldt. Den bliver offentlig, når den bliver frigivet.",
    )

    light = forms.ChoiceField(
        label="Hvordan går det?", choices=Progress.Light.choices, widget=forms.RadioSelect
    )
    text = ProseField(label="Status", rows=4, rich=False, max_length=2000)
    late_because = TextField(label="Hvorfor er det forsinket?", required=False)
    real = TextField(
        label="Det blev til",
        required=False,
        max_length=160,
        help_text="Hvis omfanget blev et andet end ventet.",
    )
    done = forms.BooleanField(label="Det er gjort", required=False)


class DueForm(PageForm):
    """Another date, and why."""

    page = Page("Flyt fristen for “{commitment}”", button="Flyt fristen", done="Fristen er flyttet.")

    due_on = DayField(label="Ny frist")
    reason = TextField(label="Hvorfor bliver fristen flyttet?")
    version = VersionField()


class DropForm(ReasonForm):
    """Why a commitment is let go."""

    page = Page(
        "Lad “{commitment}” udgå",
        button="Lad løftet udgå",
        done="Løftet er udgået. Grunden bliver stående.",
    )


class ConditionForm(PageForm):
    """A condition is met; the date that follows."""

    page = Page(
        "Betingelsen er opfyldt",
        lead="Løftet ventede på: {commitment.condition}.",
        button="Sæt løftet i gang",
        done="Løftet løber nu.",
    )

    due_on = DayField(label="Frist herfra", required=False)


class ExtraMeetingForm(ReasonForm):
    """Why a member wants an extra meeting."""

    page = Page(
        "Bed om et ekstra møde i {forum}",
        lead="Ønsket står på sekretariatets bord, og det skal svare inden 14 dage.",
        button="Send ønsket",
        done="Ønsket er sendt til sekretariatet.",
    )


class DutyForm(PageForm):
    """A standing duty."""

    page = Page(
        "Ny pligt i årshjulet for {forum}", button="Læg pligten ind", done="Pligten står i årshjulet."
    )

    title = TextField(label="Pligt", max_length=160)
    rule = forms.ChoiceField(label="Hvornår", choices=Duty.Rule.choices, widget=forms.RadioSelect)
    month = forms.IntegerField(label="Måned", required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label="Dag", required=False, min_value=1, max_value=31)
    quarter = forms.IntegerField(label="Kvartal", required=False, min_value=1, max_value=4)
    times = forms.IntegerField(label="Gange om året", required=False, min_value=1, max_value=12)
    condition = TextField(label="Betingelse", required=False, max_length=200)
    lead_days = forms.IntegerField(
        label="Mind om den så mange dage før", initial=30, min_value=0, max_value=365
    )
    on_agenda = forms.BooleanField(label="Skal på et mødes dagsorden", required=False, initial=True)
    source = TextField(label="Hvor står det?", required=False, max_length=200)

    NEEDS = {
        Duty.Rule.DATE: ("month", "day"),
        Duty.Rule.QUARTER: ("quarter",),
        Duty.Rule.TIMES: ("times",),
        Duty.Rule.CONDITION: ("condition",),
    }

    def clean(self) -> dict[str, Any]:
        """Each rule has its own fields."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.NEEDS.get(data.get("rule", ""), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Udfyld feltet, når pligten har denne regel.")
        return data


class OccurrenceForm(ReasonForm):
    """Why a duty is taken out of one year."""

    page = Page(
        "Tag “{occurrence}” af årshjulet",
        button="Tag pligten af",
        done="Pligten er taget af i år. Grunden bliver stående.",
    )
