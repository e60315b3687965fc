"""The frame that every change runs in."""

from typing import Any

import pytest

from samraad.audit.actions import frame, inside_action, running
from tests.traces import Traces

CHANGE, EVENT = 'UPDATE "council_forum" SET "name" = %s', 'INSERT INTO "audit_event" ("seq") VALUES (%s)'


def _run(traces: Traces, *statements: str) -> None:
    """The statements, as an action of the name "rename" runs them."""

    def execute(*statement: Any) -> None:
        """Nothing: only what is written is of interest."""

    with frame("rename"):
        for sql in statements:
            traces(execute, sql, None, False, {})


def test_it_names_the_outermost_action() -> None:
    assert (running(), inside_action()) == ("", False)
    with frame("publish"), frame("record"):
        assert (running(), inside_action()) == ("publish", True)
    with frame():
        assert (running(), inside_action()) == ("", True)


def test_the_watch_sees_an_action_that_leaves_no_event() -> None:
    traces = Traces()
    _run(traces, CHANGE)
    with pytest.raises(AssertionError, match="rename skrev i council_forum uden"):
        traces.close()


def test_the_watch_is_content_with_an_event_or_with_nothing_done() -> None:
    traces = Traces()
    _run(traces, CHANGE, EVENT)
    traces.close()
    _run(traces, CHANGE, "ROLLBACK TO SAVEPOINT x")
    traces.close()
