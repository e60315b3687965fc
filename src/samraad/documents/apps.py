"""Text as the house keeps it, and the look for numbers that could be a person's.

The text is a small, safe subset of HTML.

A document as data, and its files (Word, PDF). No database.
"""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "samraad.documents"
    label = "documents"
