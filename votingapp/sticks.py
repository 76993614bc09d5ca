"""What an error of the file system says about a USB stick, for all who write onto one."""

from __future__ import annotations

import errno
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fault(StrEnum):
    """Why a stick cannot be written."""

    GONE = "gone"
    """It has been pulled out."""
    FULL = "full"
    READ_ONLY = "read_only"
    BROKEN = "broken"


def fault_of(error: OSError) -> Fault:
    """Tell what is wrong with the stick."""
    return _FAULTS.get(error.errno or 0, Fault.GONE if isinstance(error, FileNotFoundError) else Fault.BROKEN)


_FAULTS: Mapping[int, Fault] = {
    errno.ENOENT: Fault.GONE,
    errno.ENOTDIR: Fault.GONE,
    errno.ENODEV: Fault.GONE,
    errno.ENXIO: Fault.GONE,
    errno.ESHUTDOWN: Fault.GONE,
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EFBIG: Fault.FULL,
    errno.EROFS: Fault.READ_ONLY,
    errno.EACCES: Fault.READ_ONLY,
    errno.EPERM: Fault.READ_ONLY,
}
