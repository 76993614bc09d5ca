"""The house vouches for itself: a small authority of its own, trusted by the room's devices, and its server's certificate."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

AUTHORITY, AUTHORITY_KEY = "authority.crt", "authority.key"
SERVER, SERVER_KEY = "server.crt", "server.key"

AUTHORITY_LIFE = timedelta(days=400)
SERVER_LIFE = timedelta(days=397)
"""Browsers turn a server's certificate away that is good for longer than 398 days."""

_SLACK = timedelta(days=1)
"""A certificate is good from yesterday on: a tablet's clock may be some hours behind."""

_PERMITTED_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "::1/128",
)
_PERMITTED_HOSTS = ("localhost", "local")
"""What every authority may vouch for: addresses that lead nowhere but around the room, and names that no domain has."""

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_LONGEST_IN_NAME = 24


class CertificateError(Exception):
    """A certificate of the house cannot be made or used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The house's own certificate authority, as the devices of the room are told to trust it."""

    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate as browsers and tablets take it."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in sixteen groups, to be compared by two people."""
        return in_groups(self.certificate.fingerprint(hashes.SHA256()))

    @property
    def title(self) -> str:
        """What a device calls it."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    def permits(self, name: str) -> bool:
        """Whether it may vouch for a name or an address."""
        found = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        for one in found.permitted_subtrees or ():
            if isinstance(one, x509.IPAddress) and isinstance(_address(name), IPv4Address | IPv6Address):
                if ip_address(name) in ip_network(str(one.value)):
                    return True
            elif isinstance(one, x509.DNSName) and (name == one.value or name.endswith(f".{one.value}")):
                return True
        return False


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """What the server shows; `names` in the order they were given, the one that devices use first."""

    names: tuple[str, ...]
    expires: datetime


def in_groups(raw: bytes) -> str:
    """Bytes as hexadecimal in groups of four."""
    text = raw.hex().upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def in_rows(fingerprint: str) -> tuple[str, ...]:
    """A fingerprint in four lines, as two people read it to one another."""
    groups = fingerprint.split()
    return tuple(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def canonical_name(name: str) -> str:
    """An address or a host name as certificates spell it; CertificateError when it is neither."""
    address = _address(name)
    if address is not None:
        return str(address)
    try:
        host = name.rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit():
        raise CertificateError(f"{name} is no address and no name of a machine")
    return host


def read_authority(folder: Path) -> Authority | None:
    """The authority of a folder, or None where none has been made."""
    try:
        return Authority(x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes()))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise CertificateError(f"{folder / AUTHORITY} holds no certificate") from error


def read_server(folder: Path) -> ServerCertificate | None:
    """The server's certificate of a folder, or None where none has been made."""
    try:
        found = x509.load_pem_x509_certificate((folder / SERVER).read_bytes())
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except FileNotFoundError:
        return None
    except (ValueError, x509.ExtensionNotFound) as error:
        raise CertificateError(f"{folder / SERVER} holds no certificate of a server") from error
    return ServerCertificate(
        tuple(str(one.value) for one in names if isinstance(one, x509.DNSName | x509.IPAddress)),
        found.not_valid_after_utc,
    )


def found_authority(folder: Path, names: Iterable[str], host: str, now: datetime) -> Authority:
    """Make a new authority in the folder, in place of any that was there.

    It may vouch for the room's private addresses, for `.local` and for `names`, and for nothing else in the world: whoever
    steals its key cannot pretend to be anybody's bank.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    known = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    title = f"Valg {host[:_LONGEST_IN_NAME]} {now:%d-%m-%Y} {known.digest[:4].hex().upper()}"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    certificate = (
        _begun(subject, subject, key.public_key(), now, now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(known, critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(folder / AUTHORITY_KEY, _pem(key))
    _write(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(certificate)


def issue(folder: Path, authority: Authority, names: tuple[str, ...], now: datetime) -> ServerCertificate:
    """Give the server of the folder a new key and a certificate for `names`, which the authority permits.

    Key before certificate: whoever reads them in between finds the old certificate with a key that is not its own, and keeps
    what it has. Raises CertificateError when the authority's key is missing or its time is over.
    """
    signing = _authority_key(folder, authority)
    ends = min(now - _SLACK + SERVER_LIFE, authority.certificate.not_valid_after_utc)
    if ends <= now:
        raise CertificateError("the certificate authority has expired; run: votingapp tls --new-authority")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Valgets server")])
    certificate = (
        _begun(subject, authority.certificate.subject, key.public_key(), now, ends)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )
    _write(folder / SERVER_KEY, _pem(key))
    _write(folder / SERVER, certificate.public_bytes(serialization.Encoding.PEM))
    return ServerCertificate(names, ends)


def _authority_key(folder: Path, authority: Authority) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    except (FileNotFoundError, ValueError, TypeError) as error:
        raise CertificateError(
            "the key of the certificate authority is missing or unreadable; run: votingapp tls --new-authority"
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != authority.certificate.public_key():
        raise CertificateError(
            "the key in the folder is not the one of the certificate authority; run: votingapp tls --new-authority"
        )
    return key


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - _SLACK)
        .not_valid_after(ends.astimezone(UTC))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _permitted(names: Iterable[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = [x509.IPAddress(ip_network(one)) for one in _PERMITTED_NETWORKS]
    found += [x509.DNSName(host) for host in _PERMITTED_HOSTS]
    for name in names:
        address = _address(name)
        one = x509.DNSName(name) if address is None else x509.IPAddress(ip_network(address))
        if one not in found:
            found.append(one)
    return found


def _general(name: str) -> x509.GeneralName:
    address = _address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Put a file in place whole, for the owner alone, or leave the one that was there."""
    fresh = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
