"""Runs a program that ends with the process that started this one, however that ends.

Started as a script of its own, so it imports nothing but the standard library. Its standard input is a pipe
that the other process holds open: when it is closed, even by a kill, the program is ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread
from typing import Final

_KILLED: Final = 128
"""What shells add to the number of the signal that ended a program."""


def main() -> int:
    """Run the command of the arguments and give its exit code."""
    with subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL) as program:
        Thread(target=_end_with_parent, args=(program,), daemon=True).start()
        code = program.wait()
        return code if code >= 0 else _KILLED - code


def _end_with_parent(program: subprocess.Popen[bytes]) -> None:
    # Not by `sys.stdin`, for whose lock the interpreter would wait when it ends.
    os.read(0, 1)
    program.kill()


if __name__ == "__main__":
    sys.exit(main())
