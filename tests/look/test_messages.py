"""A message is told by a word, a colour and an icon, never by a colour alone."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("kind", ["success", "warning", "error"])
def test_a_message_has_the_icon_of_its_kind(kind: str) -> None:
    shown = render_to_string("components/message.html", {"kind": kind, "message": "Gemt.", "role": "status"})
    assert f"all-svg-icons.svg#{kind}" in shown
    assert 'class="alert-icon"' in shown
