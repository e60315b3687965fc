"""A PDF to lines: its letters (`letters`), the order in which a page is read (`order`), its tables
(`tables`), its paragraphs and headings (`paragraphs`).

pdfium gives the text in the order it was drawn; what belongs together is told from where it stands.
"""
