"""One plan, read once: the same number of queries however long it is, and what an edition may tell of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as commitments
from samraad.demo.cast import Entered
from samraad.plan.actions import plan as plans
from samraad.plan.content import PlanContent, read
from samraad.plan.edition import content_of, hearing_parts
from samraad.plan.models import Plan

AT_MOST = 11  # its own parts, whom it asks, what is owed, what is counted and who must have counted


@pytest.fixture
def plan(demo: Entered) -> Plan:
    return Plan.objects.select_related("forum__district", "item__meeting").get(
        forum=demo.kredsraad, year=2022, kind=Plan.Kind.COOPERATION
    )


def asked(run: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def test_it_is_read_in_a_fixed_number_of_queries(plan: Plan) -> None:
    before = asked(lambda: read(plan))
    assert before <= AT_MOST
    for number in range(8):
        section = plans.add_section(plan=plan, title=f"Afsnit {number}", body="<p>Tekst</p>", by=SYSTEM)
        area = plans.add_area(plan=plan, section=section, title=f"Område {number}", by=SYSTEM)
        owed = commitments.draft(
            forum=plan.forum, text="Lave en folder", owner=plan.forum.district, by=SYSTEM
        )
        plans.link_commitment(part=area, commitment=owed, by=SYSTEM)
    assert asked(lambda: read(plan)) == before


def test_it_asks_nothing_more_of_what_was_read(plan: Plan) -> None:
    content = read(plan)
    assert asked(lambda: [content.areas_of(section) for section in content.sections]) == 0
    assert asked(lambda: [content.initiatives_of(area) for area in content.areas]) == 0


def texts(content: PlanContent) -> Iterator[str]:
    for part in (*content.sections, *content.areas):
        for commitment in part.commitments:
            yield commitment.text


def test_it_keeps_what_nobody_has_said_yes_to_from_an_edition_and_shows_it_in_a_hearing(plan: Plan) -> None:
    area = plan.areas.all()[0]
    owed = commitments.draft(forum=plan.forum, text="KUN ET UDKAST", owner=plan.forum.district, by=SYSTEM)
    plans.link_commitment(part=area, commitment=owed, by=SYSTEM)
    assert "KUN ET UDKAST" in list(texts(read(plan)))
    assert "KUN ET UDKAST" not in str(content_of(plan))
    assert "KUN ET UDKAST" in str(hearing_parts(plan))
