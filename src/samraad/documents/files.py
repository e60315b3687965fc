"""What an uploaded file really is: checked by size and first bytes here, by content in `inside`."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from manuscript.archive import OLE
from manuscript.persons import cpr_like
from samraad.documents.inside import Look, found_in, kind_of, look_inside

MAGIC = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "txt": (),
    "csv": (),
}
WITHOUT_TEXT = ("png", "jpg", "jpeg")


def look_through(upload: UploadedFile) -> Look:
    """Whether a file is what its name says.

    Something like a CPR number in it is refused, names of persons are only told.
    """
    name = str(upload.name)
    problem = _shape(upload, kind_of(name))
    if problem:
        return Look(problem)
    if found := cpr_like(name):
        return Look(f"Filens navn ligner et CPR-nummer ({found}). Giv filen et andet navn, og prøv igen.")
    if kind_of(name) in WITHOUT_TEXT:
        return found_in(b"", name)
    upload.seek(0)
    look = look_inside(upload.read(), name)
    upload.seek(0)
    return look


def _shape(upload: UploadedFile, kind: str) -> str:
    """Why a file is not what its name says, by its size and first bytes."""
    limit = settings.SAMRAAD_UPLOAD_MEGABYTES
    size = upload.size
    if size is not None and size > limit * 1024 * 1024:
        return f"Filen fylder {size // 1024 // 1024} MB. Den må højst fylde {limit} MB."
    if kind not in MAGIC:
        return (
            f"Filer af slagsen “.{kind}” kan ikke lægges op. "
            "Gem den som PDF, Word, Excel, billede eller tekst."
        )
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    if not head:
        return "Filen er tom. Vælg en anden fil."
    if head.startswith(OLE):
        return (
            "Filen er låst med adgangskode eller i et gammelt format. "
            "Gem den uden kode som .docx, .xlsx eller PDF."
        )
    if MAGIC[kind] and not head.startswith(MAGIC[kind]):
        return (
            f"Filen hedder “.{kind}”, men indholdet er noget andet. "
            "Åbn den, og gem den igen i det rigtige format."
        )
    if (
        kind in ("txt", "csv")
        and b"\x00" in upload.read(4096)
        and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        return "Filen hedder tekst, men er det ikke. Gem den som ren tekst."
    return ""
