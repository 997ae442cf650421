"""
A process that goes when the one that started it goes, however that one ends: a killed site leaves nothing on its port.

`python -m tiltas.tied -m granian …` runs `python -m granian …` so.
"""

import ctypes
import os
import signal
import sys

STARTED_BY = "TILTAS_STARTED_BY"  # the process id of `manage.py serve`, for what it starts
PR_SET_PDEATHSIG = 1


def tie_to_parent(number=signal.SIGTERM):
    """Let the kernel send us this signal when our parent has ended. Only Linux can; elsewhere this does nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number))


def main():
    tie_to_parent()
    if os.getppid() == int(os.environ[STARTED_BY]):  # else it ended before we were tied
        os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606  (our own command)


if __name__ == "__main__":
    main()
