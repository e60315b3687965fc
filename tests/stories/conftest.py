"""A real browser (Debian's Chromium), the live site, and what fails a story.

Console errors, policy violations, axe.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from tests.people import session_of

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
WIDTHS = (390, 1280)
# What axe looks for. It tells only what is wrong: to tell all that is right takes longer than to look.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
WRONG = "rules => axe.run(document, rules).then(found => found.violations)"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the stories are skipped, by name."""
    if os.path.exists(CHROMIUM):
        return
    for item in items:
        if "stories" in str(item.path):
            item.add_marker(
                pytest.mark.skip(reason="Der er ingen browser. Skriv: sudo apt install -y chromium")
            )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, quiet and without a screen."""
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


class Visitor:
    """Somebody at a browser: opens pages, reads, presses; notes every console error."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.problems: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.set_default_timeout(30_000)

    def _note(self, kind: str, text: str) -> None:
        expected = "the server responded with a status of 4"
        if kind == "error" and expected not in text:
            self.problems.append(text)

    def open(self, path: str) -> "Visitor":
        """Go to an address of the site."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self

    def click(self, name: str, role: Any = "link", nth: int = 0) -> "Visitor":
        """Press a link or a button by its words."""
        self.page.get_by_role(role, name=name).nth(nth).click()
        return self

    def press(self, name: str, nth: int = 0) -> "Visitor":
        """Press a button by its words."""
        return self.click(name, "button", nth)

    def more(self, within: str = "main") -> "Visitor":
        """Unfold what stands under "Mere" in a part of the page."""
        self.page.locator(f"{within} summary", has_text="Mere").first.click()
        return self

    def fetches(self, name: str) -> bytes:
        """The file that a link gives."""
        with self.page.expect_download() as coming:
            self.click(name)
        return Path(coming.value.path()).read_bytes()

    def fill(self, **fields: str) -> "Visitor":
        """Fill form fields by their names."""
        for name, value in fields.items():
            box = self.page.locator(f"[name='{name}']").first
            if box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(label=value)
            else:
                box.fill(value)
        return self

    def choose(self, label: str) -> "Visitor":
        """Tick a box or a radio button by its label."""
        self.page.get_by_label(label, exact=True).first.check()
        return self

    def sees(self, *texts: str) -> "Visitor":
        """Each text stands on the page."""
        body = self.page.inner_text("body")
        for _ in range(250):  # a page may still be on its way
            if all(text in body for text in texts):
                return self
            self.page.wait_for_timeout(20)
            body = self.page.inner_text("body")
        for text in texts:
            assert text in body, f"“{text}” står ikke på {self.page.url}:\n{body[:3000]}"
        return self

    def does_not_see(self, *texts: str) -> "Visitor":
        """None of the texts stands on the page."""
        body = self.page.inner_text("body")
        for text in texts:
            assert text not in body, f"“{text}” skulle ikke stå på {self.page.url}"
        return self

    def check(self) -> "Visitor":
        """axe at both widths, no sideways scroll, no console error so far."""
        self.page.wait_for_load_state("load")  # a page that was clicked to may still lack its styles
        self.page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{self.page.url} ruller {wide} px sidelæns ved {width} px"
            found = self.page.evaluate(WRONG, RULES)
            bad = [v for v in found if v["impact"] in ("serious", "critical")]
            lines = [f"{v['id']}: {node['html'][:160]}" for v in bad for node in v["nodes"][:3]]
            assert not bad, f"{self.page.url} ved {width} px:\n" + "\n".join(lines)
        self.quiet()
        return self

    def quiet(self) -> None:
        """No console error and no violation of the policy so far."""
        assert not self.problems, self.problems


@pytest.fixture
def visit(browser: Browser, live_server: Any, transactional_db: None) -> Iterator[Callable[..., Visitor]]:
    """Open the browser as somebody: `visit("signe")`, or `visit()` for a citizen."""
    contexts: list[BrowserContext] = []

    def start(key: str = "", javascript: bool = True) -> Visitor:
        context = browser.new_context(
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            viewport={"width": 1280, "height": 900},
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if key:
            context.add_cookies([{"name": "sessionid", "value": session_of(key), "url": live_server.url}])
        return Visitor(context.new_page(), live_server.url)

    yield start
    for context in contexts:
        context.close()
