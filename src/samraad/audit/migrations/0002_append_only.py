"""Events can be added and read, never changed or removed: the database itself refuses."""

from typing import Any

from django.db import migrations

from samraad.audit import triggers


def install(apps: Any, schema_editor: Any) -> None:
    triggers.install(schema_editor.connection)


def lift(apps: Any, schema_editor: Any) -> None:
    triggers.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, lift)]
