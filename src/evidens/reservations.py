"""What a reader must know beside a figure: corona, changed definitions, small counts, provisional periods."""

from dataclasses import dataclass

from evidens import offences
from evidens.counts import Counts
from evidens.dispersion import Spread
from evidens.periods import Span, in_covid

SMALL = 25  # below this a percentage alone says nothing


@dataclass(frozen=True)
class Reservation:
    """Something a reader must know beside the figure."""

    code: str
    text_da: str
    text_en: str

    def text(self, lang: str) -> str:
        """The words in a language."""
        return {"da": self.text_da, "en": self.text_en}[lang]


SEASON = Reservation(
    "season",
    "De to perioder ligger på forskellige tider af året.",
    "The spans lie at different times of the year.",
)
CORONA = Reservation(
    "covid",
    "Coronarestriktionerne (1. kvartal 2020 til 2. kvartal 2021) ligger i tallene.",
    "The corona restrictions (Q1 2020 to Q2 2021) lie within the figures.",
)
PROVISIONAL = Reservation(
    "provisional",
    "Den nyeste periode er foreløbig; der kommer tal til senere.",
    "The newest period is provisional; more is added later.",
)
FEW = Reservation(
    "small",
    f"Der er under {SMALL} i en af perioderne.",
    f"Fewer than {SMALL} in one of the spans.",
)
NO_HISTORY = Reservation(
    "no_history",
    "Der er for få tidligere perioder til at se, hvor meget tallene plejer at svinge; "
    "intervallet kan være for smalt.",
    "Too few earlier periods to see how much the counts vary; the interval may be too narrow.",
)
ONE_PLACE = Reservation(
    "few_places",
    "Filen har for få steder til at se, hvor længe bølger i tallene varer; intervallet kan være for smalt.",
    "The file has too few places to see how long waves in the counts last; the interval may be too narrow.",
)
ZERO = Reservation(
    "zero_or_suppressed",
    "Kilden skriver 0 også for det, den skjuler, så et nul kan være et lille tal.",
    "The source writes 0 for what it suppresses too, so a zero may be a small count.",
)
CHARGED = Reservation(
    "charged",
    "Sigtelser i de anmeldelser, der er rejst sigtelse i; "
    "en sigtelse kan høre til et tidligere års anmeldelse.",
    "Offences with a charge; a charge may belong to an earlier year's report.",
)
REPORTED = Reservation(
    "reported",
    "Anmeldte forhold, ikke begåede; anmeldelser med uoplyst kommune er kun med i hele landets tal.",
    "Reported offences, not committed ones; reports of unknown place are in the country's figure only.",
)


def needed(
    counts: Counts,
    offence: offences.Choice,
    span: Span,
    against: Span | None,
    found: tuple[int, ...] = (),
    spread: Spread | None = None,
) -> list[Reservation]:
    """What must stand beside a figure.

    `found` are the counts (none: not available), `spread` how the series varies.
    """
    told = _of_time(counts, span, against, bool(found))
    if against:
        told = [*_of_definition(offence, span, against), *told]
    if found and min(found) < SMALL:
        told.append(FEW)
    if spread is not None:
        told += _of_spread(spread)
    return told + _of_source(counts, found)


def _of_definition(offence: offences.Choice, span: Span, against: Span) -> list[Reservation]:
    told = []
    for change in offence.breaks_within(span, against):
        code = "definition"
        if change.part:
            code = "definition_part"
        danish, english = change.text_da, change.text_en
        if change.source:
            danish, english = f"{danish} (Kilde: {change.source}.)", f"{english} (Source: {change.source}.)"
        told.append(Reservation(code, danish, english))
    return told


def _of_time(counts: Counts, span: Span, against: Span | None, available: bool) -> list[Reservation]:
    told = []
    spans = [span]
    if against:
        spans.append(against)
    if len({(part.first.number, part.first.freq) for part in spans}) > 1:
        told.append(SEASON)
    if any(in_covid(part) for part in spans):
        told.append(CORONA)
    if available and span.last.ordinal >= counts.latest.ordinal:
        told.append(PROVISIONAL)
    return told


def _of_spread(spread: Spread) -> list[Reservation]:
    if not spread.periods:
        return [NO_HISTORY]
    if spread.phi <= 1:
        return []
    if not spread.shared:
        return [_wider(f"{spread.phi:.1f}"), *_short(spread), ONE_PLACE]
    told = [_wider(f"{spread.phi:.1f}")]
    return told + _short(spread)


def _short(spread: Spread) -> list[Reservation]:
    if spread.periods < spread.wanted:
        return [_short_history(spread.periods)]
    return []


def _wider(phi: str) -> Reservation:
    danish = phi.replace(".", ",")
    return Reservation(
        "overdispersion",
        f"Tallene svinger mere end ren tilfældighed (phi {danish}); intervallet er gjort bredere.",
        f"The counts vary more than chance alone (phi {phi}); the interval is widened.",
    )


def _short_history(periods: int) -> Reservation:
    return Reservation(
        "short_history",
        f"Udsvinget er målt på kun {periods} tidligere perioder; "
        "med en længere historie kan intervallet blive et andet.",
        f"The variation is measured on {periods} earlier periods only; "
        "a longer history may give another interval.",
    )


def _of_source(counts: Counts, found: tuple[int, ...]) -> list[Reservation]:
    if not counts.source.official:
        return []
    told = [REPORTED]
    if counts.kind == "charged":
        told = [CHARGED]
    if 0 in found:
        told = [ZERO, *told]
    return told
