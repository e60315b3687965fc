"""Words and marks that every template may use: Danish dates, statuses with icon, form fields, icons."""

import re
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)
from django.template import Context
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from manuscript.text import plain, shortened
from samraad import clock
from samraad.documents.text import clean, soft_hyphens
from samraad.look.danish import afstand, antal, dag, dato, isodato, klokken, kortdato, naar, uge

register = template.Library()
SENTENCE_END = re.compile(r"(?<=[a-zæøå0-9)”][.!?])\s+(?=[A-ZÆØÅ“])")
SHORT_NUMBER = re.compile(r"\b(?:112|114|116 \d{3})\b")
for word in (afstand, antal, dag, dato, isodato, klokken, kortdato, naar, uge):
    register.filter(word)

# status code -> (DKFDS icon, colour); the words are the choices' own labels
STATUS: dict[str, tuple[str, str]] = {
    "draft": ("edit", ""),
    "discussed": ("groups", "fjord"),
    "published": ("success", "groen"),
    "archived": ("folder", ""),
    "proposed": ("forum", "rav"),
    "accepted": ("hourglass", ""),
    "in_progress": ("sync", "blaa"),
    "waiting": ("time", "rav"),
    "reported": ("how-to-reg", "fjord"),
    "done": ("check", "groen"),
    "late": ("warning", "roed"),
    "declined": ("close", ""),
    "dropped": ("close", ""),
    "planned": ("calendar-month", ""),
    "called": ("send", "blaa"),
    "held": ("groups", "fjord"),
    "minutes_sent": ("assignment", "rav"),
    "approved": ("check", "groen"),
    "cancelled": ("close", "roed"),
    "initiative": ("flag-fill", "fjord"),
    "covered": ("check", "fjord"),
    "not_here": ("minus", ""),
    "missing": ("error", "roed"),
    "sent": ("send", "blaa"),
    "sleeps": ("time", "rav"),
    "hole": ("error", "roed"),
    "placed": ("assignment", "blaa"),
    "removed": ("close", ""),
    "waits": ("time", ""),
    "green": ("check", "groen"),
    "yellow": ("warning", "rav"),
    "red": ("error", "roed"),
    "idea": ("science", ""),
    "trial": ("sync", "blaa"),
    "evaluated": ("assignment", "fjord"),
    "spread": ("check", "groen"),
    "stopped": ("close", ""),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A DKFDS icon; always beside a word."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon-svg" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("dkfds/img/all-svg-icons.svg"),
        name,
    )


@register.simple_tag
def status(code: str, words: str) -> SafeString:
    """A status as word, icon and colour."""
    return _status(code, str(words))


@lru_cache(maxsize=500)
def _status(code: str, words: str) -> SafeString:
    mark, colour = STATUS.get(code, ("info", ""))
    return format_html(
        '<span class="sam-status{}">{}{}</span>',
        f" sam-status--{colour}" if colour else "",
        icon(mark),
        words,
    )


@register.filter
def delt(value: str) -> str:
    """A long compound with soft hyphens, for narrow columns; never stored."""
    return soft_hyphens(value)


@register.simple_tag
def loefte(commitment: Any) -> SafeString:
    """A promise's status; one whose day has passed says "Forsinket"."""
    if commitment.is_late(clock.today()):
        return status("late", "Forsinket")
    return status(commitment.status, commitment.get_status_display())


@register.filter
def prose(value: str) -> SafeString:
    """A stored HTML text, cleaned once more before it is shown."""
    return _prose(value)


@lru_cache(maxsize=2000)
def _prose(value: str) -> SafeString:
    return mark_safe(clean(value))  # noqa: S308 - cleaned to the closed subset


@register.filter
def tekst(value: str) -> str:
    """The words of an HTML text, without its tags."""
    return plain(value)


@register.filter
def saetninger(value: str, length: int) -> str:
    """The first sentences of an HTML text, as many as there is room for; never half a one.

    A first sentence that is too long stands whole up to twice the room.
    """
    told = ""
    for sentence in SENTENCE_END.split(plain(value)):
        longer = f"{told} {sentence}".strip()
        if told and len(longer) > length:
            break
        told = longer
    return shortened(told, 2 * length)


@register.filter
def ringbar(words: str) -> SafeString:
    """Words in which 112, 114 and other short numbers can be called up."""
    told = SHORT_NUMBER.sub(_call, conditional_escape(words))
    return mark_safe(told)  # noqa: S308 - escaped before, and only digits are put between


def _call(found: re.Match[str]) -> str:
    return f'<a href="tel:{found[0].replace(" ", "")}">{found[0]}</a>'


@register.filter
def uddrag(value: str, length: int) -> str:
    """The beginning of an HTML text, without its tags, cut after a word."""
    return shortened(plain(value), length)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field in DKFDS markup, with label, hint and error tied to it."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    asked_for = bound.field.required or bound.name in getattr(bound.form, "NEEDED_TO_SEND", ())
    return {
        "bound": bound,
        "template": f"components/field_{kind}.html",
        "rendered": bound.as_widget(attrs=_attributes(bound, kind)),
        "input_type": getattr(widget, "input_type", ""),
        "optional": not (asked_for or getattr(bound.form, "NOTHING_IS_ASKED_FOR", False)),
    }


def _kind_of(widget: Widget) -> str:
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "input"


def _attributes(bound: BoundField, kind: str) -> dict[str, Any]:
    """How the field looks, and what tells more of it."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    if kind == "checkbox":
        attrs["class"] = "form-checkbox"
    elif isinstance(widget, Select):
        attrs["class"] = "form-select"
    elif isinstance(widget, Textarea):
        attrs["class"] = "form-input sam-prose"
    else:
        attrs["class"] = "form-input"
    described = []
    if bound.help_text:
        described.append(f"{bound.id_for_label}-hint")
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return attrs


@register.simple_tag(takes_context=True)
def parts(context: Context, kind: str, pk: Any = "") -> SafeString:
    """What the rooms above show under a thing of this page (see `audit.rooms.Part`)."""
    under = f"{kind}-{pk}" if pk else kind
    engine = context.template.engine  # type: ignore[union-attr]
    shown = []
    for part in context["parts"].get(under, ()):
        template = engine.get_template(part.template)
        with context.push(**part.context):
            shown.append(template.render(context))
    return SafeString("".join(shown))
