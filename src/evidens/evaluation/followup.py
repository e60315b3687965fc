"""Does help delay a relapse? Cox with a landmark against immortal time, overlap weights against choice.

Who lives to begin a course has come that far without a relapse; counted as treated from the first day, a
course that does nothing looks like a cure (immortal time: Suissa 2008). With a landmark (Anderson, Cain &
Gelber 1983) all begin the same day: those who had begun by then against those who had not.
"""

from dataclasses import asdict, dataclass

import numpy as np

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.evaluation import threats
from evidens.evaluation.cox import Cox, cox, log_rank
from evidens.evaluation.effect import Effect, Sight, ratio_limits, smallest_fall
from evidens.evaluation.overlap import overlap
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number
from evidens.survival import kaplan_meier

METHOD = "Cox regression (Efron's ties), landmark day {day:g}{weighted}"
WEIGHTED = ", overlap weights (Li, Morgan & Zaslavsky 2018), robust error (Lin & Wei 1989)"
RESTS_ON = "{events} hændelser efter begyndelsesdagen (Schoenfeld 1983)"
NO_LANDMARK = (
    "Giv en begyndelsesdag (landmark). Uden den tæller ventetiden som hjælp: den, der når at begynde, har "
    "klaret sig så længe."
)


@dataclass(frozen=True)
class Group:
    """Persons after the landmark, their new cases, and the share still without one, with limits."""

    persons: int
    events: int
    without: float
    low: float
    high: float


@dataclass(frozen=True)
class Followed:
    """One row per person asked: days until a new case or until not followed any longer, float64[N].

    `ended` (bool): there was a new case. `began` is the day the course began, NaN: never. `columns`
    float64[N, p] is what was known of each on the first day.
    """

    days: Array
    ended: Array
    began: Array
    columns: Array | None = None


def followup(followed: Followed, landmark: float | None, expected: float | None = None) -> Effect:
    """The hazard of a new case after the landmark, of those who had begun by then against those who had not.

    With columns the two are made alike by overlap weights. `expected` is the fall in per cent of the hazard
    that is hoped for. Raises BadRequest without a landmark, and Unavailable where a group has no new case.
    """
    _check(followed)
    if landmark is None:
        raise BadRequest(NO_LANDMARK)
    time, ended, treated, columns = _from(followed, landmark)
    details, groups = _details(time, ended, treated, followed, landmark)
    weight = None
    if columns is not None:
        found = overlap(treated, columns)
        weight = found.weight
        details |= {"difference_before": found.before.tolist(), "difference_after": found.after.tolist()}
        details["effective"] = list(found.effective)
    fit = cox(time, ended, treated[:, None].astype(float), weight)
    error, weighted = _error(fit, weight)
    ratio, low, high = ratio_limits(float(fit.beta[0]), error)
    return Effect(
        "cox",
        "ratio",
        ratio,
        error,
        low,
        high,
        METHOD.format(day=landmark, weighted=weighted),
        power_for(int(ended.sum()), float(treated.mean()), expected),
        _sentence(groups, ratio, low, high),
        tuple(_needed(columns is not None, groups)),
        details,
    )


def power_for(events: int, share: float, expected: float | None = None) -> Sight:
    """The smallest fall of the hazard that shows, from how many events are awaited and the share treated.

    Schoenfeld 1983. 200 with and 400 without, 30 % of them with a new case: a hazard ratio of .64.

    >>> round(1 - power_for(180, 1 / 3).smallest / 100, 2)
    0.64
    """
    if not 0 < share < 1 or events < 1:
        return Sight(None, "%", RESTS_ON.format(events=events), expected)
    error = 1 / float(np.sqrt(events * share * (1 - share)))
    return Sight(smallest_fall(error), "%", RESTS_ON.format(events=events), expected)


def _check(followed: Followed) -> None:
    if not len(followed.days) == len(followed.ended) == len(followed.began):
        raise BadRequest("Hver person skal have dage, udfald og begyndelse (tom: aldrig).")
    if not (followed.days > 0).all():
        raise BadRequest("Hver person skal være fulgt i mere end 0 dage.")
    began = np.nan_to_num(followed.began)
    if (began < 0).any() or (began > followed.days).any():
        raise BadRequest("Et forløb kan ikke begynde før dag 0, eller efter at personen ikke følges mere.")


def _from(followed: Followed, landmark: float) -> tuple[Array, Array, Array, Array | None]:
    """Those still there on the landmark day, their time from it, and who had begun by then."""
    there = followed.days > landmark
    treated = followed.began[there] <= landmark
    if not treated.any() or treated.all():
        raise BadRequest(
            f"På dag {landmark:g} er der {int(treated.sum())}, der er begyndt, og "
            f"{int((~treated).sum())}, der "
            "ikke er. Der skal være nogle af begge."
        )
    columns = None
    if followed.columns is not None:
        columns = followed.columns[there]
    return followed.days[there] - landmark, followed.ended[there], treated, columns


def _error(fit: Cox, weight: Array | None) -> tuple[float, str]:
    if weight is None:
        return float(fit.se[0]), ""
    return float(fit.robust_se[0]), WEIGHTED


def _details(
    time: Array, ended: Array, treated: Array, followed: Followed, landmark: float
) -> tuple[dict[str, object], list[Group]]:
    """How many, how many new cases, and the share still without one at the end of the shorter follow-up."""
    until = float(min(time[treated].max(), time[~treated].max()))
    square, p = log_rank(time, ended, treated)
    late = (followed.began > landmark) & (followed.days > landmark)
    found: dict[str, object] = {
        "landmark": landmark,
        "gone_before": int((followed.days <= landmark).sum()),
        "began_later": int(late.sum()),
        "until": until,
        "log_rank": square,
        "log_rank_p": p,
    }
    groups = []
    for name, which in (("treated", treated), ("others", ~treated)):
        kept = kaplan_meier(time[which], ended[which]).at(until)
        groups.append(Group(int(which.sum()), int(ended[which].sum()), *kept))
        found[name] = asdict(groups[-1])
    return found, groups


def _needed(weighted: bool, groups: list[Group]) -> list[Reservation]:
    told = [threats.LANDMARK, threats.LEFT_OUT]
    if weighted:
        told.append(threats.CHOOSERS)
    else:
        told.append(threats.UNWEIGHTED)
    if min(group.events for group in groups) < SMALL:
        told.append(threats.SMALL_COUNTS)
    return told


def _sentence(groups: list[Group], ratio: float, low: float, high: float) -> str:
    one, other = groups
    counts = (
        f"Af {number(one.persons)}, der var begyndt, fik {number(one.events)} en ny sag; "
        f"af {number(other.persons)} andre {number(other.events)}"
    )
    if low <= 1 <= high:
        return f"{counts}; ingen klar forskel."
    text = f"{counts}. Risikoen var {number(ratio, 'da', 2)} gange de andres"
    return f"{text} (95 %-interval {number(low, 'da', 2)} til {number(high, 'da', 2)})."
