"""Who is told when something happens, and how: one row for each; docs/reference/besked.md is made of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """An event, who hears of it, and by which ways.

    key    how the key of its mails begins ("moved"); the one thing that ties a mail to its row
    event  what happened, in words
    hears  who is told, in words
    desk   what stands on whose desk, in words; nothing where a mail is enough
    feed   does the personal calendar change with it?
    """

    key: str
    event: str
    hears: str
    desk: str = ""
    feed: bool = False
