"""What may deceive in an evaluation, as reservations that stand beside the result."""

from evidens.reservations import Reservation

NOT_CAUSE = Reservation(
    "not_cause",
    "Tallet siger, at udviklingen var en anden end i sammenligningen; ikke alene, hvorfor.",
    "The figure says that the course differed from the comparison; not by itself why.",
)
NO_COMPARISON = Reservation(
    "no_comparison",
    "Der er ingen sammenligning. Ændringen kan ikke kaldes en virkning.",
    "There is no comparison. The change cannot be called an effect.",
)
POISSON_ONLY = Reservation(
    "poisson_only",
    "Usikkerheden er kun den rene tilfældigheds. Anmeldelser svinger mere, så intervallet er for smalt; "
    "giv phi fra tidligere år.",
    "The error is that of chance alone. Reports vary more, so the interval is too narrow; give phi from "
    "earlier years.",
)
NO_DISPLACEMENT = Reservation(
    "no_displacement",
    "Naboområder er ikke med: det, der er flyttet, ses ikke.",
    "Neighbouring areas are not included: what has moved is not seen.",
)
PATHS_UNSEEN = Reservation(
    "paths_unseen",
    "At området og sammenligningen fulgtes ad før, er ikke vist her.",
    "That area and comparison moved together before is not shown here.",
)
PATHS_ALIKE = Reservation(
    "paths_alike",
    "I tiden før fulgtes de ad, så vidt tallene kan vise det.",
    "In the time before they moved together, as far as the counts can show.",
)
PATHS_APART = Reservation(
    "paths_apart",
    "Allerede i tiden før gik de hver sin vej. Så kan forskellen efter være det samme.",
    "Already in the time before they moved apart. The difference after may be the same.",
)
FEW_PLACEBOS = Reservation(
    "few_placebos",
    "For få at sammenligne med: den mindste p, en tosidet prøve kan give, er over 5 %.",
    "Too few to compare with: the smallest p that a two-sided test can give is above 5 %.",
)
ONE_TREATED = Reservation(
    "one_treated",
    "Kun ét sted har fået indsatsen. Usikkerheden er, hvor forskelligt de andre steder ellers udvikler sig.",
    "One place only was treated. The error is how differently the other places otherwise develop.",
)
FEW_TREATED = Reservation(
    "few_treated",
    "Få steder har fået indsatsen; deres usikkerhed er svær at måle, og p-værdien er kun et skøn.",
    "Few places were treated; their error is hard to measure, and the p-value is rough.",
)
CHOSEN_BAD = Reservation(
    "chosen_bad",
    "Steder, der er valgt, fordi de var værst, falder af sig selv. Det er regnet fra, "
    "så vidt de andre steder ligner dem.",
    "Sites chosen because they were worst fall by themselves. That is taken out as far as the other sites "
    "are like them.",
)
NO_FUNCTION = Reservation(
    "no_function",
    "Det ventede tal er det samme for alle steder: trafik og vejtype er ikke med.",
    "The expected number is the same for all sites: traffic and road type are not included.",
)
NO_SPREAD = Reservation(
    "no_spread",
    "Stederne svinger ikke mere end ren tilfældighed, så alle regnes for ens.",
    "The sites vary no more than chance alone, so all are taken to be alike.",
)
FEW_AFTER = Reservation(
    "few_after",
    "Få perioder efter: niveau og hældning kan ikke skilles ad.",
    "Few periods after: level and slope cannot be told apart.",
)
WAVES = Reservation(
    "waves",
    "Tal over det sædvanlige følges af flere; intervallet er gjort bredere.",
    "Counts above the usual are followed by more; the interval is widened.",
)
SAME_TIME = Reservation(
    "same_time",
    "Alt andet, der skete på samme tid, ligger i tallet.",
    "Whatever else happened at the same time lies in the figure.",
)
COMPUTED = Reservation(
    "computed",
    "Ulykkerne er regnet ud fra farten, ikke talt.",
    "The accidents are computed from the speed, not counted.",
)
URBAN = Reservation(
    "urban",
    "Potensmodellen er usikker på store byveje (Cameron & Elvik 2010).",
    "The power model is not directly applicable on urban arterials (Cameron & Elvik 2010).",
)
THESE_STRETCHES = Reservation(
    "these_stretches",
    "Tallet gælder de strækninger, der er målt, og ikke andre.",
    "The figure holds for the stretches measured, and no others.",
)
ONE_DAY = Reservation(
    "one_day",
    "En strækning er kun målt én dag. Dage svinger mere end biler, så intervallet er for smalt.",
    "A stretch was measured on one day only. Days vary more than cars, so the interval is too narrow.",
)
CHOOSERS = Reservation(
    "choosers",
    "De, der siger ja, er andre end de, der siger nej. Vægtene retter kun for det, der er målt.",
    "Those who say yes differ from those who say no. The weights mend only what was measured.",
)
UNWEIGHTED = Reservation(
    "unweighted",
    "De, der siger ja, er andre end de, der siger nej, og der er ikke rettet for det.",
    "Those who say yes differ from those who say no, and nothing is done about it.",
)
IMMORTAL = Reservation(
    "immortal",
    "Uden en fælles begyndelsesdag tæller ventetiden som hjælp: den, der når at begynde, har klaret sig "
    "så længe.",
    "Without a landmark the waiting counts as help: who lives to begin has come that far.",
)
LANDMARK = Reservation(
    "landmark",
    "Tallet gælder dem, der var med på begyndelsesdagen uden en ny sag; ikke alle, der blev spurgt.",
    "The figure holds for those still there on the landmark day without a new case; not all who were asked.",
)
LEFT_OUT = Reservation(
    "competing",
    "Død og flytning er regnet som slut uden hændelse.",
    "Death and emigration count as the end without event.",
)
SMALL_COUNTS = Reservation(
    "small",
    "Der er under 25 i et af tallene; en procent alene siger intet.",
    "Fewer than 25 in one of the counts; a percentage alone says nothing.",
)
