"""A room with a cable in it: the house and the devices each in a network namespace of their own, joined by one link that can be cut.

Nothing leaves the two namespaces: they know no other network than the 10.x one between them, and end with the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE_ADDRESS, ROOM_ADDRESS = "10.99.0.1", "10.99.0.2"
_NOBODY = "02:00:00:00:00:99"
_IP = "/usr/sbin/ip"


def needed() -> str:
    """The program that makes namespaces; a test where it or the right to use it is missing fails and says so."""
    found = shutil.which("ip") or (_IP if Path(_IP).exists() else None)
    if found is None:
        pytest.fail("iproute2 is missing: apt-get install iproute2")
    if os.geteuid() != 0:
        pytest.fail("network namespaces are made by root alone: run the tests as root")
    return found


class Link:
    """The cable between the house and the room; each end is named after its place."""

    def __init__(self) -> None:
        self._ip = needed()
        self.house, self.room = (f"{place}-{uuid.uuid4().hex[:8]}" for place in ("house", "room"))

    def lay(self) -> None:
        """Make both namespaces and join them."""
        for place in (self.house, self.room):
            self._run("netns", "add", place)
            self._run("-n", place, "link", "set", "lo", "up")
        self._run("-n", self.house, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", self.room)
        for place, address in ((self.house, HOUSE_ADDRESS), (self.room, ROOM_ADDRESS)):
            self._run("-n", place, "address", "add", f"{address}/24", "dev", "cable")
            self._run("-n", place, "link", "set", "cable", "up")

    def take_up(self) -> None:
        """Let both namespaces go, with whatever is left in them."""
        for place in (self.house, self.room):
            subprocess.run([self._ip, "netns", "del", place], check=False, capture_output=True)

    def pull_out(self) -> None:
        """Pull the cable out at the house: the devices see at once that it leads nowhere."""
        self._run("-n", self.house, "link", "set", "cable", "down")

    def plug_in(self) -> None:
        """Plug it in again."""
        self._run("-n", self.house, "link", "set", "cable", "up")

    def lose_answers(self) -> None:
        """Send whatever the house says to an address that nobody has: devices are heard and hear nothing."""
        self._neighbour("replace", "lladdr", _NOBODY, "nud", "permanent")

    def find_answers(self) -> None:
        """Send it to the room again."""
        self._neighbour("del")

    def within(self, place: str) -> list[str]:
        """The words before a command that let it run in a namespace."""
        return [self._ip, "netns", "exec", place]

    def _neighbour(self, what: str, *words: str) -> None:
        self._run("-n", self.house, "neighbour", what, ROOM_ADDRESS, "dev", "cable", *words)

    def _run(self, *words: str) -> None:
        done = subprocess.run([self._ip, *words], check=False, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr)


def write_wrapper(link: Link, program: str, folder: Path) -> Path:
    """An executable that runs a program in the room, for whoever can start nothing but an executable."""
    wrapper = folder / "in-the-room"
    wrapper.write_text(f'#!/bin/sh\nexec {" ".join(link.within(link.room))} {program} "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    return wrapper


def lay_link() -> Iterator[Link]:
    """A link for as long as a test lasts."""
    link = Link()
    try:
        link.lay()
        yield link
    finally:
        link.take_up()
