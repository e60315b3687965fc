"""Shape of input on the one page where the minutes of a meeting are written."""

from collections.abc import Sequence
from typing import Any

from django import forms

from samraad.audit.rooms import Ask
from samraad.council.models import AgendaItem, Decision, ItemAbsence, Seat
from samraad.look.forms import DayField, Page, PageForm, ProseField, SeveralField, VersionField


class ItemMinutesForm(PageForm):
    """What is written of one item: its minute, who was away, and a decision if there is one more."""

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
    ends_on = DayField(label="En henstilling gælder til og med", required=False)
    version = VersionField()

    def __init__(self, *args: Any, item: AgendaItem, seats: Any, asks: Sequence[Ask], **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"punkt-{item.pk}", **kwargs)
        self.item, self.asks = item, asks
        for name in self.ABSENCE:
            self.fields[name].queryset = seats  # type: ignore[attr-defined]
        for ask in asks:
            self.fields |= ask.fields(item)

    @classmethod
    def held_by_item(cls, item: AgendaItem) -> dict[str, Any]:
        """What stands already."""
        away: dict[str, list[int]] = {why: [] for why in ItemAbsence.Why}
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
        asked = [name for ask in self.asks for name in ask.fields(self.item)]
        return self.shown([*self.DECISION, *asked])


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

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = items  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """The outcome, and the items."""
        return {"outcome": self.cleaned_data["outcome"], "items": list(self.cleaned_data["items"])}
