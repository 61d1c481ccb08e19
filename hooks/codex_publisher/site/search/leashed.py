"""Asks Pagefind's service for an index, and ends it with the process that started this one.

Started as a script of its own, so it imports nothing but the standard library. Its arguments are a file of
messages, the folder for what comes of them, and the service's command. Standard input is a pipe that the
other process holds open: when it is closed, even by a kill, the service is ended. What of its answers is
none, such as why it crashed, goes to standard output.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Semaphore, Thread
from typing import IO, Any, Final

LAST: Final = 0
"""The number of the message that asks for the files of the index."""
_KILLED: Final = 128
"""What shells add to the number of the signal that ended a program."""
_AT_ONCE: Final = 1 << 16
_AHEAD: Final = 8
"""So many messages wait for an answer. The service takes in all that it is told before it does the first."""


def main(messages: str, folder: str, *command: str) -> int:
    """Write the index; give the service's exit code, or 1 for what it could not do."""
    with Popen(command, stdin=PIPE, stdout=PIPE) as service:
        assert service.stdin is not None  # noqa: S101
        assert service.stdout is not None  # noqa: S101
        Thread(target=_end_with_parent, args=(service,), daemon=True).start()
        # Beside the answers, since the service need not take more before its answers are taken.
        room = Semaphore(_AHEAD)
        Thread(target=_tell, args=(messages, service.stdin, room), daemon=True).start()
        for answer in _answers(service.stdout):
            room.release()
            # A note that cannot be indexed costs that note alone.
            if answer.get("message_id") in (LAST, None):
                service.kill()
                return _settle(answer["payload"], Path(folder))
        code = service.wait()
        return code if code >= 0 else _KILLED - code


def _end_with_parent(service: Popen[bytes]) -> None:
    # Not by `sys.stdin`, for whose lock the interpreter would wait when it ends.
    os.read(0, 1)
    service.kill()


def _tell(messages: str, service: IO[bytes], room: Semaphore) -> None:
    # The service may end before it is told all.
    with suppress(OSError), Path(messages).open("rb") as told:
        for message in _parts(told):
            room.acquire()
            service.write(message + b",")
            service.flush()


def _answers(service: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The answers as they come, each of them JSON in Base64."""
    for part in _parts(service):
        try:
            yield json.loads(base64.b64decode(part, validate=True))
        except ValueError:
            _pass_on(part)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """What stands before each comma, as it comes, and what is left at the end."""
    begun: list[bytes] = []
    while data := os.read(file.fileno(), _AT_ONCE):
        *ends, rest = data.split(b",")
        for end in ends:
            yield b"".join((*begun, end))
            begun.clear()
        begun.append(rest)
    if rest := b"".join(begun):
        yield rest


def _settle(payload: dict[str, Any], folder: Path) -> int:
    """Write the files of the last answer, or say why there are none.

    They are asked for since the service, told to write them itself, says that it has before it has.
    """
    if payload["type"] == "Error":
        _pass_on(str(payload["message"]).encode())
        return 1
    for file in payload["files"]:
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(file["content"]))
    return 0


def _pass_on(said: bytes) -> None:
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
