"""One way from a form to an action and back: errors in words, both texts when two saved, once per submit."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from operator import attrgetter
from typing import Any, Protocol, get_type_hints

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from samraad import clock
from samraad.audit.access import finds
from samraad.audit.actions import Refused, Stale, frame
from samraad.audit.bin import in_bin, may_read, put_back
from samraad.audit.drafts import draft_of, drop_draft
from samraad.audit.files import files_of_transaction
from samraad.audit.models import Draft, Removed, Submission
from samraad.look.conflict import Settled, Sides, asked_again, chosen, settle, sides
from samraad.look.forms import PageForm, in_words
from samraad.look.undo import came_from, way_back

TWICE = "Det var allerede gemt."
DONE_MEANWHILE = "Det samme blev gjort fra et andet sted imens. Hent siden igen, og se, om der mangler noget."


class Placed(Protocol):
    """A thing with a page of its own and a way down to it."""

    def get_absolute_url(self) -> str:
        """The address of its page."""

    def above(self) -> list[tuple[str, str]]:
        """The pages on the way down to it, as (words, address)."""


Fields = Mapping[str, Any]  # by their names
Asked = dict[str, Any]  # what was typed, by the names of the fields
Prepare = Callable[[Asked], Asked] | None
Action = Callable[..., Any]
Find = Callable[[Any, Any, int], Any]  # (request, district, pk) -> the thing, or Http404


@dataclass(frozen=True)
class ToMade:
    """On to what the action made; "Fortryd" leads back to where one came from."""

    came_from: Placed


Back = Placed | str | Callable[[Any], str] | ToMade | None


def trail(thing: Placed) -> list[tuple[str, str]]:
    """The crumbs on a page below `thing`: the way down to it, and the thing itself."""
    return [*thing.above(), (str(thing), thing.get_absolute_url())]


def page_of(find: Find, rule: Any = None, *, of: str = "") -> Callable[[Action], Action]:
    """A view gets the thing itself: 404 for those it is not for, 403 with the rule's reason for the others.

    `of` names what of the thing the rule is about ("meeting.forum"). The action asks again. What `find` says
    it finds stands on the view as `finds`: by it a refusal is told from something that is not there.
    """

    def wrap(view: Action) -> Action:
        @wraps(view)
        def page(request: HttpRequest, district: Any, pk: int, **rest: Any) -> Any:
            thing = find(request, district, pk)
            if rule is not None:
                rule.check(request.user, attrgetter(of)(thing) if of else thing)
            return view(request, thing, **rest)

        return finds(get_type_hints(find)["return"])(page)

    return wrap


def button_of(find: Find) -> Callable[[Action], Action]:
    """The same for an address that only takes a press; the action asks who may."""

    def wrap(view: Action) -> Action:
        pressed: Action = require_POST(page_of(find)(view))
        return pressed

    return wrap


def form_page(
    request: HttpRequest,
    form: type[PageForm] | PageForm,
    action: Action,
    *,
    back: Back = None,
    of: Any = None,
    initial: Fields | None = None,
    given: Fields | None = None,
    prepare: Prepare = None,
    words: Fields | None = None,
    crumbs: list[tuple[str, str]] | None = None,
    template: str = "form_page.html",
    shows: Fields | None = None,
    **things: Any,
) -> HttpResponse:
    """Ask what `form` asks for, run `action` with it and with `things`, say it is done, go back.

    form     a PageForm, which says what it is for; its words may name the things ("Ret “{plan}”")
    action   is called with `by=` the person, the things and what the form asked for
    back     where to go: a thing, an address, or a function of what the action made; None is to what it made
    of       the thing that is changed: the form begins with what its fields hold
    given    what the form itself needs, such as the choices of a field
    prepare  what takes long and touches no table, done before the transaction that others wait for
    words    words of the page in place of the form's own: title, lead, button, done
    shows    what a template of its own shows besides

    A Refused comes back as the form's error, a Stale as a page with both texts; sent twice it is done once.
    """
    more = dict(given or {})
    bound = _bound(request, form, of, initial, more)
    said = _Said(bound, things, words or {})
    conflict: Sides | None = None
    in_words(bound)
    if request.method == "POST" and bound.is_valid():
        try:
            made, first, kept = _saved(request, bound, action, things, _asked(bound, prepare))
        except Stale as error:
            settled = settle(bound, error)
            conflict = sides(bound, error, settled)
            bound = _again(request, bound, error, settled, more)
        except Refused as error:
            bound.add_error(None, str(error))
        else:
            if bound.keeps_draft:
                drop_draft(place=request.path, by=request.user)
            messages.success(request, said.done(made) + kept if first else TWICE)
            return HttpResponseRedirect(_home(request, back, made, first))
    context = {
        "form": bound,
        "title": said.title,
        "lead": said.lead,
        "button": said.button,
        "back": _cancel(back),
        "crumbs": _crumbs(back) if crumbs is None else crumbs,
        "stale": conflict,
        "draft": _draft(request, bound),
        "token": uuid.uuid4(),
    }
    return render(request, template, context | dict(shows or {}), status=_status(bound, conflict))


def _asked(form: PageForm, prepare: Prepare) -> Asked:
    """What the action is called with, prepared where that takes long."""
    asked = form.asked()
    if prepare is None:
        return asked
    return prepare(asked)


def _draft(request: HttpRequest, form: PageForm) -> Draft | None:
    """What the person has typed on this page and not saved."""
    if not form.keeps_draft:
        return None
    return draft_of(request.user, request.path)


def _saved(
    request: HttpRequest,
    form: PageForm,
    action: Action,
    things: Fields,
    asked: Asked,
) -> tuple[Any, bool, str]:
    """Run the action; when somebody saved meanwhile and the two touched different fields, both are kept.

    Returns what was made, whether it was the first time, and what to say of the other one's fields.
    Raises Stale when there is something to choose.
    """
    try:
        made, first = once(request, lambda: action(by=request.user, **things, **asked))
    except Stale as error:
        settled = settle(form, error)
        if settled.contested or not error.held:
            raise
        asked = asked | dict(settled.values) | {"version": error.version}
        made, first = once(request, lambda: action(by=request.user, **things, **asked))
        return made, first, _kept(settled.theirs)
    return made, first, ""


def _kept(labels: list[str]) -> str:
    """What is said of the fields that only somebody else changed."""
    if not labels:
        return ""
    return f" En anden rettede imens: {', '.join(labels)}. Begge dele er gemt."


def _bound(
    request: HttpRequest,
    form: type[PageForm] | PageForm,
    of: Any,
    initial: Fields | None,
    given: Fields,
) -> PageForm:
    """The form with what was sent, beginning with what the thing holds."""
    if isinstance(form, PageForm):
        return form
    held = dict(initial or {})
    if of is not None:
        held = form.held_by(of) | held
    if "kladde" in request.GET and request.method == "GET":
        draft = draft_of(request.user, request.path)
        if draft is not None:
            return form(draft.fields, initial=held, **given).unjudged()
    sent, files = None, request.FILES or None
    if request.method == "POST":  # an empty form that was sent is bound all the same
        sent = chosen(request.POST)
    return form(sent, files, initial=held, **given)


class _Said:
    """The words of a page: the form's own or those given, with the things' names in them."""

    def __init__(self, form: PageForm, things: Fields, words: Fields) -> None:
        self.form, self.things, self.words = form, things, words

    def _word(self, name: str) -> str:
        if name in self.words:
            return str(self.words[name])
        return str(getattr(self.form.page, name)).format(**self.things)

    @property
    def title(self) -> str:
        return self._word("title")

    @property
    def lead(self) -> str:
        return self._word("lead")

    @property
    def button(self) -> str:
        return self._word("button")

    def done(self, made: Any) -> str:
        """What is said when it is done; `made` is what the action returned."""
        done = self.words.get("done", self.form.page.done)
        if callable(done):
            return str(done(made))
        return str(done).format(made=made, form=self.form, **self.things).strip()


def _again(request: HttpRequest, form: PageForm, error: Stale, settled: Settled, given: Fields) -> PageForm:
    """The form goes on from the version kept now, with the person's own words where there is a choice."""
    if error.held:
        again = asked_again(form, error, settled, given)
        in_words(again)
        return again
    data = request.POST.copy()
    data["version"] = str(error.version)
    form.data = data
    form.add_error(None, str(error))
    return form


def _home(request: HttpRequest, back: Back, made: Any, first: bool) -> str:
    """Where to go when it is done; a form that was sent before goes where it can."""
    if isinstance(back, ToMade):
        if first:
            return str(made.get_absolute_url())
        back = back.came_from
    if isinstance(back, str):
        return back
    if back is None or callable(back):
        if not first:
            return request.path
        return str(back(made)) if back is not None else str(made.get_absolute_url())
    return back.get_absolute_url()


def _cancel(back: Back) -> str:
    """Where "Fortryd" leads; nowhere when the way back is not known yet."""
    if isinstance(back, ToMade):
        back = back.came_from
    if isinstance(back, str):
        return back
    if back is None or callable(back):
        return ""
    return back.get_absolute_url()


def _crumbs(back: Back) -> list[tuple[str, str]]:
    """The way down to the thing one comes from."""
    if isinstance(back, ToMade):
        back = back.came_from
    if back is None or isinstance(back, str) or callable(back):
        return []
    return trail(back)


def _status(form: PageForm, conflict: Sides | None) -> int:
    if conflict is not None:
        return 409
    return 422 if form.is_bound and form.errors else 200


def act(
    request: HttpRequest,
    action: Action,
    *,
    done: str | Callable[[Any], str],
    back: Placed | str,
    otherwise: str = "",
    undo: str = "",
    **things: Any,
) -> HttpResponse:
    """A button without fields: run `action` with the things, say `done` or why not, and go back.

    `done` may name the things and what was `made`; when the action was refused, one goes to `otherwise`.
    `undo` names the address that puts back what the action put in the bin: "Fortryd" stands with the words.
    """
    home = back if isinstance(back, str) else back.get_absolute_url()
    try:
        made, first = once(request, lambda: action(by=request.user, **things))
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(otherwise or home)
    tags = ""
    if first and undo:
        tags = way_back(request, undo)
    messages.success(request, _told(done, made, things) if first else TWICE, extra_tags=tags)
    return HttpResponseRedirect(home)


def _told(done: str | Callable[[Any], str], made: Any, things: Fields) -> str:
    """What is said when it is done; only asked the first time, when something was `made`."""
    return done(made) if callable(done) else done.format(made=made, **things)


def once(request: HttpRequest, run: Callable[[], Any]) -> tuple[Any, bool]:
    """Run an action for this submit only once.

    Returns (its result, True), or (None, False) when the form came before.
    """
    token = _token(request)
    if _came_before(token):
        return None, False
    try:
        with files_of_transaction(), transaction.atomic():
            if token is not None:
                with frame(), transaction.atomic():
                    Submission.objects.create(token=token)
            return run(), True
    except IntegrityError as error:
        if _came_before(token):
            return None, False
        if _is_double(error):
            raise Refused(DONE_MEANWHILE) from error
        raise


def _came_before(token: uuid.UUID | None) -> bool:
    return token is not None and Submission.objects.filter(token=token).exists()


def _is_double(error: IntegrityError) -> bool:
    """Did a unique constraint refuse it, and no other?"""
    return getattr(error.__cause__, "sqlstate", "") == "23505" or str(error).startswith("UNIQUE constraint")


def _token(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def bin_page(
    request: HttpRequest, place: str, *, title: str, restore: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    """What lies in a bin, of that which the person may read; `restore` names where a thing is put back."""
    rows = [removed for removed in in_bin(place, clock.now()) if may_read(request.user, removed)]
    return render(request, "bin.html", {"title": title, "rows": rows, "restore": restore, "crumbs": crumbs})


def restore(request: HttpRequest, removed: Removed, *, back: Placed | str) -> HttpResponse:
    """Put back what the person may read and write."""
    if not may_read(request.user, removed):
        raise Http404
    said = "Sat på plads med sin historie."
    where = came_from(request)
    if where:
        back = where
    return act(request, put_back, removed=removed, now=clock.now(), done=said, back=back)
