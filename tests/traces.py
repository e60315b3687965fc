"""A watch on the database: whoever changes domain data leaves an event."""

from typing import Any

from samraad.audit.actions import running
from samraad.audit.middleware import DOMAIN, WRITE


class Traces:
    """An action that changes domain data and leaves no event fails the test; pages are kept until one."""

    # A mail's fate, that a form was sent, the search's copy of what has its own event, a sign-in, which goes
    # with its session, the second log, and a draft, which is nobody's text yet.
    UNSEEN = (
        "accounts_mail",
        "audit_submission",
        "search_entry",
        "accounts_signin",
        "audit_accessnote",
        "audit_draft",
    )

    def __init__(self) -> None:
        self.action = ""
        self.written: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("ROLLBACK"):
            self.written.clear()
        if running() != self.action:
            self.close()
            self.action = running()
        found = WRITE.match(sql)
        if found and self.action and found[1].startswith(DOMAIN):
            self.written.add(found[1])
        return execute(sql, params, many, context)

    def close(self) -> None:
        """The action is over: what was written by it, and is there an event among it?"""
        silent, self.written = self.written.difference(self.UNSEEN), set()
        if silent and "audit_event" not in silent:
            raise AssertionError(
                f"{self.action} skrev i {', '.join(sorted(silent))} uden at efterlade en hændelse."
            )
