"""A district opens: its councils, its first administrator."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from samraad.council.models import Forum


@pytest.mark.django_db
def test_it_opens_a_new_district(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("new_district", "bornholm", "--email", "sekretariat@samraad.example", "--name", "Runa")
    assert "/invitation/" in capsys.readouterr().out
    assert Forum.objects.filter(district__slug="bornholm", kind="lokalraad").count() == 1
    call_command("new_district", "fyn", "--email", "sekretariat@samraad.example", "--name", "Runa")
    assert "får sit link i en mail" in capsys.readouterr().out
    with pytest.raises(CommandError, match="allerede åbnet"):
        call_command("new_district", "bornholm", "--email", "x@samraad.example", "--name", "X")
    with pytest.raises(CommandError, match="findes ikke"):
        call_command("new_district", "atlantis", "--email", "x@samraad.example", "--name", "X")
