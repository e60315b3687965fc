"""Pages of a meeting: list, one address for agenda, papers, minutes and decisions, and the acts on it."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from manuscript.text import plain
from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council import permissions, queries
from samraad.council.actions import meeting as acts
from samraad.council.forms.meeting import (
    CancelForm,
    ForwardAnswerForm,
    ForwardForm,
    ItemEditForm,
    ItemForm,
    MeetingForm,
    MoveForm,
    PaperForm,
    PostponeForm,
)
from samraad.council.models import AgendaItem, Forum, Forwarding, Meeting, Paper
from samraad.pages import act, form_page
from samraad.tags import dato


def url_of(meeting: Meeting) -> str:
    """The one address of a meeting."""
    return reverse("council:meeting", args=[meeting.forum.district.slug, meeting.pk])


def find_meeting(request: Request, district: Organisation, pk: int) -> Meeting:
    """The meeting, if the person belongs to its forum; else not found."""
    meeting = (
        permissions.visible_meetings(request.user, district)
        .filter(pk=pk)
        .select_related("forum__district", "host")
        .first()
    )
    if meeting is None:
        raise Http404
    return meeting


def find_item(request: Request, district: Organisation, pk: int) -> AgendaItem:
    """The agenda item, if the person belongs to its forum."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__forum__district"), pk=pk)
    find_meeting(request, district, item.meeting_id)
    return item


def crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    """The way down to a meeting's acts."""
    slug = meeting.forum.district.slug
    return [("Møder", reverse("council:meetings", args=[slug])), (str(meeting), url_of(meeting))]


@require_GET
def meetings(request: Request, district: Organisation) -> HttpResponse:
    """The meetings of my fora, coming first."""
    today = clock.today()
    mine = permissions.visible_meetings(request.user, district).select_related("forum", "host")
    fora = {
        a.seat.forum
        for a in permissions.appointments(request.user)
        if a.seat.forum.district_id == district.pk
    }
    if not fora:
        raise Http404
    may_plan = [
        forum
        for forum in sorted(fora, key=lambda f: f.name)
        if permissions.prepare.allows(request.user, forum)
    ]
    return render(
        request,
        "council/meetings.html",
        {
            "title": "Møder",
            "coming": mine.coming(today),
            "past": mine.filter(starts_at__date__lt=today).order_by("-starts_at")[:40],
            "may_plan": may_plan,
            "short": [
                (f, queries.too_few_meetings(f, today.year))
                for f in may_plan
                if queries.too_few_meetings(f, today.year)
            ],
            "year": today.year,
        },
    )


@require_GET
def meeting(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A meeting before, during and after."""
    found = find_meeting(request, district, pk)
    whole = queries.meeting_whole(found.pk).get()
    user = request.user
    replies = {reply.seat_id: reply for reply in whole.replies.all()}
    covered = [row for row in whole.attendance.all() if row.covered]
    my_seat = permissions.reply_seat(user, whole)
    may_prepare = permissions.prepare.allows(user, whole.forum)
    context = {
        "title": f"{whole.forum}, {dato(whole.starts_at)}",
        "meeting": whole,
        "crumbs": [("Møder", reverse("council:meetings", args=[district.slug]))],
        "may_prepare": may_prepare,
        "may_edit": permissions.edit_agenda.allows(user, whole),
        "may_write": permissions.write_minutes.allows(user, whole),
        "why_not_write": permissions.write_minutes.reason(user, whole) if may_prepare else "",
        "may_reply_in_writing": permissions.reply_in_writing.allows(user, whole),
        "may_apologise": permissions.send_apology.allows(user, whole),
        "sent_apology": any(row.holder_id == user.pk for row in whole.attendance.all()) and not whole.is_over,
        "may_reply": permissions.reply_to_minutes.allows(user, whole),
        "why_not_reply": permissions.reply_to_minutes.reason(user, whole)
        if whole.status == "minutes_sent"
        else "",
        "my_reply": replies.get(my_seat.pk) if my_seat else None,
        "may_settle": permissions.settle_minutes.allows(user, whole),
        "may_publish": permissions.publish_open_part.allows(user, whole),
        "approved": sum(
            1 for row in covered if row.seat_id in replies and not replies[row.seat_id].objection
        ),
        "covered": len(covered),
        "objections": [reply for reply in replies.values() if reply.objection],
        "proposals": queries.proposals(whole, clock.today()) if may_prepare else [],
        "next": Meeting.objects.filter(forum=whole.forum).coming(clock.today()).exclude(pk=whole.pk).first(),
    }
    return render(request, "council/meeting.html", context)


def plan(request: Request, district: Organisation, forum_pk: int) -> HttpResponse:
    """Put a meeting in the calendar."""
    forum = get_object_or_404(permissions.visible_fora(request.user, district), pk=forum_pk)
    permissions.prepare.check(request.user, forum)
    turns = queries.offsite_turns(forum)
    turn = f"Længst siden besøg: {turns[0][0].short_name}." if turns else ""

    def run(data: dict[str, Any]) -> Meeting:
        fields = {
            key: data[key]
            for key in ("form", "place", "offsite", "host", "wishes_due_on", "starts_at", "ends_at")
        }
        return acts.plan_meeting(forum=forum, by=request.user, **fields)

    return form_page(
        request,
        MeetingForm(request.POST or None, hosts=forum.municipalities.all()),
        run,
        title=f"Planlæg et møde i {forum}",
        lead=turn,
        button="Læg mødet i kalenderen",
        done=lambda made: f"Mødet er planlagt {dato(made.starts_at)}.",
        back=url_of,
    )


@require_POST
def call(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Send the agenda out."""
    meeting = find_meeting(request, district, pk)
    return act(
        request,
        lambda: acts.call_meeting(meeting=meeting, now=clock.now(), by=request.user),
        done="Dagsordenen er sendt ud. Nye punkter kommer på en tillægsdagsorden.",
        back=url_of(meeting),
    )


def move(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Move a meeting."""
    meeting = find_meeting(request, district, pk)
    permissions.edit_agenda.check(request.user, meeting)
    return form_page(
        request,
        MoveForm(request.POST or None),
        lambda data: acts.move_meeting(
            meeting=meeting,
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            reason=data["reason"],
            now=clock.now(),
            by=request.user,
        ),
        title="Flyt mødet",
        lead=f"Mødet er nu {dato(meeting.starts_at)}. Punkterne følger med.",
        button="Flyt mødet",
        done="Mødet er flyttet. Den gamle tid og grunden bliver stående.",
        back=url_of(meeting),
        crumbs=crumbs(meeting),
    )


def cancel(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Cancel a meeting."""
    meeting = find_meeting(request, district, pk)
    permissions.edit_agenda.check(request.user, meeting)
    others = Meeting.objects.filter(forum=meeting.forum).coming(clock.today()).exclude(pk=meeting.pk)
    return form_page(
        request,
        CancelForm(request.POST or None, meetings=others),
        lambda data: acts.cancel_meeting(
            meeting=meeting, reason=data["reason"], to=data["to"], by=request.user
        ),
        title="Aflys mødet",
        button="Aflys mødet",
        done="Mødet er aflyst.",
        back=url_of(meeting),
        crumbs=crumbs(meeting),
    )


def item_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    meeting = find_meeting(request, district, pk)
    permissions.edit_agenda.check(request.user, meeting)
    lead = (
        "Dagsordenen er sendt ud. Punktet kommer på en tillægsdagsorden."
        if meeting.status == "called"
        else ""
    )
    return form_page(
        request,
        ItemForm(request.POST or None),
        lambda data: acts.add_item(meeting=meeting, by=request.user, **data),
        title="Nyt punkt på dagsordenen",
        lead=lead,
        button="Læg punktet på",
        done="Punktet er lagt på dagsordenen.",
        back=url_of(meeting),
        crumbs=crumbs(meeting),
    )


def item_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Change an item."""
    item = find_item(request, district, pk)
    permissions.edit_agenda.check(request.user, item.meeting)
    initial = {
        name: getattr(item, name)
        for name in ("title", "kind", "text", "subjects", "closed", "withheld", "version")
    }
    return form_page(
        request,
        ItemEditForm(request.POST or None, initial=initial),
        lambda data: acts.edit_item(item=item, by=request.user, **data),
        title=f"Ret punkt {item.position}",
        done="Punktet er gemt.",
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


@require_POST
def item_move(request: Request, district: Organisation, pk: int, way: str) -> HttpResponse:
    """Move an item up or down."""
    item = find_item(request, district, pk)
    return act(
        request,
        lambda: acts.move_item(item=item, up=way == "op", by=request.user),
        done="Rækkefølgen er ændret.",
        back=url_of(item.meeting),
    )


def item_postpone(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Postpone an item to a later meeting."""
    item = find_item(request, district, pk)
    permissions.edit_agenda.check(request.user, item.meeting)
    later = Meeting.objects.filter(forum=item.meeting.forum, starts_at__gt=item.meeting.starts_at).coming(
        clock.today()
    )
    return form_page(
        request,
        PostponeForm(request.POST or None, meetings=later),
        lambda data: acts.postpone_item(item=item, to=data["to"], by=request.user),
        title=f"Udsæt “{item}”",
        lead="" if later else "Der er ingen senere møder i kalenderen. Planlæg et først.",
        button="Udsæt punktet",
        done=lambda copy: f"Punktet er udsat til {dato(copy.meeting.starts_at)}.",
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


@require_POST
def item_withdraw(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take an item off."""
    item = find_item(request, district, pk)
    return act(
        request,
        lambda: acts.withdraw_item(item=item, by=request.user),
        done="Punktet er taget af dagsordenen.",
        back=url_of(item.meeting),
    )


def paper_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Add a paper to an item."""
    item = find_item(request, district, pk)
    permissions.prepare.check(request.user, item.meeting.forum)
    form = PaperForm(request.POST or None, request.FILES or None)
    return form_page(
        request,
        form,
        lambda data: acts.add_paper(item=item, title=data["title"], upload=data["upload"], by=request.user),
        title=f"Læg bilag på “{item}”",
        button="Læg bilaget på",
        done=lambda _: f"Bilaget er lagt på. {form.warning}".strip(),
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


@require_GET
def paper(request: Request, district: Organisation, pk: int) -> FileResponse:
    """Download a paper; always as an attachment."""
    found = get_object_or_404(Paper.objects.select_related("item__meeting"), pk=pk)
    find_meeting(request, district, found.item.meeting_id)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )


@require_POST
def paper_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a paper away."""
    found = get_object_or_404(Paper.objects.select_related("item__meeting__forum__district"), pk=pk)
    find_item(request, district, found.item_id)
    return act(
        request,
        lambda: acts.remove_paper(paper=found, by=request.user),
        done="Bilaget er fjernet.",
        back=url_of(found.item.meeting),
    )


def forward(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Send an item to other fora."""
    item = find_item(request, district, pk)
    permissions.prepare.check(request.user, item.meeting.forum)
    fora = Forum.objects.of_district(district).active(clock.today()).exclude(pk=item.meeting.forum_id)
    return form_page(
        request,
        ForwardForm(request.POST or None, fora=fora),
        lambda data: acts.forward_item(
            item=item, fora=list(data["fora"]), due_on=data["due_on"], by=request.user
        ),
        title=f"Send “{item}” til andre fora",
        lead="Hvert forum svarer, hvornår det tog punktet op.",
        button="Send punktet",
        done=lambda new: f"Punktet er sendt til {new} fora.",
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


def forward_answer(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Tell that a forwarded item was dealt with."""
    sent = get_object_or_404(
        Forwarding.objects.select_related("forum__district", "item"), pk=pk, forum__district=district
    )
    if not permissions.see_inside.allows(request.user, sent.forum):
        raise Http404
    permissions.answer_forwarded.check(request.user, sent.forum)
    return form_page(
        request,
        ForwardAnswerForm(
            request.POST or None, initial={"treated_on": sent.treated_on, "answer": sent.answer}
        ),
        lambda data: acts.answer_forwarding(forwarding=sent, by=request.user, **data),
        title=f"Hvornår tog {sent.forum} “{sent.item}” op?",
        lead=plain(sent.item.text or "\n".join(d.text for d in sent.item.decisions.all())),
        button="Send svaret",
        done="Svaret er sendt.",
        back=reverse("council:forum", args=[district.slug, sent.forum_id]),
    )
