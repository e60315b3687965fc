"""The annual wheel as a picture: a ring of twelve months with meetings and duties, as SVG without style or script."""

import math
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samraad.commitment.queries import WheelRow
from samraad.look.danish import MONTHS

SIZE, MIDDLE, RING = 520, 260, 190
STATE_WORDS = {
    "done": "opfyldt",
    "placed": "på en dagsorden",
    "proposed": "foreslår sig selv til mødet",
    "waits": "venter",
    "hole": "intet møde i vinduet",
    "removed": "taget af i år",
}


def ring(year: int, today: date, meetings: list[Any], rows: list[WheelRow]) -> SafeString:
    """The year as a ring: meetings inside, duties (numbered as in the table) outside, a line for today."""
    months = [
        (*_at(_angle(date(year, number, 15)), RING), name[:3]) for number, name in enumerate(MONTHS, start=1)
    ]
    borders = [
        (*_at(_angle(date(year, n, 1)), RING - 17), *_at(_angle(date(year, n, 1)), RING + 17))
        for n in range(1, 13)
    ]
    dots = [(*_at(_angle(m.starts_at.date()), RING - 44), m.starts_at.date().day) for m in meetings]
    duties = _spread([(n, row) for n, row in enumerate(rows, start=1)])
    now = (*_at(_angle(today), RING - 60), *_at(_angle(today), RING + 24)) if today.year == year else None
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="hjul-titel hjul-tekst"><title id="hjul-titel">Årshjul {}</title>'
        '<desc id="hjul-tekst">{} møder og {} pligter. Tabellen under billedet siger det samme.</desc>'
        '<circle class="w-ring" cx="{}" cy="{}" r="{}"/>{}{}{}{}{}<text class="w-mid" x="{}" y="{}">{}</text>'
        '<text class="w-sub" x="{}" y="{}">{} møder</text></svg>',
        SIZE,
        SIZE,
        year,
        len(meetings),
        len(rows),
        MIDDLE,
        MIDDLE,
        RING,
        format_html_join("", '<line class="w-line" x1="{}" y1="{}" x2="{}" y2="{}"/>', borders),
        format_html_join("", '<text class="w-month" x="{}" y="{}">{}</text>', months),
        format_html_join(
            "",
            '<circle class="w-dot w-meeting" cx="{0}" cy="{1}" r="14"/><text class="w-nr" x="{0}" y="{1}">{2}</text>',
            dots,
        ),
        format_html_join(
            "",
            '<circle class="w-dot w-{3}" cx="{0}" cy="{1}" r="12"/><text class="w-nr" x="{0}" y="{1}">{2}</text>',
            duties,
        ),
        format_html('<line class="w-now" x1="{}" y1="{}" x2="{}" y2="{}"/>', *now) if now else "",
        MIDDLE,
        MIDDLE + 4,
        year,
        MIDDLE,
        MIDDLE + 26,
        len(meetings),
    )


def _spread(rows: list[tuple[int, WheelRow]]) -> list[tuple[float, float, int, str]]:
    """Place the numbered duties outside the ring; those of the same days move outwards instead of over each other."""
    out: list[tuple[float, float, int, str]] = []
    for number, row in rows:
        angle = _angle(row.occurrence.due_on)
        for step in range(8):
            x, y = _at(angle + 0.13 * ((step + 1) // 2) * (-1) ** step, RING + 36)
            if all(math.hypot(x - px, y - py) > 25 for px, py, _, _ in out):
                break
        out.append((x, y, number, row.state))
    return out


def _angle(day: date) -> float:
    return 2 * math.pi * (day.timetuple().tm_yday - 1) / 365 - math.pi / 2


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(MIDDLE + radius * math.cos(angle), 1), round(MIDDLE + radius * math.sin(angle), 1)
