"""Whether the house itself serves over TLS, and by which name the room's devices then know it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from votingapp.certificates import AUTHORITY, SERVER, SERVER_KEY, CertificateError, read_server
from votingapp.settings.house import real_home
from votingapp.settings.reading import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tls:
    """The certificate that the server shows: the folder it lies in, the names it is good for, and until when.

    The first of `names` is the one that addresses in letters, papers and QR codes carry.
    """

    folder: Path
    names: tuple[str, ...]
    expires: datetime

    @property
    def certificate(self) -> Path:
        """The file with the server's certificate."""
        return self.folder / SERVER

    @property
    def key(self) -> Path:
        """The file with its key."""
        return self.folder / SERVER_KEY

    @property
    def authority(self) -> Path | None:
        """The file with the house's own authority; None where somebody else vouches for the server."""
        path = self.folder / AUTHORITY
        return path if path.exists() else None

    def address(self, scheme: str, port: int) -> str:
        """The address at which devices find a door, without a slash at the end."""
        name = self.names[0]
        return f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}"


def tls_folder(source: Mapping[str, str]) -> Path:
    """The folder with the certificates; a rehearsal has the same one, so that the same devices trust it."""
    return Path(source.get("VOTINGAPP_TLS_FOLDER") or real_home(source) / "tls").absolute()


def read_tls(source: Mapping[str, str]) -> Tls | None:
    """The certificate of the house, or None where it has none and is served in clear, or by a proxy that has one.

    A folder that is named and holds none stops the start: the house would be served in clear without anybody noticing.
    """
    folder = tls_folder(source)
    try:
        found = read_server(folder)
    except (CertificateError, OSError) as error:
        raise SettingsError(f"the server's certificate cannot be used: {error}") from error
    if found is None:
        if source.get("VOTINGAPP_TLS_FOLDER"):
            raise SettingsError("VOTINGAPP_TLS_FOLDER names a folder without server.crt")
        return None
    if not found.names:
        raise SettingsError("the server's certificate names no server")
    if not (folder / SERVER_KEY).is_file():
        raise SettingsError(f"the server's certificate has no key beside it: {SERVER_KEY}")
    return Tls(folder, found.names, found.expires)
