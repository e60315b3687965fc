"""Text for a spreadsheet: a cell that would run as a formula is made harmless."""


def safe(text: str) -> str:
    """`text` with an apostrophe before a sign that spreadsheets take for a formula.

    >>> safe("=1+1"), safe("Aalborg")
    ("'=1+1", 'Aalborg')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
