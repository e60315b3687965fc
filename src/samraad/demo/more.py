"""Filling the demo district, second half.

Projects, money, agreements, advice, partners, guides, and a hearing that was held.
"""

from datetime import date
from typing import Any

from samraad.accounts.models import Organisation, User
from samraad.audit.actor import SYSTEM, Actor
from samraad.council.models import Forum, LegalBasis
from samraad.demo.cast import Entered, at, email_of, org, table
from samraad.guide import actions as guides
from samraad.network.actions import around as network
from samraad.network.actions import help as helps
from samraad.network.actions.partner import add_partner
from samraad.network.actions.station import count, touch
from samraad.network.models import Advice, LocalEvent, Pact, Partner, Station, Worry
from samraad.plan.actions import hearing as hearings
from samraad.plan.actions import initiative as works
from samraad.plan.actions import project as projects
from samraad.plan.actions import reply as replies
from samraad.plan.models import FocusArea, Plan

DAY = date(2022, 1, 20)
ENTRIES: dict[str, type[Any]] = {"pact": Pact, "event": LocalEvent, "advice": Advice}


def fill_more(entered: Entered) -> None:
    """What surrounds the plan, of `data/more.toml`, through the rooms' own actions."""
    data = table("more")
    for name, kind in ENTRIES.items():
        for row in data[name]:
            row.pop("line")
            if "municipality" in row:
                row["municipality"] = org(row["municipality"])
            forum = Forum.objects.get(slug=row.pop("forum"), district=entered.district)
            network.enter(kind=kind, forum=forum, by=SYSTEM, **row)
    for row in data["partner"]:
        add_partner(by=SYSTEM, **{**row, "municipality": org(row["municipality"])})
    for row in data["contact"]:
        partner = Partner.objects.get(name=row["partner"])
        touch(
            station=Station.objects.get(slug=row["station"]),
            partner=partner,
            on=row["on"],
            note=row["note"],
            by=SYSTEM,
        )
    for row in data["count"]:
        for month, citizens, joint in row["months"]:
            count(
                station=Station.objects.get(slug=row["station"]),
                month=date.fromisoformat(month),
                citizens=citizens,
                joint=joint,
                by=SYSTEM,
            )
    for row in data["guide"]:
        _guide(entered, row)
    fill_help(entered)


def fill_help(entered: Entered) -> None:
    """Whom a citizen calls, of `data/help.toml`."""
    data = table("help")
    worries: dict[int, Worry] = {}
    for worry in helps.start_worries(district=entered.district, by=SYSTEM):
        worries[worry.code] = worry
    places = list(Organisation.objects.of_district(entered.district, DAY))
    for row in data["number"]:
        worry, but = worries[row.pop("worry")], row.pop("but")
        for number, place in enumerate(places, 1):
            if place.slug not in but:
                helps.add_number(
                    worry=worry,
                    place=place,
                    first=True,
                    phone=f"01 00 {worry.code:02} {number:02}",
                    today=data["old"].get(place.slug, data["checked_on"]),
                    by=_caller(place),
                    **row,
                )
    for row in data["whole"]:
        row["worries"] = [row.pop("worry")]
        row["first"] = True
    for row in data["other"]:
        row["first"] = False
    for row in (*data["whole"], *data["other"]):
        for code in row.pop("worries"):
            helps.add_number(
                worry=worries[code], place=entered.district, today=data["checked_on"], by=SYSTEM, **row
            )


def _caller(place: Organisation) -> Actor:
    """Else calls up the numbers of Hjørring herself; of the others the secretariat does."""
    if place.slug == "hjoerring":
        return User.objects.get(email=email_of("else"))
    return SYSTEM


def start_projects(entered: Entered, plan: Plan) -> None:
    """The plan's projects, with milestones and money, before it is released."""
    for row in table("more")["project"]:
        _project(entered, plan, row)


def hold_hearing(plan: Plan) -> None:
    """The hearing on the draft for 2022, as it was held in the autumn before.

    With what was done with each remark.
    """
    data = table("more")["hearing"]
    opened, closed = data["opened"], data["closed"]
    hearing = hearings.open_hearing(
        plan=plan, due_on=data["due_on"], letter=data["letter"], today=opened, now=at(opened, 12), by=SYSTEM
    )
    areas = {area.number: f"a{area.pk}" for area in plan.areas.all()}
    for row in data["party"]:
        organisation = org(row["organisation"]) if "organisation" in row else None
        party, _ = hearings.add_party(
            hearing=hearing,
            name=row["name"],
            email=row.get("email", ""),
            organisation=organisation,
            by=SYSTEM,
        )
        if "replied" not in row:
            continue
        said = {areas[remark["area"]]: remark["text"] for remark in row.get("remark", []) if "area" in remark}
        whole = next((remark["text"] for remark in row.get("remark", []) if "area" not in remark), "")
        day = row["replied"]
        replies.reply(
            party=party,
            remarks=said,
            whole=whole,
            nothing=row.get("nothing", False),
            today=day,
            now=at(day, 12),
            by=SYSTEM,
        )
        for remark in row.get("remark", []):
            kept = party.remarks.get(text=remark["text"])
            hearings.settle(remark=kept, outcome=remark["outcome"], answer=remark["answer"], by=SYSTEM)
    hearings.close(hearing=hearing, today=closed, now=at(closed, 12), by=SYSTEM)


def _project(entered: Entered, plan: Plan, row: dict[str, Any]) -> None:
    initiative = works.add_initiative(
        plan=plan,
        area=FocusArea.objects.get(plan=plan, number=row["area"]),
        title=row["title"],
        text=row["text"],
        running=row.get("running", False),
        success_criterion=row["success"],
        partners=row["partners"],
        leads=[org(slug) for slug in row["leads"]],
        by=SYSTEM,
    )
    projects.frame_project(
        initiative=initiative,
        also_districts=list(Organisation.objects.filter(kind="district", slug__in=row["also"])),
        ends_on=row.get("ends_on"),
        deliverables=row["deliverables"],
        good_practice=row.get("good_practice", ""),
        version=initiative.version,
        by=SYSTEM,
    )
    for step in row.get("milestone", []):
        fora = [
            entered.kredsraad if slug == "kredsraadet" else Forum.objects.get(slug=slug)
            for slug in step["fora"]
        ]
        projects.set_milestone(initiative=initiative, by=SYSTEM, **{**step, "fora": fora})
    for grant in row.get("grant", []):
        projects.keep_grant(initiative=initiative, by=SYSTEM, **grant)


def _guide(entered: Entered, row: dict[str, Any]) -> None:
    row.pop("line")
    bases = list(LegalBasis.objects.filter(code__in=row.pop("bases")))
    guide = guides.write(
        district=entered.district, by=SYSTEM, legal_bases=bases, **{**row, "owner": org(row["owner"])}
    )
    now = at(DAY, 9)
    guides.release(guide=guide, now=now, today=DAY, released_as="Nordjyllands Politi", by=SYSTEM)
