"""Pages of a plan while it is written: list, one page, sections, areas, agenda, release."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.commitment.actions import commitment as promises
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.permissions import appointments
from samraad.council.queries import chairs
from samraad.documents.text import shortened
from samraad.look.danish import dato
from samraad.look.pages import download, old_act, old_form_page
from samraad.plan import permissions as may
from samraad.plan import queries
from samraad.plan.actions import edition as releases
from samraad.plan.actions import plan as acts
from samraad.plan.check.native import open_faults
from samraad.plan.edition import content_of, difference, texts
from samraad.plan.forms.plan import (
    AgendaForm,
    AreaEditForm,
    AreaForm,
    DiscussionForm,
    LinkForm,
    PublishForm,
    SectionEditForm,
    SectionForm,
    StartForm,
    WithdrawForm,
)
from samraad.plan.models import Agreement, Edition, FocusArea, Plan, Section
from samraad.plan.papers import plan_paper
from samraad.plan.permissions import visible_plans, visible_readings


def url_of(plan: Plan) -> str:
    """The one address of a working plan."""
    return reverse("plan:plan", args=[plan.forum.district.slug, plan.pk])


def find_plan(request: Request, district: Organisation, pk: int) -> Plan:
    """The plan, if the person may see it; else not found."""
    rows = visible_plans(request.user, district).select_related(
        "forum__district", "item__meeting__forum", "district_plan"
    )
    return get_object_or_404(rows, pk=pk)


def crumbs(plan: Plan) -> list[tuple[str, str]]:
    """The way down to a plan's acts."""
    return [("Planer", reverse("plan:plans", args=[plan.forum.district.slug])), (plan.title, url_of(plan))]


@require_GET
def plans(request: Request, district: Organisation) -> HttpResponse:
    """The plans I may see, newest first."""
    held = [a for a in appointments(request.user) if a.seat.forum.district_id == district.pk]
    if not held:
        raise Http404
    rows = visible_plans(request.user, district).select_related("forum", "item__meeting")
    fora = {
        a.seat.forum.pk: a.seat.forum
        for a in held
        if a.seat.forum.kind in (Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD)
    }
    may_start = [forum for forum in fora.values() if may.start_plan.allows(request.user, forum)]
    begun = {(plan.forum_id, plan.district_plan_id) for plan in rows if plan.is_action}
    open_plans = Plan.objects.cooperation().of_district(district).exclude(status="archived").order_by("year")
    return render(
        request,
        "plan/plans.html",
        {
            "title": "Planer",
            "rows": rows,
            "may_cooperation": [forum for forum in may_start if forum.is_kredsraad],
            "may_action": [
                (forum, plan)
                for plan in open_plans
                for forum in may_start
                if forum.is_lokalraad and (forum.pk, plan.pk) not in begun
            ],
            "agreements": Agreement.objects.filter(district=district),
            "readings": visible_readings(request.user, district).filter(plan=None)[:5],
        },
    )


def start(request: Request, district: Organisation, forum_pk: int) -> HttpResponse:
    """Open an empty cooperation plan."""
    forum = get_object_or_404(Forum, pk=forum_pk, district=district, kind=Forum.Kind.KREDSRAAD)
    if all(a.seat.forum_id != forum.pk for a in appointments(request.user)):
        raise Http404
    may.start_plan.check(request.user, forum)
    year = clock.today().year + 1
    initial = {"year": year, "title": f"Samarbejdsplan {year}"}
    return old_form_page(
        request,
        StartForm(request.POST or None, initial=initial),
        lambda data: acts.start(forum=forum, by=request.user, **data),
        title="Ny samarbejdsplan",
        button="Begynd planen",
        done="Planen er begyndt som udkast. Lokalrådene kan læse det; ingen bliver bedt om svar, før planen er offentliggjort.",
        back=url_of,
    )


@require_GET
def plan(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A working plan: state, sections, areas, what stands in the way of its release."""
    found = find_plan(request, district, pk)
    user = request.user
    areas = list(queries.plan_whole(found))
    hearing_runs = found.hearings.filter(closed_at=None).exists()
    context = {
        "title": found.title,
        "plan": found,
        "sections": queries.sections_of(found),
        "areas": areas,
        "promises": queries.commitments_of(found).count(),
        "editions": found.editions.all(),
        "may_withdraw": any(may.withdraw_edition.allows(user, edition) for edition in found.editions.all()),
        "mine": set(visible_commitments(user, district).values_list("pk", flat=True)),
        "chairs": [a.user.name for a in chairs(found.forum, clock.today())],
        "why_not_write": may.write.reason(user, found),
        "why_not_publish": may.publish.reason(user, found),
        "may_archive": found.status == "published"
        and found.year < clock.today().year
        and may.write.allows(user, found),
        "may_remove": found.status == "draft" and not found.is_action and may.write.allows(user, found),
        "may_carry": found.continues_id is not None
        and found.status == "draft"
        and may.write.allows(user, found),
        "hearing": found.hearings.first() if may.see_hearing.allows(user, found) else None,
        "may_hear": not found.is_account and not hearing_runs and may.hold_hearing.allows(user, found),
        "may_check": may.check_plan.allows(user, found),
        "why_not_agenda": may.put_on_agenda.reason(user, found),
        "may_measure": may.measure.allows(user, found),
        "may_matrix": not found.is_action and not found.is_account and may.see_matrix.allows(user, found),
        "crumbs": [("Planer", reverse("plan:plans", args=[district.slug]))],
    }
    if found.is_action:
        answers = {answer.area_id: answer for answer in found.answers.select_related("area")}
        context |= {
            "asked": [(area, answers.get(area.pk)) for area in queries.areas_for(found)],
            "sent": queries.answer_state(found)[0],
            "needs": found.needs.all(),
            "initiatives": found.initiatives.select_related(
                "area", "adopted_from__plan__forum"
            ).prefetch_related("leads"),
            "may_answer": may.answer.allows(user, found),
        }
        return render(request, "plan/action_plan.html", context)
    context["initiatives"] = found.initiatives.select_related("area").prefetch_related("leads")
    return render(request, "plan/plan.html", context)


def section_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Add a section."""
    found = find_plan(request, district, pk)
    may.write.check(request.user, found)
    return old_form_page(
        request,
        SectionForm(request.POST or None),
        lambda data: acts.add_section(plan=found, by=request.user, **data),
        title="Nyt afsnit",
        done="Afsnittet er tilføjet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def find_section(request: Request, district: Organisation, pk: int) -> Section:
    """The section, if its plan is mine to see."""
    section = get_object_or_404(Section.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, section.plan_id)
    return section


def section_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write a section; two who save at once both see both texts."""
    section = find_section(request, district, pk)
    may.write.check(request.user, section.plan)
    initial = {name: getattr(section, name) for name in ("number", "title", "body", "version")}
    return old_form_page(
        request,
        SectionEditForm(request.POST or None, initial=initial),
        lambda data: acts.edit_section(section=section, by=request.user, **data),
        title=f"Skriv “{section}”",
        done="Afsnittet er gemt.",
        back=url_of(section.plan) + f"#afsnit-{section.pk}",
        crumbs=crumbs(section.plan),
    )


@require_POST
def section_step(request: Request, district: Organisation, pk: int, step: str) -> HttpResponse:
    """Move a section up or down, or take it out."""
    section = find_section(request, district, pk)
    back = url_of(section.plan)
    if step == "fjern":
        return old_act(
            request,
            lambda: acts.remove_section(section=section, by=request.user),
            done="Afsnittet er fjernet.",
            back=back,
        )
    return old_act(
        request,
        lambda: acts.move_section(section=section, up=step == "op", by=request.user),
        done="Rækkefølgen er ændret.",
        back=back,
    )


def _area_choices(plan: Plan, area: FocusArea | None = None) -> dict[str, Any]:
    return {
        "sections": plan.sections.all(),
        "parents": plan.areas.filter(parent=None).exclude(pk=area.pk if area else 0),
        "fora": Forum.objects.filter(
            district=plan.forum.district, kind__in=[Forum.Kind.LOKALRAAD, Forum.Kind.KREDSRAAD]
        ),
    }


def area_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Add a focus area."""
    found = find_plan(request, district, pk)
    may.write.check(request.user, found)
    return old_form_page(
        request,
        AreaForm(request.POST or None, **_area_choices(found)),
        lambda data: acts.add_area(
            plan=found, by=request.user, **{**data, "addressees": list(data["addressees"])}
        ),
        title=f"Nyt {found.area_word}",
        done="Området er tilføjet.",
        back=url_of(found) + "#omraader",
        crumbs=crumbs(found),
    )


def find_area(request: Request, district: Organisation, pk: int) -> FocusArea:
    """The area, if its plan is mine to see."""
    area = get_object_or_404(FocusArea.objects.select_related("plan__forum__district", "parent"), pk=pk)
    find_plan(request, district, area.plan_id)
    return area


def area_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write a focus area and say who shall answer."""
    area = find_area(request, district, pk)
    may.write.check(request.user, area.plan)
    names = ("number", "title", "short_title", "section", "parent", "summary", "outside", "version")
    initial: dict[str, Any] = {name: getattr(area, name) for name in names} | {
        "addressees": area.addressees.all()
    }
    return old_form_page(
        request,
        AreaEditForm(request.POST or None, initial=initial, **_area_choices(area.plan, area)),
        lambda data: acts.edit_area(
            area=area, by=request.user, **{**data, "addressees": list(data["addressees"])}
        ),
        title=f"Ret “{area}”",
        lead="Lokalråd, der allerede har svaret, bliver bedt om at se på svaret igen.",
        done="Området er gemt.",
        back=url_of(area.plan) + f"#omraade-{area.pk}",
        crumbs=crumbs(area.plan),
    )


@require_POST
def area_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take an area out."""
    area = find_area(request, district, pk)
    return old_act(
        request,
        lambda: acts.remove_area(area=area, by=request.user),
        done="Området er fjernet.",
        back=url_of(area.plan),
    )


def area_promise(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write down what is promised in an area, or tie a promise to it."""
    area = find_area(request, district, pk)
    may.write.check(request.user, area.plan)
    owners = Organisation.objects.filter(seats__forum__district=district).distinct()
    elsewhere = Q(status="draft") & ~Q(pk__in=queries.commitments_of(area.plan).values("pk"))
    free = Commitment.objects.filter(forum=area.plan.forum).exclude(areas=area).exclude(elsewhere)

    def run(data: dict[str, Any]) -> Any:
        write = promises.draft if area.plan.status == "draft" else promises.propose
        commitment = data["commitment"] or write(
            forum=area.plan.forum,
            text=data["text"],
            owner=data["owner"],
            owner_role=data["owner_role"],
            due_on=data["due_on"],
            origin_text=shortened(f"{area.plan}, område {area.number or area.title}", 200),
            by=request.user,
        )
        acts.link_commitment(part=area, commitment=commitment, by=request.user)
        return commitment

    return old_form_page(
        request,
        LinkForm(request.POST or None, commitments=free, owners=owners),
        run,
        title=f"Løfte under “{area}”",
        lead="I et udkast spørger et løfte ingen. Når planen er offentliggjort, er det et forslag, indtil den ansvarlige siger ja.",
        done="Løftet hører nu til området.",
        back=url_of(area.plan) + f"#omraade-{area.pk}",
        crumbs=crumbs(area.plan),
    )


def put_on_agenda(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put the plan on the agenda of a coming meeting."""
    found = find_plan(request, district, pk)
    may.put_on_agenda.check(request.user, found)
    coming = Meeting.objects.filter(forum=found.forum).coming(clock.today())
    return old_form_page(
        request,
        AgendaForm(request.POST or None, meetings=coming),
        lambda data: acts.put_on_agenda(plan=found, by=request.user, **data),
        title="Læg planen på en dagsorden",
        lead="" if coming else "Der er intet møde i kalenderen. Planlæg et først.",
        button="Læg planen på",
        done=lambda item: f"Planen er på dagsordenen {dato(item.meeting.starts_at)}.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def note_discussion(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Say at which past meeting the plan was discussed."""
    found = find_plan(request, district, pk)
    may.put_on_agenda.check(request.user, found)
    since = clock.now() - timedelta(days=400)
    held = AgendaItem.objects.filter(
        meeting__forum=found.forum, meeting__starts_at__gte=since
    ).select_related("meeting")
    free = [
        i
        for i in held.exclude(plans__in=Plan.objects.exclude(pk=found.pk))
        if i.treated and i.meeting.starts_at.year >= found.year - 1
    ]
    about = [i.pk for i in free if "cooperation" in i.subjects or found.title.lower() in i.title.lower()]
    items = AgendaItem.objects.filter(pk__in=about)
    return old_form_page(
        request,
        DiscussionForm(
            request.POST or None, items=items.select_related("meeting").order_by("-meeting__starts_at")
        ),
        lambda data: acts.note_discussion(plan=found, by=request.user, **data),
        title="Hvor blev planen drøftet?",
        done="Det er gemt, hvor planen blev drøftet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def publish(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """All conditions of a release as a list; the button is the chair's."""
    found = find_plan(request, district, pk)
    reason = may.publish.reason(request.user, found)
    if request.method == "POST":
        may.publish.check(request.user, found)
    last = found.editions.first()
    content = content_of(found)
    form = PublishForm(request.POST or None)
    if last is None:
        del form.fields["note"]
    promises_ = list(queries.commitments_of(found).select_related("owner", "owner_seat"))
    return old_form_page(
        request,
        form,
        lambda data: releases.publish(
            plan=found,
            now=clock.now(),
            by=request.user,
            note=data.get("note", ""),
            public_from=data["public_from"],
        ),
        title=f"Offentliggør {found.title}",
        lead=f"Udgave {last.number + 1 if last else 1} bliver låst. Rettelser bagefter bliver til en ny udgave.",
        button="Offentliggør planen",
        done=lambda made: f"Planen er offentliggjort som udgave {made.number}.",
        back=url_of(found),
        crumbs=crumbs(found),
        template="plan/publish.html",
        plan=found,
        why_not=reason,
        last=last,
        changes=difference(last.content, content) if last and not last.withdrawn_because else [],
        parts=len(texts(content)),
        faults=open_faults(found, clock.today()),
        proposed=[c for c in promises_ if c.status in ("draft", "proposed")],
        unowned=[c for c in promises_ if not c.owner_text or not (c.due_on or c.condition)],
    )


@require_POST
def archive(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a released plan away when its year is over."""
    found = find_plan(request, district, pk)
    return old_act(
        request,
        lambda: acts.archive(plan=found, by=request.user),
        done="Planen er arkiveret.",
        back=url_of(found),
    )


def withdraw(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Withdraw an edition."""
    found = get_object_or_404(Edition.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, found.plan_id)
    may.withdraw_edition.check(request.user, found)
    return old_form_page(
        request,
        WithdrawForm(request.POST or None),
        lambda data: releases.withdraw(edition=found, now=clock.now(), by=request.user, **data),
        title=f"Træk {found} tilbage",
        lead="Teksten bliver erstattet af en besked. Nummeret og kontrolsummen bliver stående.",
        button="Træk udgaven tilbage",
        done="Udgaven er trukket tilbage.",
        back=url_of(found.plan),
        crumbs=crumbs(found.plan),
    )


@require_GET
def plan_docx(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The plan as a Word file."""
    return download(plan_paper(find_plan(request, district, pk)))
