"""What a reader must know beside a figure: corona, changed definitions, small counts, provisional periods."""

from dataclasses import dataclass

from evidens import offences
from evidens.counts import Counts
from evidens.periods import Span, in_covid

SMALL = 25  # below this a percentage alone says nothing


@dataclass(frozen=True)
class Reservation:
    """Something a reader must know beside the figure."""

    code: str
    text_da: str
    text_en: str


def needed(
    counts: Counts, offence: offences.Choice, span: Span, against: Span | None, least: int | None, phi: float, history: int
) -> list[Reservation]:
    """What must stand beside a figure. `least` is the smaller count, `history` how many earlier periods the dispersion rests on."""
    found = []
    both = (span, against) if against else (span,)
    if against:
        for change in offences.breaks_within(offence.codes, span, against):
            found.append(Reservation("definition", change.text_da, change.text_en))
        if (span.first.number, span.first.freq) != (against.first.number, against.first.freq):
            found.append(
                Reservation(
                    "season", "De to perioder ligger på forskellige tider af året.", "The spans lie at different times of the year."
                )
            )
    if any(in_covid(part) for part in both):
        found.append(
            Reservation(
                "covid",
                "Coronarestriktionerne (1. kvartal 2020 til 2. kvartal 2021) ligger i sammenligningen.",
                "The corona restrictions (Q1 2020 to Q2 2021) lie within the comparison.",
            )
        )
    if span.last.ordinal >= counts.latest.ordinal:
        text = "Den nyeste periode er foreløbig; anmeldelser kommer til senere."
        found.append(Reservation("provisional", text, "The newest period is provisional; reports are added later."))
    if least is not None and least < SMALL:
        found.append(
            Reservation("small", f"Der er under {SMALL} sager i en af perioderne.", f"Fewer than {SMALL} reports in one of the spans.")
        )
    if phi > 1:
        found.append(
            Reservation(
                "overdispersion",
                f"Tallene svinger mere end ren tilfældighed (phi {phi:.1f}".replace(".", ",") + "); intervallet er gjort bredere.",
                f"The counts vary more than chance alone (phi {phi:.1f}); the interval is widened.",
            )
        )
    if against and not history and least is not None:
        text = "Der er for få tidligere perioder til at se, hvor meget tallene plejer at svinge; intervallet kan være for smalt."
        found.append(
            Reservation("no_history", text, "Too few earlier periods to see how much the counts vary; the interval may be too narrow.")
        )
    if counts.source.official:
        text = "Anmeldte forhold, ikke begåede; anmeldelser med uoplyst kommune er kun med i hele landets tal."
        found.append(
            Reservation(
                "reported", text, "Reported offences, not committed ones; reports of unknown place are in the country's figure only."
            )
        )
    return found
