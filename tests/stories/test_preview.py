"""A text is seen as it will read while it is typed; without JavaScript the field works as it is."""

from collections.abc import Callable
from typing import Any

import pytest

from samraad.demo.cast import Entered

pytestmark = pytest.mark.story
GUIDE = "/nordjylland/arbejde/vejledninger/ny/"


def test_it_shows_a_text_as_it_will_read(cast: Entered, visit: Callable[..., Any]) -> None:
    signe = visit("signe").open(GUIDE)
    body = signe.page.locator("[name='body']")
    pane = signe.page.locator("[name='body'] ~ .sam-preview")
    body.fill("Ring **straks**.\n\n- Maj\n- Juni")
    pane.locator("li").nth(1).wait_for()
    items = "<ul>\n<li>Maj</li>\n<li>Juni</li>\n</ul>"
    assert pane.inner_html() == f"<p>Ring <strong>straks</strong>.</p>\n{items}"
    body.fill("")
    pane.wait_for(state="hidden")
    signe.page.get_by_role("toolbar").last.get_by_role("button", name="Fed").click()
    pane.get_by_text("fed").wait_for()
    assert body.input_value() == "**fed**"
    assert pane.inner_html() == "<p><strong>fed</strong></p>"
    body.fill("Sag 010190-1234")
    pane.get_by_text("ligner et CPR-nummer").wait_for()
    signe.check()


def test_it_needs_no_javascript(cast: Entered, visit: Callable[..., Any]) -> None:
    signe = visit("signe", javascript=False).open(GUIDE)
    assert signe.page.locator("[name='body']").is_visible()
    assert signe.page.locator(".sam-preview").count() == 0
