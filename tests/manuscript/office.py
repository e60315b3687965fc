"""Word files made by hand, part by part."""

import io
import zipfile

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{SPACE}"><w:body><w:p/></w:body></w:document>'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)


def docx(extra: dict[str, bytes] | None = None, main: bool = True) -> bytes:
    """A zip that Word takes for a file of its own; with `extra` files in it, without a document when
    `main` is False."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if main:
            archive.writestr("word/document.xml", DOCUMENT)
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr("_rels/.rels", RELS)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()
