"""Answers as the records that `--json` writes and other programs read: the fields that are promised."""

from evidens import sentence
from evidens.answers import Answer, Change, Level, Missing, Rate, Redefined
from evidens.counts import Counts
from evidens.warning import Attention

RATE_UNIT = "per 1,000 inhabitants and year"


def change(found: Answer) -> dict[str, object]:
    """What was asked, the numbers or why there are none, what stands beside them, sentences and source."""
    record = {"available": found.available, **_asked(found)}
    if isinstance(found, Missing):
        record |= {"reason": found.reason_da, "reason_en": found.reason_en, "known": found.known}
    else:
        record |= _numbers(found)
    if not isinstance(found, Level) and found.compare:
        record["compare"] = found.compare.as_dict()
    record["reservations"] = [
        {"code": told.code, "text_da": told.text_da, "text_en": told.text_en} for told in found.reservations
    ]
    record["sentence_da"] = sentence.change(found, "da")
    record["sentence_en"] = sentence.change(found, "en")
    record["source"] = found.source.credit()
    record["provenance"] = found.source.as_dict()
    return record


def _asked(found: Answer) -> dict[str, object]:
    against = None
    if not isinstance(found, Level) and found.against:
        against = str(found.against)
    return {
        "place": found.place.key,
        "place_name": found.place.name,
        "offence": list(found.offence.codes),
        "offence_name": found.offence.name,
        "span": str(found.span),
        "against": against,
    }


def _numbers(found: Level | Redefined | Change) -> dict[str, object]:
    """The same fields for all three, so that a reader need not tell them apart.

    None where there is no such number.
    """
    if isinstance(found, Level):
        return _without_change(None, found.after, "garwood") | _rates(None, found.rate_after)
    if isinstance(found, Redefined):
        return _without_change(found.before, found.after, "") | _rates(None, found.rate_after)
    record = {
        "before": found.before,
        "after": found.after,
        "change_pct": found.change_pct,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "p_adjusted": found.p_adjusted,
        "family": found.family,
        "phi": found.phi,
        "degrees_of_freedom": found.free,
        "method": found.method,
        "exact_low": found.exact[0],
        "exact_high": found.exact[1],
        **_rates(found.rate_before, found.rate_after),
    }
    if found.earlier:
        record["earlier"] = found.earlier.__dict__ | {"span": str(found.earlier.span)}
    if found.power:
        record["power"] = found.power.__dict__
    return record


def _without_change(before: int | None, after: int, method: str) -> dict[str, object]:
    return {
        "before": before,
        "after": after,
        "change_pct": None,
        "low": None,
        "high": None,
        "p": None,
        "p_adjusted": None,
        "family": 1,
        "phi": 1.0,
        "degrees_of_freedom": 0,
        "method": method,
        "exact_low": None,
        "exact_high": None,
    }


def _rates(before: Rate | None, after: Rate | None) -> dict[str, object]:
    record: dict[str, object] = dict.fromkeys(
        ("rate_before", "rate_after", "rate_after_interval", "rate_unit")
    )
    if before:
        record["rate_before"] = before.value
    if after:
        record["rate_after"] = after.value
        record["rate_after_interval"] = (after.low, after.high)
        record["rate_unit"] = RATE_UNIT
    return record


def attention(found: Attention, counts: Counts) -> dict[str, object]:
    """The attention list, how much was looked at, and what the method can and cannot see."""
    rows = [
        {
            "place": row.place.key,
            "place_name": row.place.name,
            "offence": row.offence,
            "period": str(row.period),
            "count": row.count,
            "expected": row.expected,
            "upper": row.upper,
            "p": row.p,
            "method": row.method,
        }
        for row in found.rows
    ]
    return {
        "period": str(found.period),
        "list": rows,
        "looked_at": found.looked_at,
        "by_chance": found.by_chance,
        "left_out": list(found.left_out),
        "method": found.method,
        "text_da": found.limits_da,
        "source": counts.source.credit(),
    }
