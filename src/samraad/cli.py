"""`./run manage …`: the management commands.

A setting that is missing is said in a sentence instead of a traceback.
"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

# No database, or one of their own.
ALONE = {"test_postgres", "makemigrations", "reference", "read_plan"}


def needs_no_settings(words: list[str]) -> bool:
    """Does the command touch nothing that is kept here?

    A file is checked without a database, a plan by its number is not.

    >>> needs_no_settings(["check_plan", "plan.docx"])
    True
    >>> needs_no_settings(["check_plan", "12"]), needs_no_settings(["migrate"])
    (False, False)
    """
    command, *rest = words or [""]
    return command in ALONE or (command == "check_plan" and not any(word.isdigit() for word in rest))


def main() -> None:
    """Run the command of `sys.argv`; exit 1 with a sentence when the settings do not hold."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samraad.settings")
    if needs_no_settings(sys.argv[1:]):
        os.environ.setdefault("SAMRAAD_DEMO", "1")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Samråd kan ikke starte. {error}")


if __name__ == "__main__":
    main()
