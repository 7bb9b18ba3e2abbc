"""Is a process that wrote its number down still the same, living process?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes

    STILL_ACTIVE = 259
    QUERY_LIMITED = 0x1000

    def is_alive(pid: int) -> bool:
        """Whether a process with this number runs."""
        handle = ctypes.windll.kernel32.OpenProcess(QUERY_LIMITED, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        ctypes.windll.kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
        ctypes.windll.kernel32.CloseHandle(handle)
        return code.value == STILL_ACTIVE

else:

    def is_alive(pid: int) -> bool:
        """Whether a process with this number runs; one that has ended and is not yet collected does not."""
        if pid <= 0:
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:  # someone else's, but there
            return True
        return _status(pid)[0] != "Z"


def born(pid: int) -> str:
    """When the process began, in the kernel's own count; "" where that is not to be had (only Linux tells).

    Kept beside a pid it tells whether the number has since been given to another process.
    """
    return _status(pid)[1]


def same_process(pid: int, birth: str) -> bool:
    """Whether the process that was noted as (pid, birth) still runs."""
    return is_alive(pid) and (not birth or birth == born(pid))


def _status(pid: int) -> tuple[str, str]:
    """(state letter, start time in clock ticks) from /proc, empty where there is none."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return "", ""
    return after_name[0], after_name[19]
