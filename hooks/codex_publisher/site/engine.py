"""The engine that the settings name: what renders the notes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import urlsplit

from codex_publisher.repository.engines import Answers, Engine

SCHEMES: Final = ("tcp", "tls", "ucx", "ws", "wss")
"""What the address of a Dask scheduler begins with."""
SECONDS_TO_CONNECT: Final = 10


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

    Nothing is started, and nobody asked, before there is work.
    """
    if not address:
        return Engine()
    cluster = _Cluster(address)
    return Engine(executor=cluster, end=cluster.close)


class _Cluster:
    """A cluster of Dask's, as an executor that connects when it is first given something."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def submit(self, fn: Callable[..., Answers], /, *args: Any) -> Future[Answers]:
        """Have `fn(*args)` worked out. Raises OSError with a sentence when nobody answers."""
        if self._client is None:
            self._client = _connected(self._address)
        future: Future[Answers] = self._client.get_executor().submit(fn, *args)
        return future

    def close(self) -> None:
        """Leave the cluster to others."""
        if self._client is not None:
            self._client.close()
            self._client = None


def _connected(address: str) -> Any:
    # Imported only by those who use it: it takes as long as all the rest.
    from distributed import Client  # noqa: PLC0415

    try:
        # The library's own methods have no types.
        return Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        raise ConnectionError(f"No engine answers at {address}.") from error
