"""A table goes from a file to the public: whole or not at all, seen by two, from a moment that all know."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from evidens.keeping import content_sha
from samraad.accounts.models import Mail
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.models import Event
from samraad.demo.cast import Entered, at
from samraad.figures import actions
from samraad.figures.models import Release, Series, SeriesVersion, Source
from samraad.figures.proof import proofs
from samraad.figures.queries.release import counts_of, current
from samraad.figures.states import ReleaseStatus
from samraad.figures.waiting import tasks
from tests.figures.files import NOW, begun, file_of, loaded, quarters, released
from tests.people import client_of, person_of

TEN = quarters("851", "1320", 2019, 9, 8, 7, 9, 6, 5, 8, 7, 5, 4)


def test_it_is_seen_by_nobody_else_until_another_has_approved_it(cast: Entered, client: Any) -> None:
    source = begun()
    release = loaded(source, file_of(*TEN))
    assert current(source, NOW) is None
    assert "ingen offentlige tal endnu" in client.get("/nordjylland/tal/").content.decode()
    with pytest.raises(Denied, match="Du har selv lagt tallene ind"):
        actions.approve(release=release, now=NOW, by=person_of("anton"))
    actions.submit(release=release, by=person_of("anton"))
    actions.approve(release=release, now=NOW, by=person_of("signe"))
    assert current(source, NOW) == release
    assert content_sha(counts_of(release)) == release.content_sha


def test_it_tells_approvers_that_a_table_waits_and_never_a_number_of_it(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN))
    actions.submit(release=release, by=person_of("anton"))
    told = Mail.objects.filter(key__startswith="figures-waiting")
    assert set(told.values_list("user__name", flat=True)) == {"Signe", "Tage"}
    assert "9" not in "".join(told.values_list("subject", flat=True))
    assert [task.title for task in tasks(person_of("signe"))] == [f"Godkend tal: {release}"]
    assert not list(tasks(person_of("anton")))
    actions.send_back(release=release, reason="Har du hele året?", by=person_of("signe"))
    [again] = tasks(person_of("anton"))
    assert (again.title, again.why) == (f"Se på tallene igen: {release}", "Har du hele året?")
    assert Mail.objects.get(key__startswith="figures-answered").user == person_of("anton")


def test_it_is_public_when_the_clock_says_so_and_no_job_is_asked(
    cast: Entered, client: Any, settings: Any
) -> None:
    source = begun()
    released(source, file_of(*TEN), day="2022-02-04", hour=8)
    page = "/nordjylland/tal/indbrud/aalborg/2021Q1/"
    settings.SAMRAAD_TODAY = at("2022-02-04", 7)
    assert "ingen offentlige tal endnu" in client.get(page).content.decode()
    settings.SAMRAAD_TODAY = at("2022-02-04", 8)
    assert "6 i 1. kvartal 2020 og 5 i 1. kvartal 2021" in client.get(page).content.decode()


def test_it_refuses_the_same_file_and_the_same_content_in_another_file(cast: Entered) -> None:
    source = begun()
    loaded(source, file_of(*TEN))
    with pytest.raises(
        Refused, match=r"Filen er lagt ind før: udgivelse 1, fredag 28\. januar 2022 kl\. 14\.00"
    ):
        loaded(source, file_of(*TEN))
    with pytest.raises(Refused, match="Indholdet er det samme som udgivelse 1"):
        loaded(source, file_of(*reversed(TEN)))
    assert Release.objects.count() == 1


def test_it_takes_a_file_again_that_was_thrown_away(cast: Entered) -> None:
    source = begun()
    release = loaded(source, file_of(*TEN))
    actions.reject(release=release, by=person_of("anton"))
    assert loaded(source, file_of(*TEN)).number == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["851;1320;2021K1;tolv"], "Linje 12"),
        (["851;1320;2021K1;-3"], "Linje 12"),
        (["851;1320;2029K1;3"], "2029"),
        ([], "Intet er gemt"),
    ],
)
def test_it_stores_nothing_of_a_file_that_is_wrong_somewhere(
    cast: Entered, rows: list[str], words: str
) -> None:
    source = begun()
    with pytest.raises(Refused, match="Intet er gemt") as refused:
        loaded(source, file_of(*TEN, *rows) if rows else b"")
    assert words in str(refused.value)
    assert not Release.objects.exists()
    assert not default_storage.exists("figures") or not default_storage.listdir("figures")[1]


def test_it_shows_what_was_odd_in_a_file_to_the_one_who_approves(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN, "Dronninglund;1320;2021K1;3"))
    assert "Dronninglund" in " ".join(release.warnings)
    assert "Dronninglund" in client_of("signe").get(release.get_absolute_url()).content.decode()


def test_it_tells_what_a_new_table_says_otherwise(cast: Entered) -> None:
    source = begun()
    released(source, file_of(*TEN))
    revised = [*TEN[:-2], TEN[-2].replace(";5", ";6"), *quarters("851", "1320", 2022)]
    release = loaded(source, file_of(*revised, "851;1320;2021K3;4"))
    told = release.difference
    assert (
        "1 tal, som blev godkendt før" in client_of("signe").get(release.get_absolute_url()).content.decode()
    )
    assert (told["against"], told["added"], told["changed"], told["gone"]) == (1, 1, 1, 1)
    assert told["cells"] == [{"place": "Aalborg", "offence": "1320", "period": "2021Q1", "old": 5, "new": 6}]
    assert release.kind == Release.Kind.REVISION


def test_it_asks_why_when_the_mistake_was_our_own(cast: Entered, client: Any) -> None:
    source = begun()
    released(source, file_of(*TEN))
    release = loaded(source, file_of(*TEN[:-1], TEN[-1].replace(";4", ";14")))
    with pytest.raises(Refused, match="Skriv, hvad der er rettet, og hvorfor"):
        actions.submit(release=release, by=person_of("anton"), kind="correction")
    actions.submit(
        release=release, by=person_of("anton"), kind="correction", reason="Et tal var tastet forkert."
    )
    actions.approve(release=release, now=NOW, by=person_of("signe"))
    page = client.get("/nordjylland/tal/rettelser/").content.decode()
    assert "Et tal var tastet forkert." in page


def test_it_takes_figures_down_with_a_reason_and_the_ones_before_hold_again(
    cast: Entered, client: Any
) -> None:
    source = begun()
    first = released(source, file_of(*TEN))
    second = released(source, file_of(*TEN, "851;1320;2021K3;4"))
    fixed = "/nordjylland/tal/udgivelse/2/1/indbrud/aalborg/2021Q1/mod/2020Q1/"
    assert "trukket tilbage" not in client.get(fixed).content.decode()
    actions.withdraw(release=second, reason="Filen var en prøve.", now=NOW, by=person_of("tage"))
    assert current(source, NOW) == first
    assert "Tallet er trukket tilbage: Filen var en prøve." in client.get(fixed).content.decode()
    assert "Filen var en prøve." in client.get("/nordjylland/tal/rettelser/").content.decode()


def test_it_takes_an_approval_back_only_before_the_hour(cast: Entered) -> None:
    source = begun()
    release = released(source, file_of(*TEN), day="2022-02-04", hour=8)
    with pytest.raises(Refused, match="ikke offentlige endnu"):
        actions.withdraw(release=release, reason="?", now=NOW, by=person_of("tage"))
    later = at("2022-02-04", 8)
    with pytest.raises(Refused, match="Tallene er offentlige"):
        actions.take_back_approval(release=release, now=later, by=person_of("tage"))
    actions.take_back_approval(release=release, now=NOW, by=person_of("tage"))
    assert current(source, later) is None


def test_it_does_not_let_the_moment_lie_in_the_past(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN))
    actions.submit(release=release, by=person_of("anton"))
    with pytest.raises(Refused, match="Tidspunktet er gået"):
        actions.approve(release=release, now=NOW, public_at=at("2022-01-28", 8), by=person_of("signe"))


def test_it_lets_only_the_owners_analysts_bring_figures_in(cast: Entered) -> None:
    source = begun()
    for key in ("signe", "maja", "vera", "poul"):
        with pytest.raises(Denied, match="Kun analytikere hos Nordjyllands Politi"):
            loaded(source, file_of(*TEN), by=person_of(key))


def test_it_never_writes_over_what_was_brought_in(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN))
    release.content_sha = "0" * 64
    with frame(), pytest.raises(PermissionDenied, match="kan ikke ændres"):
        release.save()
    with frame(), pytest.raises(PermissionDenied, match="kan ikke ændres"):
        release.save(update_fields=["rows"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "approved"},
        {"kind": "correction", "reason": ""},
        {"status": "withdrawn", "withdrawn_because": ""},
        {"number": 1},
        {"file_sha": "a" * 64},
        {"content_sha": "b" * 64},
    ],
)
def test_it_is_held_by_the_database_too(cast: Entered, wrong: dict[str, Any]) -> None:
    source = begun()
    held = {"kind": "first", "rows": 1, "first": "2021Q1", "last": "2021Q1", "loaded_at": NOW}
    first = {"number": 1, "file_sha": "a" * 64, "content_sha": "b" * 64}
    other = {"number": 2, "file_sha": "c" * 64, "content_sha": "d" * 64}
    with frame():
        Release.objects.create(source=source, **held | first)
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.create(source=source, **held | other | wrong)


def test_it_is_not_approved_by_the_one_who_brought_it_in_the_database_says_so(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN))
    anton = person_of("anton")
    with frame(), pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(approved_by=anton, approved_at=NOW, public_at=NOW)


def test_it_keeps_two_meanings_of_a_series_apart_and_the_second_is_seen_by_two(cast: Entered) -> None:
    begun()
    series, anton = Series.objects.get(slug="vold"), person_of("anton")
    with frame():
        for wrong in ({"reason": ""}, {"number": 1}, {"made_by": anton, "approved_by": anton}):
            new = {"number": 2, "codes": ["1252"], "reason": "Kun simpel vold"} | wrong
            with pytest.raises(IntegrityError), transaction.atomic():
                SeriesVersion.objects.create(series=series, **new)


def test_it_proves_that_the_kept_tables_are_those_that_were_approved(cast: Entered) -> None:
    release = released(begun(), file_of(*TEN))
    assert not list(proofs())
    path = default_storage.path(str(release.content.name))
    other = loaded(Source.objects.get(), file_of(*TEN, "851;1320;2021K3;1"))
    with open(default_storage.path(str(other.content.name)), "rb") as file:
        content = file.read()
    with open(path, "wb") as kept:
        kept.write(content)
    [problem] = proofs()
    assert "en anden tabel gemt" in problem
    default_storage.delete(str(release.content.name))
    [problem] = proofs()
    assert "en anden tabel gemt" in problem


def test_it_proves_who_released_them_and_when(cast: Entered) -> None:
    release = released(begun(), file_of(*TEN))
    with frame():
        Release.objects.filter(pk=release.pk).update(public_at=at("2022-01-01"))
    [problem] = proofs()
    assert "et andet tidspunkt" in problem


def test_it_leaves_a_trace_of_each_step(cast: Entered) -> None:
    release = released(begun(), file_of(*TEN))
    told = Event.objects.filter(object_type="figures.release", object_id=release.pk).order_by("seq")
    assert list(told.values_list("verb", flat=True)) == [
        "figures.loaded",
        "figures.submitted",
        "figures.approved",
    ]


def test_it_says_when_the_next_figures_are_awaited_and_asks_when_they_did_not_come(
    cast: Entered, settings: Any, client: Any
) -> None:
    source = begun()
    anton = person_of("anton")
    actions.expect(source=source, next_at=at("2022-02-11", 8), version=1, by=anton)
    assert "fredag 11. februar 2022 kl. 08.00" in client.get("/nordjylland/tal/").content.decode()
    assert not list(tasks(anton))
    settings.SAMRAAD_TODAY = at("2022-02-11", 9)
    assert [task.title for task in tasks(anton)] == ["Nye tal er ventet: Anmeldte forbrydelser"]


def test_it_takes_a_file_through_the_pages(cast: Entered) -> None:
    source = begun()
    analyst, secretary = client_of("anton"), client_of("signe")
    where = f"/nordjylland/arbejde/udgivelser/kilde/{source.pk}/fil/"
    bad = SimpleUploadedFile("tal.csv", file_of("851;1320;2021K1;tolv"))
    page = analyst.post(where, {"upload": bad})
    assert page.status_code == 422
    assert "Linje 2" in page.content.decode()
    good = SimpleUploadedFile("tal.csv", file_of(*TEN))
    page = analyst.post(where, {"upload": good}, follow=True)
    assert "Lagt ind" in page.content.decode()
    release = Release.objects.get()
    here = release.get_absolute_url()
    analyst.post(f"{here}send/", {"once": ""})
    page = secretary.post(
        f"{here}godkend/", {"when": "later", "day": "2022-02-04", "hour": "08:00"}, follow=True
    )
    assert "Offentlig fra fredag 4. februar 2022 kl. 08.00" in page.content.decode()
    release.refresh_from_db()
    assert release.status == ReleaseStatus.APPROVED


def test_it_asks_for_a_tick_before_figures_that_are_public_go(cast: Entered) -> None:
    source = begun()
    released(source, file_of(*TEN))
    release = loaded(source, file_of(*TEN[:3]))
    anton, signe = person_of("anton"), person_of("signe")
    with pytest.raises(Refused, match="Skriv, hvorfor tal mangler"):
        actions.submit(release=release, by=anton)
    actions.submit(release=release, by=anton, reason="Kun et udsnit.")
    with pytest.raises(Refused, match="Filen mangler 7 tal, som blev godkendt før"):
        actions.approve(release=release, now=NOW, by=signe)
    actions.approve(release=release, now=NOW, by=signe, loses=True)
    assert current(source, NOW) == release


def test_it_lets_the_analyst_take_back_what_was_handed_in(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN))
    actions.submit(release=release, by=person_of("anton"))
    with pytest.raises(Denied):
        actions.call_back(release=release, by=person_of("signe"))
    actions.call_back(release=release, by=person_of("anton"))
    with pytest.raises(Refused, match="venter ikke på godkendelse"):
        actions.approve(release=release, now=NOW, by=person_of("signe"))


def test_it_says_when_a_quarter_is_not_over_and_when_one_lacks(cast: Entered) -> None:
    release = loaded(begun(), file_of(*TEN, "851;1320;2022K1;3"))
    assert "1. kvartal 2022 er ikke slut endnu. Tallet bliver for lavt." in release.warnings
    assert "3. kvartal 2021 mangler i filen." in release.warnings


def test_it_shows_what_is_approved_for_later_among_what_waits(cast: Entered) -> None:
    released(begun(), file_of(*TEN), day="2022-02-04", hour=8)
    page = client_of("anton").get("/nordjylland/arbejde/udgivelser/").content.decode()
    assert "Offentlig fra fredag 4. februar 2022 kl. 08.00" in page


def test_it_compares_a_table_with_the_one_that_holds_when_it_is_approved(cast: Entered) -> None:
    source = begun()
    older = loaded(source, file_of(*TEN[:5]))
    newer = loaded(source, file_of(*TEN[:7]))
    last = loaded(source, file_of(*TEN[:3]))
    for release in (older, newer, last):
        actions.submit(release=release, by=person_of("anton"))
    actions.approve(release=newer, now=NOW, by=person_of("signe"))
    with pytest.raises(Refused, match="Udgivelse 2 er nyere og godkendt"):
        actions.approve(release=older, now=NOW, by=person_of("signe"))
    with pytest.raises(Refused, match="ikke sammenlignet med udgivelse 2"):
        actions.approve(release=last, now=NOW, by=person_of("signe"))
    actions.send_back(release=last, reason="Sammenlign igen.", by=person_of("signe"))
    actions.submit(release=last, by=person_of("anton"), reason="Kun et udsnit.")
    assert last.gone == 4
