"""A database from before the migrations began anew is refused, and nothing in it is touched."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "way_out"), [(True, "./run demo --fresh"), (False, "SAMRAAD_DATA")])
def test_it_refuses_a_database_of_the_first_version(settings: Any, demo: bool, way_out: str) -> None:
    settings.SAMRAAD_DEMO = demo
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE council_commitment (id integer PRIMARY KEY)")
    before = set(connection.introspection.table_names())
    with pytest.raises(CommandError, match=r"0\.1\.0") as refused:
        call_command("migrate", verbosity=0)
    assert way_out in str(refused.value)
    assert set(connection.introspection.table_names()) == before


@pytest.mark.django_db
def test_it_brings_a_database_of_this_version_up_to_date() -> None:
    call_command("migrate", verbosity=0)
