"""The main job in a real browser: read, complete, meet, release, answer, follow, publish.

At the start only the cast and the reference data exist; everything else happens in pages.
"""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest
from playwright.sync_api import Locator

from samraad.demo.cast import Entered
from tests.databases import moment
from tests.documents.pdf_rules import faults, words
from tests.manuscript.small_plan import PLAN
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.story


def day(settings: Any, year: int, month: int, number: int) -> None:
    """Let the domain's day be another one."""
    settings.SAMRAAD_TODAY = moment(date(year, month, number))


def upload(text: str) -> dict[str, Any]:
    """The plan as a Word file."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "plan-2022.docx", "mimeType": kind, "buffer": out.getvalue()}


def press_with_keyboard(visitor: Any, name: str) -> None:
    """Reach a button with Tab alone and press it with Enter."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.innerText") == name:
            visitor.page.keyboard.press("Enter")
            return
    raise AssertionError(f"“{name}” kan ikke nås med tastaturet")


def minuted(visitor: Visitor, number: int, outcome: str, minute: str) -> Locator:
    """Write the minute of one item on the page of all of them, and save; where the item stands on it."""
    item = visitor.page.locator("details[data-item]").nth(number - 1)
    if item.get_attribute("open") is None:
        item.locator("summary").first.click()
    item.get_by_label(outcome, exact=True).check()
    item.locator("textarea[name$='-minute']").fill(minute)
    item.locator("[data-stay]").click()
    visitor.sees("Referatet er gemt.")
    return item


def test_it_goes_from_a_file_to_a_public_plan_that_is_answered_and_followed(
    cast: Entered, visit: Callable[..., Any], settings: Any
) -> None:
    day(settings, 2021, 11, 22)
    signe = visit("signe")

    # A file becomes a draft
    signe.open("/nordjylland/arbejde/planer/").check().sees("Der er ingen planer endnu.").click(
        "Læs en plan fra en fil"
    )
    signe.page.set_input_files("[name=upload]", upload(PLAN))
    signe.press("Læs filen").sees(
        "Samarbejdsplan 2022: samarbejdsplan for 2022",
        "6 afsnit, 2 indsatsområder",
        "Indhold og overskrift",
        "Dobbelt afsnit",
    ).check()
    signe.press("Overtag som kladde").sees("Kladden er klar").check()
    plan_url = signe.page.url
    signe.click("Vis alt på én gang").sees("03.2", "Trygge aftener", "Gaderne ved stationen").check()

    # It is completed: addressees, a summary, a promise of one's own and one for a municipality
    signe.click("Ret og adresser Nye nærstationer").check()
    for name in (
        "Frederikshavn",
        "Læsø",
        "Jammerbugt",
        "Rebild",
        "Mariagerfjord",
        "Aalborg",
        "Vesthimmerlands",
    ):
        signe.page.get_by_label(f"Lokalråd {name}", exact=True).uncheck()
    signe.fill(short_title="Nærstationer", summary="Lokalbetjentene skal være kendte ansigter.").press(
        "Gem"
    ).sees("Området er gemt.")
    signe.click("Løfte under Nye nærstationer").fill(
        text="Besøge ti foreninger", owner="Nordjyllands Politi", due_on="2022-02-15"
    )
    signe.press("Gem").sees("Besøge ti foreninger", "Udkast")
    signe.click("Løfte under Nye nærstationer").fill(
        text="Vise vej til stationen", owner="Hjørring Kommune", due_on="2022-01-10"
    )
    signe.press("Gem").sees("Vise vej til stationen")

    # Two write at once: nothing is overwritten
    signe.open(plan_url).click("Vis alt på én gang")
    signe.page.get_by_role("link", name="Skriv Hvordan vi arbejder sammen").click()
    tage = visit("tage").open(signe.page.url)
    tage.fill(body="<p>Kredsrådet mødes hvert kvartal.</p>").press("Gem").sees("Afsnittet er gemt.")
    signe.fill(body="<p>Rådet mødes fire gange.</p>").press("Gem").sees(
        "En anden gemte imens", "Kredsrådet mødes hvert kvartal.", "Rådet mødes fire gange."
    )
    signe.check().fill(body="<p>Kredsrådet mødes hvert kvartal, fire gange om året.</p>").press("Gem").sees(
        "Afsnittet er gemt."
    )

    # A hearing: a party without a login replies by her own link; what was done with it ends in a note
    signe.open(plan_url).more().click("Send i høring").check().fill(
        due_on="2021-12-05", letter="Hvad mangler der?"
    ).press("Begynd høringen")
    signe.sees("Ingen er spurgt endnu.").click("Tilføj en part").check().fill(
        name="Natteravnene", email="ravn@example.dk"
    ).press("Tilføj")
    hearing_url = signe.page.url
    ravn = (
        visit()
        .open(signe.page.inner_text("#hoerings-link"))
        .sees("Natteravnene bliver hørt", "Natteliv i byerne")
        .check()
    )
    ravn.press("Send svaret").sees("Skriv en bemærkning, eller sæt kryds")
    ravn.fill(whole="Vi går gerne med om torsdagen.").press("Send svaret").sees(
        "Svaret er modtaget. Tak."
    ).quiet()
    signe.open(hearing_url).sees("1 af 1 har svaret", "Vi går gerne med om torsdagen.").check().press(
        "Afslut høringen"
    )
    signe.sees("1 bemærkning mangler").click("Hvad blev der gjort? Planen som helhed").choose(
        "Taget med"
    ).fill(answer="Torsdag er med.")
    signe.press("Gem").press("Afslut høringen").sees("Høringen er afsluttet.")
    ravn.page.reload()
    ravn.sees("Høringen er slut.")

    # It cannot be released before it was discussed, and not by the secretariat
    signe.open(plan_url).sees("Kun formanden for forummet kan offentliggøre planen.")
    visit("poul").open(plan_url).sees("Planen skal først drøftes på et møde i kredsrådet.").quiet()

    # A meeting is planned, the plan put on its agenda, called, held, and minuted
    signe.open("/nordjylland/arbejde/moeder/").sees("mangler 4 møder i 2021").click(
        "Planlæg møde i Kredsrådet i Nordjylland"
    ).check()
    signe.fill(day="2021-12-07", place="Aalborg").press("Læg mødet i kalenderen").sees(
        "Tirsdag 7. december 2021", "Planlagt"
    ).check()
    meeting_url = signe.page.url
    signe.open(plan_url).more().click("Læg planen på en dagsorden").press("Læg planen på").sees(
        "Planen er på dagsordenen"
    )
    signe.open(meeting_url).click("Se, hvad der bliver sendt").press("Send dagsordenen ud").sees("Indkaldt")
    signe.click("Nyt punkt").fill(title="Trygge skoleveje").choose("Beslutning").press("Læg punktet på").sees(
        "tillæg til dagsordenen"
    )
    day(settings, 2021, 12, 8)
    signe.open(meeting_url).click("Mødet er holdt: skriv fremmøde").check()
    for field in signe.page.locator("select[name^=seat_]").all()[3:]:
        field.select_option("excused")
    signe.press("Gem fremmødet").sees("3 af 10 pladser var dækket.")
    signe.click("Skriv referat af punkt 1")
    minuted(signe, 1, "Drøftet", "Rådet drøftede udkastet.")
    second = minuted(signe, 2, "Godkendt", "Rådet vil have trygge skoleveje.")
    second.get_by_text("Tilføj en beslutning").click()
    signe.check()
    for name, value in [("text", "Kommunen ser på skolevejene."), ("commitment", "Gennemgå skolevejene")]:
        second.locator(f"[name$='-{name}']:not([type=hidden])").fill(value)
    second.locator("select[name$='-owner']").select_option(label="Hjørring Kommune")
    second.locator("[name$='-due_on']:not([type=hidden])").fill("2022-01-20")
    second.locator("[data-stay]").click()
    signe.open(meeting_url).sees("Gennemgå skolevejene", "Foreslået", "Rådet drøftede udkastet.")
    signe.click("Se, hvad der bliver sendt").check().press("Send referatet til godkendelse").sees(
        "Referat til godkendelse", "0 af 3 har godkendt"
    ).check()

    # The politidirektør releases; the public reads exactly that
    citizen = visit()
    citizen.open("/nordjylland/").sees("Der er ingen offentliggjort plan endnu.").check()
    day(settings, 2022, 1, 20)
    poul = visit("poul")
    poul.open("/mit-bord/").sees("Offentliggør Samarbejdsplan 2022").check()
    poul.does_not_see("Besøge ti foreninger")  # a draft asks nobody
    poul.open(plan_url).click("Offentliggør planen").sees(
        "løfter er ikke besvaret", "steder skal rettes eller forklares"
    ).check()
    poul.sees("1 ting mangler", "Knappen kommer her, når det er på plads.").click("Se stederne")
    signe.open(plan_url).more().click("Plantjek").sees(
        "3 steder skal rettes eller forklares", "“2021” bliver til “2022”"
    ).check()
    signe.press("Ret det").sees("Rettet i afsnittet").press("Fjern det her sted").sees(
        "10. januar 2022 er gået, når planen kommer ud."
    )
    signe.click("Lad det stå", nth=0).fill(reason="Stationen viser vej siden nytår.").press("Gem grunden")
    signe.sees(
        "Intet står i vejen for, at planen kan komme ud.", "Grund: Stationen viser vej siden nytår."
    ).check()
    poul.open(plan_url).click("Offentliggør planen").sees("Plantjekket er rent")
    press_with_keyboard(poul, "Offentliggør planen")
    poul.sees("Planen er offentliggjort som udgave 1.")
    citizen.open("/nordjylland/planer/2022/").check()
    for fold in citizen.page.locator("details.sam-unfold > summary").all():
        fold.click()
    citizen.sees("Nye nærstationer", "Besøge ti foreninger", "mødes hvert kvartal, fire gange om året")
    citizen.does_not_see("Vise vej til stationen", "Rådet mødes fire gange.")
    file = citizen.fetches("Hent som PDF")
    assert faults(file) == []
    assert "Nye nærstationer" in words(file)
    assert "Vise vej til stationen" not in words(file)

    # A local council answers: begins from the plan, drafts, sends; the others have not
    omar = visit("omar")
    omar.open("/mit-bord/").sees("Begynd handleplanen for 2022", "er spurgt om 3 områder").check()
    omar.click("Begynd handleplanen for 2022", nth=0).press("Begynd handleplanen").sees(
        "Handleplanen er begyndt"
    )
    omar.click("Handleplan 2022, Lokalråd Brønderslev").sees("0 af 3 svar er sendt").check()
    omar.click("Nye nærstationer").check().choose("Vi laver en indsats").press("Send svaret").sees(
        "Der er et problem", "Skriv, hvad I gør."
    )
    omar.fill(text="Lokalbetjenten går med på SSP-møderne.", responsible="SSP-koordinatoren").press(
        "Send svaret"
    )
    omar.sees("I har svaret på 1 af 3 områder.")
    omar.click("Natteliv i byerne").choose("Ikke her").fill(
        text="Byen har ét værtshus, som lukker kl. 22."
    ).press("Send svaret").sees("2 af 3")
    omar.click("Gaderne ved stationen").choose("Det er dækket i forvejen").fill(
        text="Det står i kommunens"
    ).press("Gem som kladde")
    omar.sees("Kladden er gemt.")

    # The matrix and its reminder
    signe.open("/nordjylland/arbejde/svar/").sees("2 af 20", "Lokalråd Hjørring", "Ikke adresseret").check()
    signe.click("Se påmindelsen").check().press("Send til").sees(
        "Påmindelsen er sendt til", "på bordet hos lokalrådene."
    )
    omar.open("/mit-bord/").sees("Sekretariatet mindede jer om det")

    # Late: sent on 3 February, with the matrix saying so until then
    day(settings, 2022, 2, 3)
    signe.open("/nordjylland/arbejde/svar/").sees("Fristen er gået")
    omar.open("/mit-bord/").sees("3 dage forsinket").click("Svar på 1 område", nth=0).click(
        "Gaderne ved stationen"
    )
    omar.fill(text="Det står i kommunens plan for byrum, og vi går turen i april.").press("Send svaret").sees(
        "3 af 3"
    )

    # A decision put on a municipality is a proposal:
    # the assistant prepares, the mayor accepts, progress is released.
    visit("else").open("/mit-bord/").sees("Forbered svaret; pladsens indehaver beslutter.").check().quiet()
    maja = visit("maja")
    maja.page.set_viewport_size({"width": 390, "height": 844})
    maja.open("/mit-bord/").sees("Svar på løftet: Gennemgå skolevejene").click(
        "Svar på løftet: Gennemgå skolevejene", nth=0
    )
    maja.press("Tag imod løftet").sees("Forsinket").click("Meld status").choose("Noget driller").fill(
        text="To skoleveje er gennemgået."
    )
    maja.press("Meld status").sees("Fristen er gået. Skriv, hvorfor det er forsinket.").fill(
        late_because="Vejfolkene er syge."
    )
    maja.press("Meld status").sees("Status er meldt.").press("Gør status offentlig").sees("offentlig").check()

    # Minutes are approved by those present; the open part is published
    maja.open("/mit-bord/").does_not_see("Godkend referatet")  # the seat of Hjørring was excused
    for key in ("poul", "lars"):
        somebody = visit(key).open(meeting_url)
        somebody.press("Godkend referatet").sees("Referatet er godkendt af dig.")
    citizen.open("/nordjylland/moeder/").sees(
        "Medlemmerne kan komme med bemærkninger", "Der er ikke offentliggjort referater"
    )
    signe.open(meeting_url).press("Fristen er gået: fastslå godkendelsen").sees("Referat godkendt")
    signe.press("Offentliggør den åbne del").sees("Den åbne del er offentlig.")
    citizen.open("/nordjylland/moeder/").click("7. december 2021").sees(
        "Rådet drøftede udkastet.", "Gennemgå skolevejene"
    ).check()

    # The late promise proposes itself for the next agenda and is taken
    signe.open("/nordjylland/arbejde/moeder/").click("Planlæg møde i Kredsrådet i Nordjylland").fill(
        day="2022-03-15", place="Hjørring"
    )
    signe.press("Læg mødet i kalenderen").sees("Forslag til dagsordenen", "Gennemgå skolevejene").check()
    signe.press("Tag med").sees("Forslaget er lagt på dagsordenen.").does_not_see("Forslag til dagsordenen")

    # Another lokalråd answers, meets, and releases its action plan as an edition of its own
    lise = visit("lise")
    lise.open("/mit-bord/").click("Begynd handleplanen for 2022", nth=0).press("Begynd handleplanen")
    lise.open("/nordjylland/arbejde/planer/").click("Handleplan 2022, Lokalråd Vesthimmerlands").sees(
        "0 af 2 svar er sendt"
    )
    action_url = lise.page.url
    lise.click("Natteliv i byerne").choose("Ikke her").fill(
        text="Der er ingen værtshuse med natåbent."
    ).press("Send svaret").sees("1 af 2")
    lise.click("Gaderne ved stationen").choose("Vi laver en indsats").fill(text="Vi går turen 3. maj.").press(
        "Send svaret"
    ).sees("2 af 2")
    lise.click("Tilføj et lokalt behov").fill(title="Byfesten", text="Flere lys ved pladsen.").press(
        "Gem"
    ).sees("Byfesten")
    lise.sees("Planen skal først drøftes på et møde i lokalrådet.")
    lise.open("/nordjylland/arbejde/moeder/").click("Planlæg møde i Lokalråd Vesthimmerlands").fill(
        day="2022-02-04", place="Aars"
    )
    lise.press("Læg mødet i kalenderen").sees("Fredag 4. februar 2022")
    local_meeting = lise.page.url
    lise.open(action_url).click("Læg handleplanen på en dagsorden").press("Læg planen på").sees(
        "Planen er på dagsordenen"
    )
    lise.open(local_meeting).click("Se, hvad der bliver sendt").press("Send dagsordenen ud").sees("Indkaldt")
    day(settings, 2022, 2, 5)
    lise.open(local_meeting).click("Mødet er holdt: skriv fremmøde").press("Gem fremmødet").sees(
        "2 af 2 pladser var dækket."
    )
    lise.click("Skriv referat af punkt 1")
    minuted(lise, 1, "Drøftet", "Rådet er enigt.")
    citizen.open("/nordjylland/min-kommune/vesthimmerlands/").does_not_see("natåbent")
    lise.open(action_url).more().click("Sagsfremstilling til kommunen").sees(
        "Det gør vi", "Vi går turen 3. maj."
    ).check()
    lise.open(action_url).click("Offentliggør handleplanen").press("Offentliggør planen").sees(
        "Planen er offentliggjort som udgave 1."
    )
    citizen.open("/nordjylland/min-kommune/vesthimmerlands/").sees(
        "Der er ingen værtshuse med natåbent.", "Byfesten"
    ).check()
    citizen.open("/nordjylland/planer/2022/").sees("svar fra lokalrådene er offentliggjort")

    # What is public is what was released, nothing more
    citizen.open("/nordjylland/min-kommune/broenderslev/").sees(
        "Lokalrådet har ikke offentliggjort en handleplan"
    ).check()
    citizen.does_not_see("ét værtshus")
    for person in (signe, poul, omar, maja, citizen, tage, lise):
        person.quiet()

    # The year turns: the account is made from the year's data, and next year's plan begins from this one
    day(settings, 2023, 1, 10)
    signe.open("/nordjylland/arbejde/planer/").click("Årlig redegørelse (§ 112)").press("Begynd redegørelsen")
    signe.click("Vis alt på én gang").sees(
        "Redegørelse for 2022",
        "Planen for 2022: løfter og hvordan det gik",
        "Gennemgå skolevejene",
        "Lokalråd Brønderslev",
    ).check()
    signe.open("/nordjylland/arbejde/planer/").click("Begynd en plan fra bunden").fill(
        year="2023", title="Samarbejdsplan 2023"
    )
    signe.press("Begynd planen").click("Tag med fra 2022").sees(
        "Løse ender fra Samarbejdsplan 2022", "Gennemgå skolevejene"
    ).check()
    signe.press("Tag med").sees("Taget med: 6 afsnit, 4 områder", "Trygge aftener")
    signe.click("Vis alt på én gang").sees("Besøge ti foreninger")
    signe.more().click("Tag med fra 2022").press("Tag det tilbage").sees(
        "ting er taget tilbage", "Planen har ingen afsnit endnu."
    ).quiet()


def test_it_works_without_javascript(cast: Entered, visit: Callable[..., Any], settings: Any) -> None:
    day(settings, 2021, 11, 22)
    signe = visit(javascript=False)
    signe.open("/log-ind/login/").fill(login="signe@samraad.example", password=cast.password).press("Log ind")
    signe.sees("Mit bord", "Signe").open("/nordjylland/arbejde/planer/").click("Begynd en plan fra bunden")
    signe.press("Begynd planen").sees("Planen har ingen afsnit endnu.").click("Nyt afsnit")
    signe.fill(title="Samarbejdet", body="Vi mødes hvert kvartal.\n\nVi skriver det ned.").press("Gem").sees(
        "Vi skriver det ned."
    )
    signe.click("Nyt indsatsområde").fill(title="Trygge aftener").choose("Lokalråd Hjørring").press(
        "Gem"
    ).sees("Skal svare: Lokalråd Hjørring")
