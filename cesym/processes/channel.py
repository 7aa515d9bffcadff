"""Lines of JSON over a socket: nothing that runs when it is read."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

CHUNK = 1 << 16


class Overlong(Exception):
    """A line is longer than it may be."""


class Lines:
    """Puts lines together out of the pieces in which they arrive."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.rest = bytearray()

    def feed(self, piece: bytes) -> Iterator[Any]:
        """The values of the lines that `piece` completes. Raises Overlong."""
        self.rest += piece
        *lines, self.rest = self.rest.split(b"\n") if b"\n" in piece else [self.rest]
        if self.most is not None and max(map(len, (*lines, self.rest))) > self.most:
            raise Overlong
        yield from map(json.loads, lines)


def send(channel: socket.socket, value: Any, most: int | None = None) -> None:
    """Send one value. Raises Overlong, and OSError when nobody listens."""
    line = json.dumps(value, separators=(",", ":")).encode()
    if most is not None and len(line) > most:
        raise Overlong
    channel.sendall(line + b"\n")


def values(channel: socket.socket) -> Iterator[Any]:
    """What arrives, until the other side hangs up."""
    lines = Lines()
    while piece := channel.recv(CHUNK):
        yield from lines.feed(piece)
