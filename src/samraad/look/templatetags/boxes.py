"""Links, buttons and boxes: what pages are put together from, so that a template is a list of named parts.

Links and buttons take the district from the page: `{% link "Ret" "room:edit" thing.pk what=thing.spoken %}`.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from samraad.look.templatetags.look import prose

register = template.Library()
NOTHING = SafeString("")


def _told(markup: str, words: Any) -> SafeString:
    """The words in their markup; nothing when there are none."""
    return format_html(markup, words) if words else NOTHING


@dataclass(frozen=True)
class _Place:
    """Where a link leads: a page of the district at hand or of none, what is asked of it, and where on it."""

    name: str
    args: tuple[Any, ...]
    everywhere: bool = False
    query: str = ""
    anchor: str = ""

    def address(self, context: Context) -> str:
        """Its address, seen from a page."""
        args = self.args if self.everywhere else (context["district"].slug, *self.args)
        url = reverse(self.name, args=args)
        if self.query:
            url = f"{url}?{self.query}"
        return f"{url}#{self.anchor}" if self.anchor else url


@register.filter
def spoken(what: Any) -> SafeString:
    """What an act is done to, for those who hear the page; nothing when it goes without saying."""
    return _told('<span class="sr-only"> {}</span>', what)


@register.simple_tag(takes_context=True)
def link(
    context: Context,
    words: Any,
    name: str,
    *args: Any,
    what: Any = "",
    kind: str = "",
    query: str = "",
    anchor: str = "",
    everywhere: bool = False,
) -> SafeString:
    """A link to a page of this district; `kind` ("primary", "secondary") makes it look like a button.

    `everywhere`: the page belongs to no district (people, mails).
    """
    url = _Place(name, args, everywhere, query, anchor).address(context)
    if kind:
        return format_html('<a class="button button-{}" href="{}">{}{}</a>', kind, url, words, spoken(what))
    return format_html('<a href="{}">{}{}</a>', url, words, spoken(what))


@register.inclusion_tag("components/button.html", takes_context=True)
def press(
    context: Context,
    words: str,
    name: str,
    *args: Any,
    what: Any = "",
    kind: str = "secondary",
    query: str = "",
    everywhere: bool = False,
) -> dict[str, Any]:
    """A button that does one thing at an address of this district, sent once however often it is pressed.

    `everywhere`: the address belongs to no district.
    """
    url = _Place(name, args, everywhere, query).address(context)
    return {
        "label": words,
        "url": url,
        "kind": kind,
        "what": what,
        "token": uuid.uuid4(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_block_tag
def head(content: str, title: Any, eyebrow: Any = "", lead: Any = "") -> SafeString:
    """The head of a page: its heading, a word above it, a sentence below, then what stands there."""
    above = _told('<p class="sam-eyebrow">{}</p>', eyebrow)
    below = _told('<p class="sam-lead">{}</p>', lead)
    return format_html('<div class="sam-head">{}<h1>{}</h1>{}{}</div>', above, title, below, content)


@register.simple_block_tag
def section(content: str, title: Any, id: str = "", css: str = "sam-section") -> SafeString:
    """A part of a page under a heading; `id` is where links to it go."""
    heading = f"h-{id or slugify(title)}"
    anchor = _told(' id="{}"', id)
    if id:
        css = f"{css} sam-anchor"
    return format_html(
        '<section class="{}"{} aria-labelledby="{}"><h2 id="{}">{}</h2>{}</section>',
        css,
        anchor,
        heading,
        heading,
        title,
        content,
    )


@register.simple_block_tag
def panel(content: str, title: Any = "", id: str = "", css: str = "", level: int = 2) -> SafeString:
    """A box, with a heading or without; `css` is "tint" for the one that stands out."""
    classes = "sam-panel"
    if css:
        classes = f"{classes} sam-panel--{css}"
    if id:
        classes = f"{classes} sam-anchor"
    anchor = _told(' id="{}"', id)
    heading = format_html("<h{}>{}</h{}>", level, title, level) if title else NOTHING
    return format_html('<div class="{}"{}>{}{}</div>', classes, anchor, heading, content)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of facts: `fact` and `factbox` inside."""
    return format_html('<dl class="sam-facts">{}</dl>', content)


@register.simple_tag
def fact(name: Any, value: Any) -> SafeString:
    """A fact in a word or a sentence."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", name, value)


@register.simple_block_tag
def factbox(content: str, name: Any) -> SafeString:
    """A fact that holds more than words."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", name, content)


@register.simple_block_tag
def table(content: str, *heads: str, caption: Any = "", css: str = "sam-table--stack") -> SafeString:
    """A table with its column heads; on a phone each cell tells its own (`data-label`)."""
    told = _told("<caption>{}</caption>", caption)
    columns = SafeString("".join(format_html('<th scope="col">{}</th>', head) for head in heads if head))
    return format_html(
        '<table class="sam-table {}">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        css,
        told,
        columns,
        content,
    )


@register.simple_block_tag
def more(content: str, words: Any) -> SafeString:
    """What is folded away under a line of words."""
    return format_html('<details class="sam-more"><summary>{}</summary>{}</details>', words, content)


@register.simple_block_tag
def acts(content: str, css: str = "") -> SafeString:
    """A row of what one can do; not printed."""
    classes = f"sam-row d-print-none {css}".rstrip()
    return format_html('<div class="{}">{}</div>', classes, content)


@register.simple_block_tag
def note(content: str, css: str = "") -> SafeString:
    """A sentence that stands out; `css` is "sam-note--roed" for bad news."""
    classes = f"sam-note {css}".rstrip()
    return format_html('<div class="{}">{}</div>', classes, content)


@register.simple_tag
def why(reason: Any) -> SafeString:
    """Why something cannot be done; nothing when it can."""
    return _told('<p class="sam-why">{}</p>', reason)


@register.simple_tag
def small(*words: Any) -> SafeString:
    """A line in small print, its parts with a dot between; empty parts are left out."""
    said = [conditional_escape(word) for word in words if word]
    return _told('<p class="sam-small">{}</p>', SafeString(" · ".join(said)))


@register.simple_tag
def body(text: str, title: str = "") -> SafeString:
    """A stored text in the HTML subset, with a heading or without; nothing when there is none."""
    if not text:
        return NOTHING
    heading = _told("<h4>{}</h4>", title)
    return format_html('<div class="sam-body">{}{}</div>', heading, prose(text))
