"""Where in the room the laptop can be found: the addresses of its interfaces, and which of them the devices should use."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

_GET_ADDRESSES, _DONE = 22, 3
_REQUEST_ALL = 0x301
_HEADER, _ADDRESS, _ATTRIBUTE = struct.Struct("=IHHII"), struct.Struct("=BBBBi"), struct.Struct("=HH")
_OF_PEER, _LOCAL = 1, 2
"""From linux/rtnetlink.h and linux/if_addr.h: RTM_GETADDR, NLMSG_DONE, NLM_F_REQUEST|NLM_F_DUMP, IFA_ADDRESS, IFA_LOCAL."""

_VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "wg")
"""How interfaces begin that lead into the machine itself or away from the room."""

_ELSEWHERE = ("192.0.2.1", "2001:db8::1")
"""Addresses that nobody has (RFC 5737, RFC 3849): asked for the way to them, the machine names its own address there."""


def own_addresses() -> tuple[str, ...]:
    """Every address at which others in the room may find this machine, the likeliest first."""
    try:
        found = _by_interface()
    except (OSError, AttributeError):  # not on Linux
        found = _by_name()
    ranked = sorted(found, key=lambda one: (one[1].version, one[0].startswith(_VIRTUAL)))
    usable = [str(address) for _interface, address in ranked if _is_usable(address)]
    ways = [way for way in (_way_out(address) for address in _ELSEWHERE) if way in usable]
    return tuple(dict.fromkeys([*ways[:1], *usable]))


def own_host() -> str:
    """What the machine is called, without a domain."""
    return socket.gethostname().split(".")[0].lower()


def _is_usable(address: IPv4Address | IPv6Address) -> bool:
    link_local_v6 = address.version == 6 and address.is_link_local  # noqa: PLR2004 - the version; it needs a zone in a URL
    return not (address.is_loopback or address.is_unspecified or address.is_multicast or link_local_v6)


def _by_interface() -> list[tuple[str, IPv4Address | IPv6Address]]:
    """Ask the kernel for all addresses of all interfaces (rtnetlink)."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.send(
            _HEADER.pack(_HEADER.size + _ADDRESS.size, _GET_ADDRESSES, _REQUEST_ALL, 1, 0)
            + _ADDRESS.pack(0, 0, 0, 0, 0)
        )
        found: list[tuple[str, IPv4Address | IPv6Address]] = []
        while True:
            answer = kernel.recv(65536)
            at = 0
            while at < len(answer):
                length, kind, _flags, _number, _port = _HEADER.unpack_from(answer, at)
                if kind == _DONE:
                    return found
                if length < _HEADER.size:
                    raise OSError("the kernel does not say its addresses")
                found += _read(answer[at + _HEADER.size : at + length])
                at += -(-length // 4) * 4


def _read(message: bytes) -> list[tuple[str, IPv4Address | IPv6Address]]:
    if len(message) < _ADDRESS.size:
        return []
    _family, _prefix, _flags, _scope, index = _ADDRESS.unpack_from(message)
    said: dict[int, bytes] = {}
    at = _ADDRESS.size
    while at + _ATTRIBUTE.size <= len(message):
        length, kind = _ATTRIBUTE.unpack_from(message, at)
        if length < _ATTRIBUTE.size:
            break
        said[kind] = message[at + _ATTRIBUTE.size : at + length]
        at += -(-length // 4) * 4
    raw = said.get(_LOCAL, said.get(_OF_PEER))
    if raw is None:
        return []
    interface = ""
    with suppress(OSError):
        interface = socket.if_indextoname(index)
    return [(interface, ip_address(raw))]


def _by_name() -> list[tuple[str, IPv4Address | IPv6Address]]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)
    except OSError:
        found = []
    texts = [str(one[4][0]).partition("%")[0] for one in found] + [way for way in map(_way_out, _ELSEWHERE) if way]
    return [("", ip_address(text)) for text in texts]


def _way_out(address: str) -> str:
    """The machine's own address on the way to another one, "" where there is no way; nothing is sent."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((address, 9))
            return str(asking.getsockname()[0])
    except OSError:
        return ""
