"""The multi-year agreement around the plans: entered, put right, asked about, taken over by the next."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.text import slugify

from manuscript.text import shortened
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.commitment.actions.duty import add_duty, call_off, meet_duty_condition, reword_duty
from samraad.commitment.models import Duty
from samraad.commitment.queries import waits_for_a_meeting
from samraad.council.models import Forum
from samraad.plan import permissions as may
from samraad.plan.models import Agreement, Element
from samraad.search.actions import forget, index


@action
def enter_agreement(
    *,
    district: Organisation,
    title: str,
    slug: str,
    from_year: int,
    to_year: int,
    elements: list[dict[str, Any]],
    by: Actor,
) -> Agreement:
    """Enter a multi-year agreement and its elements as the frame around the plans.

    `elements` are the fields of each in order.
    Under "duty" stands the title of a duty that waits for it in the wheel.
    """
    may.keep_agreement.check(by, district)
    agreement = Agreement.objects.create(
        district=district, title=title, slug=slug, from_year=from_year, to_year=to_year
    )
    for position, given in enumerate(elements, start=1):
        fields = dict(given)
        known = fields.pop("duty", "")
        element = Element.objects.create(agreement=agreement, position=position, **fields)
        _watch(element, by, known)
        index_element(element, by)
    record("plan.agreement_entered", agreement, by=by, elements=len(elements))
    return agreement


def _watch(element: Element, by: Actor, known: str = "") -> None:
    """Let an element that is to be taken up when something happens wait in the kredsråd's wheel.

    `known` names a duty that waits there for it already.
    """
    waits = element.concerns_district and element.take_up_when
    if element.duty is not None or not waits:
        return
    council = Forum.objects.filter(district=element.agreement.district, kind=Forum.Kind.KREDSRAAD).first()
    if council is None:
        return
    duty = None
    if known:
        duty = Duty.objects.filter(forum=council, title=known, rule=Duty.Rule.CONDITION).first()
    if duty is None:
        duty = add_duty(
            forum=council,
            title=_discuss(element.title),
            rule=Duty.Rule.CONDITION,
            condition=element.take_up_when,
            source=shortened(str(element.agreement), 200),
            by=by,
        )
    element.duty = duty
    element.save(update_fields=["duty"])


def _discuss(title: str) -> str:
    """What an element's own duty is called in the wheel."""
    return shortened(f"Drøft {title[:1].lower()}{title[1:]}", 160)


def _own_duty(element: Element, title: str) -> Duty | None:
    """The duty that was made from the element, under the title it had, if it is not another's too."""
    duty = element.duty
    if duty is None or duty.title != _discuss(title):
        return None
    shared = Element.objects.filter(duty=duty).exclude(pk=element.pk).exists()
    return None if shared else duty


def _follow(element: Element, title: str, by: Actor) -> None:
    """Let the element's own duty carry its words after they were put right."""
    duty = _own_duty(element, title)
    if duty is None:
        return
    title, condition = _discuss(element.title), element.take_up_when or duty.condition
    if (title, condition) != (duty.title, duty.condition):
        reword_duty(duty=duty, title=title, condition=condition, by=by)


def index_element(element: Element, by: Actor) -> None:
    """Let everybody who works in the district find an element of the agreement."""
    index(
        thing=element,
        district=element.agreement.district.slug,
        kind=shortened(str(element.agreement), 60),
        title=element.title,
        text=element.text,
        url=element.get_absolute_url(),
        by=by,
    )


@action
def correct_agreement(
    *, agreement: Agreement, title: str, from_year: int, to_year: int, version: int, by: User
) -> Agreement:
    """Put an agreement's title and years right; it still begins between the one before and the one after."""
    may.keep_agreement.check(by, agreement.district)
    _check_years(agreement, from_year, to_year)
    save_over(agreement, version=version, title=title, from_year=from_year, to_year=to_year)
    record("plan.agreement_corrected", agreement, by=by)
    for element in agreement.elements.all():
        index_element(element, by)
    return agreement


def _check_years(agreement: Agreement, from_year: int, to_year: int) -> None:
    if to_year < from_year:
        raise Refused("Aftalen slutter, før den begynder. Ret et af de to år.")
    before, after = agreement.continues, _successor(agreement)
    if before and from_year <= before.from_year:
        raise Refused(
            f"Aftalen afløser {before}, som begyndte i {before.from_year}. Den skal begynde senere."
        )
    if after and from_year >= after.from_year:
        raise Refused(
            f"Aftalen er afløst af {after}, som begyndte i {after.from_year}. Den skal begynde før."
        )


def _successor(agreement: Agreement) -> Agreement | None:
    """The agreement that has taken over from this one, asked anew."""
    return Agreement.objects.filter(continues=agreement).first()


@action
def add_element(
    *,
    agreement: Agreement,
    title: str,
    text: str = "",
    concerns_district: bool = False,
    take_up_when: str = "",
    by: User,
) -> Element:
    """Put an element last in an agreement that runs."""
    may.keep_agreement.check(by, agreement.district)
    _check_open(agreement)
    _check_title(agreement, title)
    last = agreement.elements.aggregate(last=Max("position"))["last"] or 0
    element = Element.objects.create(
        agreement=agreement,
        title=title,
        text=text,
        concerns_district=concerns_district,
        take_up_when=take_up_when,
        position=last + 1,
    )
    record("plan.element_added", element, by=by, agreement=agreement.pk)
    _watch(element, by)
    index_element(element, by)
    return element


@action
def correct_element(*, element: Element, title: str, text: str, version: int, by: User) -> Element:
    """Put an element's words right; the quarter's question about it is not asked by that."""
    may.keep_agreement.check(by, element.agreement.district)
    _check_title(element.agreement, title, but=element)
    before = element.title
    save_over(element, version=version, title=title, text=text)
    record("plan.element_corrected", element, by=by, agreement=element.agreement_id)
    _follow(element, before, by)
    index_element(element, by)
    return element


@action
def remove_element(*, element: Element, now: datetime, by: User) -> None:
    """Take an element out that nobody has built on, and the duty that was made from it.

    It lies in the agreement's bin for 30 days.
    """
    may.keep_agreement.check(by, element.agreement.district)
    _check_open(element.agreement)
    _check_idle(element)
    duty = _own_duty(element, element.title)
    if duty is not None:
        element.duty = None
        element.save(update_fields=["duty"])
        call_off(duty=duty, by=by)
    forget(thing=element, by=by)
    put_in_bin(thing=element, place=f"agreement:{element.agreement_id}", now=now, by=by)


def _check_idle(element: Element) -> None:
    if not element.is_waiting:
        state = element.get_state_display()
        raise Refused(f"Elementet er “{state}”, så der er arbejdet med det. Ret det i stedet.")
    if element.duty and element.duty.occurrences.exists():
        raise Refused(
            "Kredsrådet har elementet på sit årshjul som noget, der er sket. Ret elementet i stedet."
        )


def element_back(element: Element, by: Actor) -> None:
    """An element that is back waits in the wheel and is found again.

    Under a name that was given anew it stays in the bin.
    """
    _check_title(element.agreement, element.title, but=element)
    _watch(element, by)
    index_element(element, by)


def _check_open(agreement: Agreement) -> None:
    after = _successor(agreement)
    if after is not None:
        raise Refused(
            f"{agreement} er afløst af {after} og skal kunne læses, som den var. Gør det i {after}."
        )


def _check_title(agreement: Agreement, title: str, but: Element | None = None) -> None:
    others = agreement.elements.filter(title=title)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refused(f"Der står allerede et element, der hedder “{title}”, i {agreement}.")


@action
def succeed_agreement(
    *,
    agreement: Agreement,
    title: str,
    from_year: int,
    to_year: int,
    carry: list[Element],
    new: list[str],
    by: Actor,
) -> Agreement:
    """Enter the agreement that takes over; the old one stays readable.

    The chosen elements go on with their state, the new ones wait.
    """
    may.keep_agreement.check(by, agreement.district)
    slug = f"{slugify(title)[:50]}-{from_year}"
    _check_succession(agreement, title, slug, from_year, to_year)
    following = Agreement.objects.create(
        district=agreement.district,
        title=title,
        slug=slug,
        from_year=from_year,
        to_year=to_year,
        continues=agreement,
    )
    for position, element in enumerate(carry, start=1):
        index_element(_carried(element, following, position), by)
    for position, name in enumerate(new, start=len(carry) + 1):
        element = Element.objects.create(
            agreement=following, title=name, concerns_district=True, position=position
        )
        index_element(element, by)
    record(
        "plan.agreement_succeeded",
        following,
        by=by,
        continues=agreement.pk,
        carried=len(carry),
        new=len(new),
    )
    return following


def _check_succession(agreement: Agreement, title: str, slug: str, from_year: int, to_year: int) -> None:
    """Raise Refused unless an agreement of that name and those years can take over."""
    if _successor(agreement):
        raise Refused(f"{agreement} er allerede afløst.")
    if Agreement.objects.filter(district=agreement.district, slug=slug).exists():
        raise Refused(
            f"Der er allerede en aftale, der hedder {title} og begynder i {from_year}. Vælg et andet navn."
        )
    if from_year <= agreement.from_year or to_year < from_year:
        raise Refused(
            f"Den nye aftale skal begynde efter {agreement.from_year} "
            "og slutte i eller efter det år, den begynder."
        )


def _carried(element: Element, following: Agreement, position: int) -> Element:
    """The element as it goes on in the agreement that takes over."""
    return Element.objects.create(
        agreement=following,
        title=element.title,
        text=element.text,
        concerns_district=element.concerns_district,
        state=element.state,
        take_up_when=element.take_up_when,
        duty=element.duty,
        position=position,
    )


@action
def ask_element(
    *,
    element: Element,
    state: str,
    concerns_district: bool,
    take_up_when: str,
    version: int,
    on: date,
    by: Actor,
) -> Element:
    """Answer the quarter's question, is this element of the agreement current now?

    One that becomes current proposes itself for the kredsråd's next meeting.
    """
    may.keep_agreement.check(by, element.agreement.district)
    woke = state == Element.State.CURRENT and element.state != state
    save_over(
        element,
        version=version,
        state=state,
        asked_on=on,
        concerns_district=concerns_district,
        take_up_when=take_up_when,
    )
    _watch(element, by)
    _follow(element, element.title, by)
    index_element(element, by)
    if woke and element.duty and not waits_for_a_meeting(element.duty):
        meet_duty_condition(duty=element.duty, by=by)
    record("plan.element_asked", element, by=by, state=state)
    return element
