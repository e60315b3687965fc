"""Text as the house keeps it, and the look for numbers that could be a person's.

The text is a small, safe subset of HTML.

Later the renderings of plans and minutes as files (DOCX, PDF) live here. No database.
"""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "samraad.documents"
    label = "documents"
