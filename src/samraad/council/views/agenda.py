"""Pages of an agenda: its items, their papers, and what is sent on to other fora."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from manuscript.text import plain
from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council import permissions as may
from samraad.council.actions import agenda as acts
from samraad.council.actions import guest as guests
from samraad.council.forms.agenda import (
    ForwardAnswerForm,
    ForwardForm,
    GuestForm,
    ItemEditForm,
    ItemForm,
    OrderForm,
    PaperForm,
    PostponeForm,
)
from samraad.council.models import AgendaItem, Forum, Forwarding, Guest, Meeting, Paper
from samraad.council.views.meeting import find_meeting
from samraad.look.pages import act, button_of, form_page, page_of


def find_item(request: Request, district: Organisation, pk: int) -> AgendaItem:
    """The agenda item, if the person belongs to its forum."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__forum__district"), pk=pk)
    find_meeting(request, district, item.meeting_id)
    return item


def find_paper(request: Request, district: Organisation, pk: int) -> Paper:
    """The paper, if the person belongs to the forum of its meeting."""
    found = get_object_or_404(Paper.objects.select_related("item__meeting__forum__district"), pk=pk)
    find_meeting(request, district, found.item.meeting_id)
    return found


def find_forwarding(request: Request, district: Organisation, pk: int) -> Forwarding:
    """What was sent to a forum that the person belongs to."""
    rows = Forwarding.objects.select_related("forum__district", "item")
    sent = get_object_or_404(rows, pk=pk, forum__district=district)
    if not may.see_inside.allows(request.user, sent.forum):
        raise Http404
    return sent


@page_of(find_meeting, may.edit_agenda)
def item_add(request: Request, meeting: Meeting) -> HttpResponse:
    """Put an item on the acts."""
    lead = ""
    if meeting.is_called:
        lead = "Dagsordenen er sendt ud. Punktet kommer på en tillægsdagsorden."
    return form_page(request, ItemForm, acts.add_item, meeting=meeting, words={"lead": lead}, back=meeting)


@page_of(find_item, may.edit_agenda, of="meeting")
def item_edit(request: Request, item: AgendaItem) -> HttpResponse:
    """Change an item."""
    return form_page(request, ItemEditForm, acts.edit_item, item=item, of=item, back=item.meeting)


@button_of(find_item)
def item_move(request: Request, item: AgendaItem, way: str) -> HttpResponse:
    """Move an item up or down."""
    return act(
        request,
        acts.move_item,
        item=item,
        up=way == "op",
        done=_place_now,
        back=item.get_absolute_url(),
    )


@require_POST
@page_of(find_meeting, may.order_agenda)
def agenda_order(request: Request, meeting: Meeting) -> HttpResponse:
    """Put the items in the order of the numbers that stand beside them."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Skriv et helt tal ved hvert punkt. Rækkefølgen er ikke ændret.")
        return redirect(meeting)
    return act(
        request,
        acts.order_agenda,
        meeting=meeting,
        seen=form.cleaned_data["seen"],
        typed=form.cleaned_data["typed"],
        done="Rækkefølgen er gemt.",
        back=f"{meeting.get_absolute_url()}#dagsorden",
    )


def _place_now(item: AgendaItem) -> str:
    item.refresh_from_db()
    return f"“{item}” er nu punkt {item.position}."


@button_of(find_meeting)
def standing_items(request: Request, meeting: Meeting) -> HttpResponse:
    """Put the forum's standing items on the agenda."""
    return act(
        request, acts.use_standing_items, meeting=meeting, done="De faste punkter er lagt på.", back=meeting
    )


@page_of(find_item, may.edit_agenda, of="meeting")
def item_postpone(request: Request, item: AgendaItem) -> HttpResponse:
    """Postpone an item to a later meeting."""
    later = Meeting.objects.filter(forum=item.meeting.forum, starts_at__gt=item.meeting.starts_at)
    later = later.coming(clock.today())
    lead = "" if later else "Der er ingen senere møder i kalenderen. Planlæg et først."
    return form_page(
        request,
        PostponeForm,
        acts.postpone_item,
        item=item,
        given={"choices": {"to": later}},
        words={"lead": lead},
        back=item.meeting,
    )


@button_of(find_item)
def item_withdraw(request: Request, item: AgendaItem) -> HttpResponse:
    """Take an item off."""
    return act(
        request, acts.withdraw_item, item=item, done="Punktet er taget af dagsordenen.", back=item.meeting
    )


@page_of(find_item, may.prepare, of="meeting.forum")
def paper_add(request: Request, item: AgendaItem) -> HttpResponse:
    """Add a paper to an item."""
    return form_page(request, PaperForm, acts.add_papers, item=item, back=item.meeting)


@require_GET
@page_of(find_paper)
def paper(request: Request, paper: Paper) -> FileResponse:
    """A paper: what a browser shows without running anything of it is shown, the rest is fetched."""
    try:
        content = paper.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=not paper.is_shown,
        filename=paper.file_name,
        content_type=paper.content_type,
    )


@button_of(find_paper)
def paper_remove(request: Request, paper: Paper) -> HttpResponse:
    """Take a paper away."""
    done, undo = "Bilaget er fjernet.", "council:bin_restore"
    return act(request, acts.remove_paper, paper=paper, done=done, back=paper.item.meeting, undo=undo)


@page_of(find_item, may.edit_agenda, of="meeting")
def guest_invite(request: Request, item: AgendaItem) -> HttpResponse:
    """Invite somebody to one item."""
    return form_page(request, GuestForm, guests.invite_guest, item=item, back=item.meeting)


def find_guest(request: Request, district: Organisation, pk: int) -> Guest:
    """The guest of an item, if its meeting is mine to see."""
    guest = get_object_or_404(Guest.objects.select_related("item", "meeting__forum__district"), pk=pk)
    find_meeting(request, district, guest.meeting_id)
    return guest


@button_of(find_guest)
def guest_remove(request: Request, guest: Guest) -> HttpResponse:
    """Take an invitation back."""
    done = "Gæsten er taget af punktet."
    return act(request, guests.remove_guest, guest=guest, done=done, back=guest.meeting)


@page_of(find_item, may.prepare, of="meeting.forum")
def forward(request: Request, item: AgendaItem) -> HttpResponse:
    """Send an item to other fora."""
    fora = Forum.objects.of_district(item.meeting.forum.district).active(clock.today())
    others = fora.exclude(pk=item.meeting.forum_id)
    return form_page(
        request,
        ForwardForm,
        acts.forward_item,
        item=item,
        given={"choices": {"fora": others}, "told_to_all": item.told_to_all},
        back=item.meeting,
    )


@page_of(find_forwarding, may.answer_forwarded, of="forum")
def forward_answer(request: Request, sent: Forwarding) -> HttpResponse:
    """Tell that a forwarded item was dealt with."""
    decided = "\n".join(decision.text for decision in sent.item.decisions.all())
    return form_page(
        request,
        ForwardAnswerForm,
        acts.answer_forwarding,
        forwarding=sent,
        of=sent,
        words={"lead": plain(sent.item.text or decided)},
        back=sent.forum,
        crumbs=[],
    )
