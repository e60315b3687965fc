"""Shape of input about minutes: attendance, what was said and decided, and the one page to write it on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.db.models import QuerySet

from manuscript.text import shortened
from samraad.audit.rooms import Ask
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Decision,
    ItemAbsence,
    Seat,
)
from samraad.look.forms import (
    Choices,
    DayField,
    Page,
    PageForm,
    ProseField,
    ReasonForm,
    SeveralField,
    TextField,
    VersionField,
)

More = Mapping[str, forms.Field]  # what the rooms above ask with a decision


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
    ends_on = DayField(label="Henstillingen gælder til og med", required=False)

    def __init__(self, *args: Any, item: AgendaItem, asks: Sequence[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in asks:
            self.fields |= ask.fields(item)


class DecisionEditForm(PageForm):
    """A decision that exists, with the version it was read in."""

    page = Page("Ret beslutningen på punkt {decision.item.position}", done="Beslutningen er rettet.")

    kind = forms.ChoiceField(label="Type", choices=Decision.Kind.choices, widget=forms.RadioSelect)
    text = ProseField(label="Det blev besluttet", rows=3, rich=False, max_length=1000)
    ends_on = DayField(label="Henstillingen gælder til og med", required=False)
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


class ItemMinutesForm(PageForm):
    """What is written of one item: its minute, who was away, and a decision if there is one more."""

    NOTHING_IS_ASKED_FOR = True  # all of it may wait, so it is not said of each field
    MINUTE = ("outcome", "minute", "subjects")
    ABSENCE = ("out", "partial")
    DECISION = ("text", "kind", "ends_on")

    outcome = forms.ChoiceField(
        label="Udfald", choices=AgendaItem.Outcome.choices, widget=forms.RadioSelect, required=False
    )
    minute = ProseField(label="Referat", required=False, rows=5)
    subjects = forms.MultipleChoiceField(
        label="Faste emner, der blev drøftet",
        choices=AgendaItem.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    out = SeveralField(
        Seat.objects.none(),
        label="Gik ud eller kom til undervejs",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    partial = SeveralField(
        Seat.objects.none(), label="Inhabil", widget=forms.CheckboxSelectMultiple, required=False
    )
    text = ProseField(label="Ny beslutning", rows=2, rich=False, max_length=1000, required=False)
    kind = forms.ChoiceField(label="Type", choices=Decision.Kind.choices, required=False)
    ends_on = DayField(label="Henstillingen gælder til og med", required=False)
    version = VersionField()

    def __init__(
        self,
        *args: Any,
        item: AgendaItem,
        seats: QuerySet[Seat],
        more: Mapping[str, forms.Field],
        **kwargs: Any,
    ) -> None:
        choices: Choices = dict.fromkeys(self.ABSENCE, seats)  # type: ignore[arg-type]
        super().__init__(*args, choices=choices, prefix=f"punkt-{item.pk}", **kwargs)
        named = []  # the seats are asked for once, for all items of the page
        for seat in seats:
            named.append((seat.pk, str(seat)))
        for field in self.fields.values():
            if isinstance(field, SeveralField):
                field.choices = named
        self.item, self.more = item, more
        self.fields |= deepcopy(dict(more))

    def clean(self) -> None:
        """A recommendation has an end, and what follows from a decision has a decision to follow from."""
        super().clean()
        typed = self.cleaned_data.get
        if typed("kind") == Decision.Kind.RECOMMENDATION and typed("text") and not typed("ends_on"):
            self.add_error("ends_on", "En henstilling gælder i en begrænset tid. Skriv, hvornår den slutter.")
        names = ["ends_on", *self.more]
        if not typed("text") and any(map(typed, names)):
            self.add_error("text", "Skriv beslutningen, som det følger af.")

    @classmethod
    def held_by_item(cls, item: AgendaItem) -> dict[str, Any]:
        """What stands already."""
        away: dict[str, list[int]] = defaultdict(list)
        for row in item.absences.all():
            away[row.why].append(row.seat_id)
        return {
            "outcome": item.outcome,
            "minute": item.minute,
            "subjects": item.subjects,
            "out": away[ItemAbsence.Why.OUT],
            "partial": away[ItemAbsence.Why.PARTIAL],
            "kind": Decision.Kind.DECISION,
            "version": item.version,
        }

    def some(self, names: Sequence[str]) -> dict[str, Any]:
        """What was typed in those fields."""
        return {name: self.cleaned_data[name] for name in names}

    def shown(self, names: Sequence[str]) -> list[forms.BoundField]:
        """Those fields, to be drawn."""
        return [self[name] for name in names]

    @property
    def absence_fields(self) -> list[forms.BoundField]:
        """Who was not with the item."""
        return self.shown(self.ABSENCE)

    @property
    def decision_fields(self) -> list[forms.BoundField]:
        """A decision, and what the rooms above ask to follow from it."""
        return self.shown([*self.DECISION, *self.more])


class OutcomesForm(PageForm):
    """The same outcome for several items."""

    page = Page(
        "Sæt samme udfald på flere punkter",
        lead="Kun punkter, der ikke har et udfald, står her.",
        button="Sæt udfaldet",
        done="Udfaldet er sat på {made} punkter.",
    )

    outcome = forms.ChoiceField(
        label="Udfald",
        choices=AgendaItem.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg et udfald."},
    )
    items = SeveralField(AgendaItem.objects.none(), label="Punkter", widget=forms.CheckboxSelectMultiple)

    def asked(self) -> dict[str, Any]:
        """The outcome, and the items."""
        return {"outcome": self.cleaned_data["outcome"], "items": list(self.cleaned_data["items"])}
