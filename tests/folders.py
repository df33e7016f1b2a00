"""Where the tests keep databases: in memory while there is room; gone when the tests end, however they do.

Each of thousands of commits waits for its disk. In memory it waits for nothing, and the code that commits is
the one that serves people.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder of our own there
ENOUGH = 1 << 30
"""Free bytes; the databases of a run take a tenth of it."""

# Waits beside the tests until nobody holds the other end of its standard input.
KEEPER = 'trap "" INT TERM; cat; rm -rf "$1"'
WAIT_SECONDS = 60


class KeptFolder:
    """A new folder, removed when it is closed, or when the processes that hold it have ended.

    `for_all`: it can be given to another user, who then reaches it.
    """

    def __init__(self, *, for_all: bool = False) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="mentorship-tests-", dir=_place(for_all=for_all)))
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "keeper", self.path],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def fileno(self) -> int:
        """Handed down to another process, it keeps the folder until that one has ended too."""
        return self._keeper.stdin.fileno()

    def close(self) -> None:
        self._keeper.stdin.close()
        self._keeper.wait(WAIT_SECONDS)


def _place(*, for_all: bool) -> Path:
    """The first place that serves: memory, what TMPDIR says, or what every system has."""
    places = [IN_MEMORY] if _has_room(IN_MEMORY) else []
    places += [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108 - as above
    return next(place for place in places if _is_writable(place) and (not for_all or _is_open_to_all(place)))


def _has_room(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free >= ENOUGH


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _is_open_to_all(folder: Path) -> bool:
    """Whether every user may pass through it and through all that it lies in."""
    whole = folder.resolve()
    return all(each.stat().st_mode & stat.S_IXOTH for each in (whole, *whole.parents))
