"""The minutes of a meeting on one page: every save takes all items, and goes where it was asked to."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.forms import Field, ModelChoiceField
from django.forms.models import ModelChoiceIterator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from samraad.accounts.middleware import Request
from samraad.accounts.models import User
from samraad.audit.actions import Refused, Stale
from samraad.audit.drafts import draft_of, drop_draft
from samraad.audit.models import Draft
from samraad.audit.rooms import asks, parts
from samraad.council import permissions as may
from samraad.council.actions import minutes as acts
from samraad.council.forms.minutes import ItemMinutesForm, OutcomesForm
from samraad.council.models import AgendaItem, Meeting, Seat
from samraad.council.queries.meeting import meeting_whole
from samraad.council.views.meeting import find_meeting
from samraad.look.conflict import Sides, asked_again, chosen, settle, sides, touched
from samraad.look.danish import antal
from samraad.look.forms import in_words
from samraad.look.pages import TWICE, form_page, once, page_of


@dataclass
class ItemBeingWritten:
    """One item on the page: its form, what somebody else saved meanwhile, and where one goes after it."""

    item: AgendaItem
    form: ItemMinutesForm
    next: AgendaItem | None
    leads: bool = False  # is it the one to write now, whose button is the page's first?
    asked: bool = False  # did one come to the page for it?
    conflict: Sides | None = None

    @property
    def open(self) -> bool:
        """Is it unfolded? The one to write now, and what asks for something."""
        return bool(self.leads or self.form.errors or self.conflict)

    @property
    def is_written(self) -> bool:
        """Does anything stand in the minutes of it?"""
        return bool(self.item.minute or self.item.decisions.all())

    @property
    def is_done(self) -> bool:
        """Has it a text and an outcome?"""
        return self.is_written and bool(self.item.outcome)

    @property
    def state(self) -> list[str]:
        """What stands of it, in words."""
        told = []
        if not self.is_written:
            told.append("intet skrevet endnu")
        told.append(str(self.item.get_outcome_display()) or "udfald mangler")
        if not self.item.told_to_all:
            told.append("lukket")
        decided = len(self.item.decisions.all())
        if decided:
            told.append(antal(decided, "beslutning,beslutninger"))
        if self.item.absences.all():
            told.append(antal(len(self.item.absences.all()), "ikke med,ikke med"))
        return told

    @property
    def next_words(self) -> str:
        """What the button says that saves and goes on."""
        return (
            f"Gem og gå til punkt {self.next.position}" if self.next else "Gem og se, hvad der bliver sendt"
        )


@page_of(find_meeting, may.write_minutes)
def write(request: Request, meeting: Meeting) -> HttpResponse:
    """Write the minutes of all items on one page."""
    whole = meeting_whole(meeting.pk).get()
    draft = draft_of(request.user, request.path)
    rows = _rows(request, whole, draft)
    status = 200
    if request.method == "POST":
        status = _try_to_save(request, rows)
        if status == 302:
            return HttpResponseRedirect(_onwards(request, whole))
    context = {
        "title": "Referat",
        "meeting": whole,
        "rows": rows,
        "written": _how_far(rows),
        "writes": any(row.leads for row in rows),
        "attended": _attended(whole),
        "quorum": _quorum(whole),
        "parts": parts("council.meeting", whole, request.user),
        "draft": draft,
        "token": uuid.uuid4(),
        "crumbs": [*whole.above(), (str(whole), whole.get_absolute_url())],
        "may": {},
    }
    return render(request, "council/minutes.html", context, status=status)


def _try_to_save(request: Request, rows: Sequence[ItemBeingWritten]) -> int:
    """Save all items or none, and say so; 422 or 409 when something must be mended or chosen first."""
    if not all(row.form.is_valid() for row in rows):
        return 422
    try:
        _, first = once(request, lambda: _save(rows, request.user))
    except Stale:
        return 409
    except Refused as error:
        messages.error(request, str(error))
        return 422
    if first:
        drop_draft(place=request.path, by=request.user)
    messages.success(request, "Referatet er gemt." if first else TWICE)
    return 302


def _rows(request: Request, meeting: Meeting, draft: Draft | None) -> list[ItemBeingWritten]:
    """The items with their forms: as they stand, as they were sent, or as they lie in the draft."""
    items = list(meeting.items.all())
    seats = Seat.objects.filter(pk__in=meeting.covered_seats())
    rows = []
    more = _more(items[:1])
    for item, following in zip(items, [*items[1:], None], strict=True):
        form = _form(request, item, partial(ItemMinutesForm, item=item, seats=seats, more=more), draft)
        in_words(form)
        asked = request.GET.get("punkt") == str(item.pk)
        rows.append(ItemBeingWritten(item, form, following, asked=asked))
    _lead(rows)
    return rows


def _lead(rows: Sequence[ItemBeingWritten]) -> None:
    """Unfold one item: what one came for, else the first that has no text, else the first without outcome."""
    if rows:
        first = min(rows, key=lambda row: (not row.asked, row.is_written, row.is_done))
        first.leads = not first.is_done
        if first.asked:
            first.leads = True


def _how_far(rows: Sequence[ItemBeingWritten]) -> str:
    """How many of the items are written, and how many have no outcome yet."""
    written = sum(row.is_written for row in rows)
    told = f"{written} af {antal(len(rows), 'punkt,punkter')} er skrevet."
    undecided = sum(not row.item.outcome for row in rows)
    if undecided:
        told = f"{told} {undecided} mangler et udfald."
    return told


def _more(items: Sequence[AgendaItem]) -> dict[str, Field]:
    """What the rooms above ask with a decision; its choices are asked for once, for all items."""
    more: dict[str, Field] = {}
    for item in items:
        for ask in asks("council.decision"):
            more |= ask.fields(item)
    for field in more.values():
        if isinstance(field, ModelChoiceField):
            field.choices = list(ModelChoiceIterator(field))
    return more


def _form(
    request: Request, item: AgendaItem, form: Callable[..., ItemMinutesForm], draft: Draft | None
) -> ItemMinutesForm:
    held = ItemMinutesForm.held_by_item(item)
    if request.method == "POST":
        return form(chosen(request.POST), initial=held)
    if draft is not None and "kladde" in request.GET:
        return form(draft.fields, initial=held).unjudged()
    return form(initial=held)


def _save(rows: Sequence[ItemBeingWritten], user: User) -> None:
    """Save what was touched, item by item.

    Raises Stale when somebody else touched the same: then nothing is saved, and those rows have a conflict.
    """
    stale: Stale | None = None
    for row in rows:
        form = row.form
        changed = set(touched(form))
        if changed & set(form.ABSENCE):
            acts.note_absence(item=row.item, by=user, **_seats(form))
        if form.cleaned_data["text"]:
            _decide(form, user)
        if changed & set(form.MINUTE):
            try:
                _write(row, user)
            except Stale as error:
                stale = error
    if stale is not None:
        raise stale


def _seats(form: ItemMinutesForm) -> dict[str, list[Seat]]:
    return {name: list(form.cleaned_data[name]) for name in form.ABSENCE}


def _decide(form: ItemMinutesForm, user: User) -> None:
    decision = acts.decide(item=form.item, by=user, **form.some(form.DECISION))
    for ask in asks("council.decision"):
        ask.run(decision, form.cleaned_data, user)


def _write(row: ItemBeingWritten, user: User) -> None:
    """Save the minute; what only one of two touched is kept, what both did waits for a choice."""
    form = row.form
    asked = form.some(form.MINUTE) | {"version": form.cleaned_data["version"]}
    try:
        acts.write_minute(item=row.item, by=user, **asked)
    except Stale as error:
        settled = settle(form, error)
        if not settled.contested:
            asked = dict(settled.values) | {"version": error.version}
            acts.write_minute(item=row.item, by=user, **asked)
            return
        row.conflict = sides(form, error, settled)
        seats = form.fields["out"].queryset  # type: ignore[attr-defined]
        given = {"item": form.item, "seats": seats, "more": form.more}
        row.form = asked_again(form, error, settled, given)  # type: ignore[assignment]
        in_words(row.form)
        raise


def _onwards(request: Request, meeting: Meeting) -> str:
    """Where the button that was pressed leads: to an item, or to what is about to be sent."""
    where = request.POST.get("gem", "")
    if where == "send":
        return reverse("council:minutes_send", args=[meeting.forum.district.slug, meeting.pk])
    return f"{request.path}?punkt={where}#punkt-{where}" if where.isdecimal() else request.path


def _attended(meeting: Meeting) -> str:
    """How many seats were covered, and who led."""
    told = f"{len(meeting.covered_seats())} af {len(meeting.attendance.all())} pladser var dækket."
    if meeting.chaired_by is not None:
        told = f"{told} Mødeleder: {meeting.chaired_by}."
    return told


def _quorum(meeting: Meeting) -> str:
    """Whether the forum could decide, in words."""
    covered = len(meeting.covered_seats())
    least = meeting.forum.quorum
    if least is None:
        return "Hvor mange der skal være til stede for at beslutte, er ikke skrevet endnu."
    if covered < least:
        return f"Forummet kunne ikke beslutte: {covered} pladser var dækket, og der skal være mindst {least}."
    return f"Forummet kunne beslutte: mindst {least} pladser skal være dækket."


@page_of(find_meeting, may.write_minutes)
def outcomes(request: Request, meeting: Meeting) -> HttpResponse:
    """Give several items the same outcome."""
    return form_page(
        request,
        OutcomesForm,
        acts.set_outcomes,
        meeting=meeting,
        given={"choices": {"items": meeting.items.filter(outcome="")}},
        back=reverse("council:minutes", args=[meeting.forum.district.slug, meeting.pk]),
    )
