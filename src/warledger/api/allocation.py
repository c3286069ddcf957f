"""Give back what is freed: answers of megabytes are made and dropped all day, and the C library would keep their room.

Left to itself, glibc learns from the first large block that it frees to take the next ones from its heap, one heap a
thread, where they leave holes. Elsewhere nothing is done.
"""

from __future__ import annotations

import ctypes
import sys

_LARGE_BYTES, _HEAPS = 256 * 1024, 2
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_OPTIONS = {_MMAP_THRESHOLD: _LARGE_BYTES, _TRIM_THRESHOLD: _LARGE_BYTES, _ARENA_MAX: _HEAPS}
"""Parameters of mallopt(3), by their numbers in malloc.h."""


def give_back_what_is_freed() -> None:
    """Have large blocks taken from the system and given back to it one by one, and small ones from two heaps."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library is not None and hasattr(library, "mallopt"):
        for option, value in _OPTIONS.items():
            library.mallopt(option, value)
