"""What stands around a forum and at a station, in words."""

from datetime import date

from samraad.demo.cast import at
from samraad.network.models import Advice, ContactCorrection, LocalEvent, Pact, Partner, StationContact

DAY = date(2022, 7, 1)


def test_it_tells_of_an_agreement_with_whom_and_until_when() -> None:
    pact = Pact(partners="DSB", ends_on=DAY)
    assert pact.facts == ["DSB", "gælder til og med 1. juli 2022"]


def test_it_tells_of_an_event_what_is_known() -> None:
    assert LocalEvent(on=DAY).facts == ["fredag 1. juli 2022"]
    whole = LocalEvent(on=DAY, until=date(2022, 7, 2), place="Kildeparken", expected=500)
    assert whole.facts == [
        "fredag 1. juli 2022 til lørdag 2. juli 2022",
        "Kildeparken",
        "500 ventede gæster",
    ]


def test_it_tells_of_advice_to_whom_and_about_what() -> None:
    advice = Advice(receiver="skole", topic="vold", count=1)
    assert (advice.to, advice.about) == ("skole", "vold, 1 deltager")
    assert Advice(receiver="skole", profession="lærere").to == "skole (lærere)"


def test_it_tells_of_a_contact_also_with_one_who_is_off_the_list() -> None:
    here = StationContact(partner=Partner(name="Boldklubben"), on=DAY, note="lys på banen")
    assert (str(here), here.gone, here.told) == ("Boldklubben", "", "1. juli 2022: lys på banen")
    assert here.spoken == "kontakten med Boldklubben 1. juli 2022"
    gone = StationContact(partner_name="Kiosken")
    assert (str(gone), gone.gone, gone.told) == ("Kiosken", "Kiosken", "uden dag: ikke oplyst")


def test_it_tells_what_stood_there_before_a_correction() -> None:
    was = ContactCorrection(partner="Kiosken", at=at("2022-01-28"))
    assert was.told == "Rettet 28. januar 2022. Før stod der: Kiosken, uden dag, ikke oplyst"
