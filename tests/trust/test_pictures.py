"""A picture is kept without the place where it was taken (trust.md U10)."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Paper
from samraad.demo.cast import Entered, at
from samraad.documents.pictures import Unreadable, without_position

pytestmark = pytest.mark.any_database

CANARY = b"57.4567 NORD"
SIZE = (40, 30)
Person = Callable[[str], User]


def picture(kind: str, *, turn: int = 6, progressive: bool = False) -> bytes:
    """A picture with a place in its Exif, as a telephone takes it."""
    image = Image.effect_noise(SIZE, 80).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[29] = CANARY.decode()
    out, more = io.BytesIO(), {}
    if kind == "JPEG":
        more = {"progressive": progressive, "comment": CANARY}
    if kind == "PNG":
        more = {"pnginfo": PngImagePlugin.PngInfo()}
        more["pnginfo"].add_text("GPS", CANARY.decode())
    image.save(out, kind, exif=exif, **more)
    return out.getvalue()


CORPUS = [
    picture("JPEG"),
    picture("JPEG", turn=1),
    picture("JPEG", progressive=True),
    picture("PNG"),
    picture("JPEG") + CANARY,
    picture("PNG") + CANARY,
]


@pytest.mark.parametrize("content", CORPUS, ids=range(len(CORPUS)))
def test_u10_the_place_goes_and_the_picture_stays(content: bytes) -> None:
    assert CANARY in content
    kept = without_position(content)
    assert CANARY not in kept
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(kept))
    assert after.tobytes() == before.tobytes()
    assert not after.getexif().get_ifd(0x8825)
    if before.format == "JPEG":
        assert after.getexif().get(0x0112, 1) == before.getexif()[0x0112]


def test_u10_what_is_no_picture_is_left_alone_and_half_a_picture_is_refused() -> None:
    assert without_position(b"%PDF-1.7 " + CANARY) == b"%PDF-1.7 " + CANARY
    for whole in CORPUS[:4]:
        for cut in (len(whole) // 2, 30, 11):
            with pytest.raises(Unreadable):
                without_position(whole[:cut])


def test_u10_an_attachment_is_kept_without_it(cast: Entered, person: Person) -> None:
    signe = person("signe")
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=signe
    )
    item = agenda.add_item(meeting=meeting, kind=AgendaItem.Kind.DISCUSSION, title="Lys", by=signe)
    upload = SimpleUploadedFile("sti.jpg", CORPUS[0])
    paper = agenda.add_paper(item=item, title="Stien", upload=upload, by=signe)
    with Paper.objects.get(pk=paper.pk).file.open() as file:
        kept = file.read()
    assert CANARY not in kept
    assert len(kept) == paper.size
    with pytest.raises(Refused, match="ikke helt"):
        agenda.add_paper(
            item=item, title="Stien", upload=SimpleUploadedFile("s.jpg", CORPUS[0][:400]), by=signe
        )
