"""`./run manage …`: the management commands, with a sentence instead of a traceback when a setting is missing."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    """Run the command of `sys.argv`; exit 1 with a sentence when the settings do not hold."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samraad.settings")
    if len(sys.argv) > 1 and sys.argv[1] in {"test_postgres", "makemigrations", "reference", "read_plan"}:
        os.environ.setdefault("SAMRAAD_DEMO", "1")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Samråd kan ikke starte. {error}")


if __name__ == "__main__":
    main()
