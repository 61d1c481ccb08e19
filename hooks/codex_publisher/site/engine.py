"""The engine that the settings name: what renders the notes."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from codex_publisher.repository.engines import Engine, Executor

SCHEMES: Final = ("tcp", "tls", "ucx", "ws", "wss")
"""What the address of a Dask scheduler begins with."""
SECONDS_TO_CONNECT: Final = 10
log = logging.getLogger("mkdocs.hooks.codex")


def complaint_about(address: str) -> str:
    """What is wrong with an address for an engine, as the rest of a sentence; empty if nothing is."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_sound = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port is not None
    except ValueError:
        is_sound = False
    if not is_sound:
        return "use the address of a Dask scheduler, such as tcp://host:8786, or leave it out."
    if find_spec("distributed") is None:
        return "which needs Dask: pip install 'codex-publisher[dask]'"
    return ""


def open_engine(address: str) -> Engine:
    """The engine at an address, which `complaint_about` finds sound; this machine's own for an empty one.

    An engine that does not answer is warned of, and this machine stands in for it.
    """
    if not address:
        return Engine()
    # Imported only by those who use it: it takes as long as all the rest.
    from distributed import Client  # noqa: PLC0415

    try:
        # The library's own methods have no types.
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        log.warning("Notes are rendered on this machine: no engine answers at %s (%s).", address, error)
        return Engine()
    executor: Executor = client.get_executor()  # type: ignore[no-untyped-call]
    return Engine(executor=executor, end=client.close)
