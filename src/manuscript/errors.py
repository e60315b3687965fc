"""What goes wrong with a file, in a sentence."""


class Unreadable(Exception):
    """The file cannot be read: what is wrong and what would be right, in Danish."""
