"""Files belong to the action that keeps them: whole or not at all, and gone when it does not go through.

`is_full` knows a full disk by what the system, SQLite or PostgreSQL says of it.
"""

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from contextvars import ContextVar

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DISK_FULL = "53100"  # PostgreSQL's own code
_kept: ContextVar[list[str] | None] = ContextVar("kept", default=None)


class WholeFiles(FileSystemStorage):
    """The media folder; a file that there is no room for leaves nothing behind."""

    def _save(self, name: str, content: File[bytes]) -> str:
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
        except OSError:
            # The name was free when it was chosen: what lies there is the half that we wrote.
            with contextlib.suppress(OSError):
                os.remove(self.path(name))
            raise
        kept = _kept.get()
        if kept is not None:
            kept.append(saved)
        return saved


@contextlib.contextmanager
def files_of_transaction() -> Iterator[None]:
    """Around a transaction: when it does not go through, the files that were stored inside go again."""
    outer, here = _kept.get(), list[str]()
    token = _kept.set(here)
    try:
        yield
    except BaseException:
        for name in here:
            default_storage.delete(name)
        raise
    finally:
        _kept.reset(token)
    if outer is not None:
        outer.extend(here)


def is_full(error: BaseException | None) -> bool:
    """Is a full disk behind the error?"""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", None) == DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
