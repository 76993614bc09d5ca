"""A town hall for one day: the real servers as processes of their own, in a folder that is thrown away."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from mailbox_server import Mailbox
from ports import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = Path(sys.executable).with_name("votingapp")
MOVED_CLOCK = Path(__file__).parent / "moved_clock"
FOUNDER = "sekretariat"
TRIES = 900


@dataclass(frozen=True)
class House:
    """Where the two servers answer, where everything they keep lies, the founder's password, and the letters they send."""

    home: Path
    office: str
    booth: str
    one_time_password: str
    log: Path
    mailbox: Mailbox
    clock: Path

    def wait(self, time: timedelta) -> None:
        """Let so much time pass in the house, and none outside."""
        self.clock.write_text(str(time.total_seconds()), encoding="utf-8")

    def link_to(self, address: str) -> str:
        """The link in the latest letter to an address, once it has arrived."""
        for _ in range(TRIES):
            letters = [letter for letter in self.mailbox.letters if letter["To"] == address]
            if letters:
                found = re.search(r"^http\S+", letters[-1].get_content(), re.MULTILINE)
                assert found is not None
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {address} has arrived")

    def kept(self) -> dict[str, bytes]:
        """Every file that the house has written, by its name."""
        return {str(path): path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


def votingapp(*arguments: object, home: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the house to its end."""
    environment = os.environ | ({} if home is None else {"VOTINGAPP_HOME": str(home)}) | settings
    command = [str(COMMAND), *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@contextmanager
def open_house(folder: Path, **settings: str) -> Iterator[House]:
    """Make the database and a founder, and serve office and booth until the block ends; with a stick, its sheet is made first."""
    home = folder / "house"
    done = votingapp("db", "upgrade", home=home)
    assert done.returncode == 0, done.stderr
    added = votingapp("user", "add", FOUNDER, "--name", "Åse Nørgård", "--founder", home=home)
    assert added.returncode == 0, added.stderr
    if "VOTINGAPP_BACKUP" in settings:
        made = votingapp("backup", "key", "--sheet", folder / "sheet.pdf", home=home, **settings)
        assert made.returncode == 0, made.stderr
    office, booth = (f"127.0.0.1:{port}" for port in free_ports(2))
    with ExitStack() as stack:
        mailbox = stack.enter_context(Mailbox())
        password = added.stdout.rsplit(maxsplit=1)[-1]
        clock = folder / "clock"
        house = House(home, f"http://{office}", f"http://{booth}", password, folder / "servers.log", mailbox, clock)
        house.wait(timedelta())
        log = stack.enter_context(house.log.open("wb"))
        servers = subprocess.Popen(
            [str(COMMAND), "serve", "--office-bind", office, "--booth-bind", booth],
            env=os.environ
            | {"VOTINGAPP_HOME": str(home), "VOTINGAPP_OFFICE_URL": house.office, "VOTINGAPP_BOOTH_URL": house.booth}
            | {"PYTHONPATH": str(MOVED_CLOCK), "CLOCK_AHEAD": str(clock)}
            | _mail_settings(mailbox)
            | settings,
            stdout=log,
            stderr=log,
        )
        stack.callback(servers.wait)
        stack.callback(servers.terminate)
        _wait_for(house, servers)
        yield house
        assert servers.poll() is None, f"the servers ended by themselves: {house.log.read_text()}"


def _mail_settings(mailbox: Mailbox) -> dict[str, str]:
    server = mailbox.server
    return {
        "VOTINGAPP_SMTP_HOST": server.host,
        "VOTINGAPP_SMTP_PORT": str(server.port),
        "VOTINGAPP_SMTP_SECURITY": server.security.value,
        "VOTINGAPP_MAIL_FROM": server.sender,
    }


def fetch(url: str) -> tuple[int, bytes]:
    """Status and body, as somebody without a browser sees them."""
    try:
        with urlopen(url) as answer:  # noqa: S310 - an address of our own servers
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def _wait_for(house: House, servers: subprocess.Popen[bytes]) -> None:
    for url in (house.office, house.booth):
        for _ in range(TRIES):
            assert servers.poll() is None, house.log.read_text()
            try:
                fetch(f"{url}/")
                break
            except URLError:
                time.sleep(0.1)
        else:
            raise AssertionError(f"{url} does not answer: {house.log.read_text()}")
