"""A plan in our own words that the reader, the pages and the stories all read."""

# An own-words plan with the shape and the faults of a real one: contents that differ from headings, a stale year,
# a doubled paragraph, a chapter of numbered areas, one area with two parts, a contact block.
PLAN = """
Samarbejdsplan 2022
#
Hjørring Kommune
#
Læsø Kommune
#
Brønderslev Kommune
#
Indhold
01\tHvordan vi arbejder sammen\t2
02\tKriminaliteten i 2020\t3
03\tIndsatsområder i 2021\t4
03.1\tNye nærstationer\t4
03.2\tTrygge aftener\t5
04\tLokalrådenes arbejde\t6
#
01 Hvordan vi arbejder sammen
#
Kredsrådet mødes fire gange om året og drøfter politiets arbejde, forebyggelse og samarbejdet med kommunerne i kredsen.
#
02 Kriminaliteten i 2021
#
Antallet af indbrud i private hjem faldt i årets tre første kvartaler. Restriktionerne under corona har påvirket tallene begge år.
#
Antallet af indbrud i private hjem faldt i årets tre første kvartaler. Restriktionerne under corona har påvirket tallene begge år.
#
03 Indsatsområder i 2021
#
03.1 Nye nærstationer
#
Lokalbetjentene på stationerne skal i 2022 lære foreninger og erhvervsliv at kende og have dagligt samarbejde med kommunens medarbejdere.
#
03.2 Trygge aftener
#
Natteliv i byerne
#
Politi, kommuner, bevillingsnævn og værtshuse skal i 2022 fortsætte samarbejdet om et nattelivet, hvor alle kan være trygge.
#
Gaderne ved stationen
#
Politi og kommune går en tryghedsvandring sammen med beboerne hvert forår og ser, hvor der mangler lys og liv.
#
04 Lokalrådenes arbejde
#
Hvert lokalråd fastlægger inden den 1. februar 2022 en handleplan, der tager udgangspunkt i planens områder.
#
NORDJYLLANDS
POLITI
Telefon: 114
""".strip().replace("#", "")
