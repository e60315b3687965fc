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


def needed(
    counts: Counts,
    offence: offences.Choice,
    span: Span,
    against: Span | None,
    found: tuple[int, ...] = (),
    spread: Spread | None = None,
) -> list[Reservation]:
    """What must stand beside a figure. `found` are the counts (none: not available), `spread` how much the series varies."""
    return [
        *(_of_definition(offence, span, against) if against else []),
        *_of_time(counts, span, against, bool(found)),
        *_of_size(found, spread),
        *_of_source(counts, found),
    ]


def _of_definition(offence: offences.Choice, span: Span, against: Span) -> list[Reservation]:
    breaks = offences.breaks_within(offence.codes, span, against)
    return [
        Reservation("definition_part" if change.part else "definition", change.text_da, change.text_en)
        for change in breaks
    ]


def _of_time(counts: Counts, span: Span, against: Span | None, available: bool) -> list[Reservation]:
    found = []
    if against and (span.first.number, span.first.freq) != (against.first.number, against.first.freq):
        text = "De to perioder ligger på forskellige tider af året."
        found.append(Reservation("season", text, "The spans lie at different times of the year."))
    if any(in_covid(part) for part in ((span, against) if against else (span,))):
        text = "Coronarestriktionerne (1. kvartal 2020 til 2. kvartal 2021) ligger i tallene."
        found.append(
            Reservation("covid", text, "The corona restrictions (Q1 2020 to Q2 2021) lie within the figures.")
        )
    if available and span.last.ordinal >= counts.latest.ordinal:
        text = "Den nyeste periode er foreløbig; der kommer tal til senere."
        found.append(
            Reservation("provisional", text, "The newest period is provisional; more is added later.")
        )
    return found


def _of_size(found: tuple[int, ...], spread: Spread | None) -> list[Reservation]:
    told = []
    if found and min(found) < SMALL:
        told.append(
            Reservation(
                "small",
                f"Der er under {SMALL} i en af perioderne.",
                f"Fewer than {SMALL} in one of the spans.",
            )
        )
    if spread is not None and spread.phi > 1:
        shown = f"{spread.phi:.1f}"
        told.append(
            Reservation(
                "overdispersion",
                f"Tallene svinger mere end ren tilfældighed (phi {shown.replace('.', ',')}); intervallet er gjort bredere.",
                f"The counts vary more than chance alone (phi {shown}); the interval is widened.",
            )
        )
    if spread is not None and spread.phi > 1 and spread.periods < spread.wanted:
        text = f"Udsvinget er målt på kun {spread.periods} tidligere perioder; med en længere historie kan intervallet blive et andet."
        english = f"The variation is measured on {spread.periods} earlier periods only; a longer history may give another interval."
        told.append(Reservation("short_history", text, english))
    if spread is not None and not spread.periods:
        text = "Der er for få tidligere perioder til at se, hvor meget tallene plejer at svinge; intervallet kan være for smalt."
        told.append(
            Reservation(
                "no_history",
                text,
                "Too few earlier periods to see how much the counts vary; the interval may be too narrow.",
            )
        )
    return told


def _of_source(counts: Counts, found: tuple[int, ...]) -> list[Reservation]:
    if not counts.source.official:
        return []
    told = []
    if 0 in found:
        text = "Kilden skriver 0 også for det, den skjuler, så et nul kan være et lille tal."
        told.append(
            Reservation(
                "zero_or_suppressed",
                text,
                "The source writes 0 for what it suppresses too, so a zero may be a small count.",
            )
        )
    if counts.kind == "charged":
        text = "Sigtelser i de anmeldelser, der er rejst sigtelse i; en sigtelse kan høre til et tidligere års anmeldelse."
        told.append(
            Reservation(
                "charged", text, "Offences with a charge; a charge may belong to an earlier year's report."
            )
        )
    else:
        text = (
            "Anmeldte forhold, ikke begåede; anmeldelser med uoplyst kommune er kun med i hele landets tal."
        )
        english = "Reported offences, not committed ones; reports of unknown place are in the country's figure only."
        told.append(Reservation("reported", text, english))
    return told
