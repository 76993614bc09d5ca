"""With a certificate both apps are served over TLS and nothing but the way to trust it in clear."""

import contextlib
import http.client
import socket
import ssl
import time
from datetime import UTC, datetime

import pytest
from ports import free_port
from served_house import AT_MOST, ask, seconds_until

from votingapp.certificates import SERVER_KEY, found_authority, issue
from votingapp.cli import main
from votingapp.settings import SettingsError, load_settings


def shown(port: int, trusting: ssl.SSLContext) -> bytes:
    """The certificate that a server shows to somebody who trusts it."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=AT_MOST) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        return line.getpeercert(binary_form=True)


def test_a_house_with_a_certificate_is_reached_over_tls(secure_house, visitor):
    """Office and booth answer to whoever trusts the authority, by TLS 1.3, with cookies that travel over TLS only."""
    for port, path in ((secure_house.office, "/sign-in"), (secure_house.booth, "/")):
        seconds_until(f"https://127.0.0.1:{port}{path}", visitor)
    line = http.client.HTTPSConnection("localhost", secure_house.office, context=visitor, timeout=AT_MOST)
    line.request("GET", "/sign-in")
    answer = line.getresponse()
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers, "the page that shows how to trust it is on the same host"
    assert line.sock is None or line.sock.version() == "TLSv1.3"
    line.close()


def test_whoever_does_not_trust_the_authority_is_warned(secure_house, visitor):
    """Without the authority the connection is not made."""
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(f"https://127.0.0.1:{secure_house.office}/sign-in", ssl.create_default_context())


def test_what_is_asked_in_clear_gets_nothing(secure_house, visitor):
    """Plain HTTP at the doors of office and booth is answered with not one byte, and nothing is written about who asked."""
    for port in (secure_house.office, secure_house.booth):
        seconds_until(f"https://127.0.0.1:{port}/", visitor)
        with socket.create_connection(("127.0.0.1", port), timeout=AT_MOST) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            got = b""
            with contextlib.suppress(ConnectionResetError):
                while more := line.recv(4096):
                    got += more
        assert b"HTTP" not in got
        assert b"<" not in got
    told = [line for line in secure_house.said().splitlines() if not line.startswith("The certificate is not for")]
    assert told == []


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_versions_are_refused(secure_house, visitor, version):
    """TLS 1.2 is spoken, what was before it is not."""
    seconds_until(f"https://127.0.0.1:{secure_house.booth}/", visitor)
    visitor.maximum_version = ssl.TLSVersion.TLSv1_2
    assert ask(f"https://127.0.0.1:{secure_house.booth}/", visitor) == 200
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version = old.maximum_version = version
    with socket.create_connection(("127.0.0.1", secure_house.booth), timeout=AT_MOST) as plain, pytest.raises(OSError):
        old.wrap_socket(plain)


def test_the_trust_page_is_the_only_one_in_clear(secure_house, vouching):
    """It hands out the very certificate, and nothing of office or booth."""
    page = f"http://127.0.0.1:{secure_house.trust}"
    seconds_until(f"{page}/")
    line = http.client.HTTPConnection("127.0.0.1", secure_house.trust, timeout=AT_MOST)
    line.request("GET", "/valg-certifikat.crt")
    answer = line.getresponse()
    assert answer.read() == vouching[0].der
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    line.close()
    for path in ("/sign-in", "/static/office.css", "/koege-2021/", "/static/trust.css", "/authority.key"):
        assert ask(page + path) == 404


def test_a_renewed_certificate_is_shown_without_a_restart(secure_house, visitor, vouching):
    """The address changes on the evening itself: the command renews the certificate, and the running server shows it."""
    before, master = shown(secure_house.office, visitor), secure_house.master("office")
    authority, folder = vouching
    issue(folder, authority, ("localhost", "127.0.0.1", "10.9.8.7"), datetime.now(UTC))
    after = shown(secure_house.office, visitor)
    assert after != before
    assert secure_house.master("office") == master


def test_a_certificate_that_is_being_written_leaves_the_one_before_in_use(secure_house, visitor, vouching):
    """Key and certificate that do not belong together, as between two writes, turn nobody away."""
    _authority, folder = vouching
    before, key = shown(secure_house.office, visitor), (folder / SERVER_KEY).read_bytes()
    (folder / SERVER_KEY).write_text("half", encoding="utf-8")
    (folder / "server.crt").touch()
    assert shown(secure_house.office, visitor) == before
    (folder / SERVER_KEY).write_bytes(key)
    assert shown(secure_house.office, visitor) == before


def test_who_never_agrees_on_keys_keeps_nobody_waiting(house, trusting):
    """Forty connections that begin a handshake and stop, more than a worker has threads, are given up; others are served."""
    house.environ["PYTHONPATH"] = str(_impatient(house))
    house.start("--only", "office")
    url = f"https://127.0.0.1:{house.office}/sign-in"
    seconds_until(url, trusting)
    slow = [socket.create_connection(("127.0.0.1", house.office), timeout=AT_MOST) for _ in range(40)]
    try:
        for one in slow:
            one.sendall(b"\x16\x03\x01\x02")
        assert ask(url, trusting) == 200
        until = time.monotonic() + AT_MOST
        for one in slow:
            one.settimeout(max(until - time.monotonic(), 1))
            with contextlib.suppress(ConnectionResetError):
                assert one.recv(4096)[:1] in {b"", b"\x15"}, "it is closed, at most with an alert"
    finally:
        for one in slow:
            one.close()
    assert ask(url, trusting) == 200


def test_whoever_stops_in_the_middle_of_a_form_is_never_answered_in_clear(house, trusting):
    """When the house stops listening to a slow sender over TLS, what it still says is encrypted or nothing."""
    house.environ["PYTHONPATH"] = str(_impatient(house))
    house.start("--only", "office")
    seconds_until(f"https://127.0.0.1:{house.office}/sign-in", trusting)
    with socket.create_connection(("127.0.0.1", house.office), timeout=AT_MOST) as plain:
        line = trusting.wrap_socket(plain, server_hostname="localhost", do_handshake_on_connect=True)
        line.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 999\r\n\r\nlogin="
        )
        raw = socket.socket(fileno=line.detach())
        raw.settimeout(AT_MOST)
        got = b""
        with contextlib.suppress(ConnectionResetError):
            while more := raw.recv(4096):
                got += more
        raw.close()
    assert b"HTTP/1.1" not in got


def _impatient(house):
    """A folder on the path of the server's Python that makes it wait a second for what else it gives up after ten or more."""
    folder = house.home / "impatient"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import sys\nif '--only' in sys.argv:\n    from votingapp import serving\n"
        "    serving.PATIENCE_SECONDS = serving.HANDSHAKE_SECONDS = 1.0\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(
    ("bind", "https", "told"),
    [
        ("0.0.0.0", "", True),
        ("[::]", "", True),
        ("127.0.0.1", "", False),
        ("[::1]", "", False),
        ("0.0.0.0", "1", False),
    ],
)
def test_a_door_open_to_others_in_clear_is_told(settings, store, monkeypatch, capsys, bind, https, told):
    """Whoever opens a door to the network without TLS reads that passwords can be read there; a proxy's word is believed."""
    store.engine.dispose()
    monkeypatch.setenv("VOTINGAPP_HOME", str(settings.home))
    monkeypatch.setenv("VOTINGAPP_HTTPS", https)
    monkeypatch.setattr("votingapp.cli.serve.serve_all", lambda *_doors, **_with: 0)
    with pytest.raises(SystemExit) as end:
        main(["serve", "--office-bind", f"{bind}:{free_port()}"])
    assert end.value.code == 0
    assert ("in clear" in capsys.readouterr().err) is told


def test_addresses_follow_the_certificate(settings, authority):
    """The first name of the certificate is the one that papers, mails and QR codes carry; a variable still decides."""
    environ = {"VOTINGAPP_HOME": str(settings.home)}
    found = load_settings(environ)
    assert (found.https, found.strict_transport) == (True, False)
    assert (found.office_url, found.booth_url) == ("https://127.0.0.1:8000", "https://127.0.0.1:8001")
    named = load_settings(environ | {"VOTINGAPP_OFFICE_URL": "https://valg.koege.example/"})
    assert named.office_url == "https://valg.koege.example"


def test_an_ipv6_address_stands_in_brackets(settings, authority, tls_folder):
    """As every address with a port."""
    issue(tls_folder, authority, ("fd12::7",), datetime.now(UTC))
    assert load_settings({"VOTINGAPP_HOME": str(settings.home)}).booth_url == "https://[fd12::7]:8001"


def test_a_named_folder_without_a_certificate_stops_the_start(settings, tmp_path):
    """Whoever asks for TLS is never served in clear."""
    with pytest.raises(SettingsError, match="VOTINGAPP_TLS_FOLDER"):
        load_settings({"VOTINGAPP_HOME": str(settings.home), "VOTINGAPP_TLS_FOLDER": str(tmp_path / "none")})


@pytest.mark.parametrize("harm", ["broken", "no key", "no names"])
def test_a_certificate_that_cannot_be_used_stops_the_start(settings, authority, tls_folder, harm):
    """Broken, without its key or without a name: one line, and nothing is served in clear instead."""
    if harm == "no key":
        (tls_folder / SERVER_KEY).unlink()
    else:
        (tls_folder / "server.crt").write_bytes(
            b"broken" if harm == "broken" else (tls_folder / "authority.crt").read_bytes()
        )
    with pytest.raises(SettingsError, match="certificate"):
        load_settings({"VOTINGAPP_HOME": str(settings.home)})


def test_a_certificate_of_somebody_elses_authority_needs_no_trust_page(settings, authority, tls_folder, house):
    """A municipality's own certificate in the folder is served, and there is nothing to show to devices."""
    (tls_folder / "authority.crt").unlink()
    house.start("--only", "trust")
    status, errors = house.finish()
    assert status == 2
    assert "votingapp tls" in errors


def test_the_room_is_not_served_in_clear(house):
    """`--room` without a certificate is refused: cameras and cryptography in tablets need TLS."""
    house.start("--room")
    status, errors = house.finish()
    assert status == 2
    assert errors.count("\n") == 1
    assert "votingapp tls" in errors


def test_serve_says_what_keeps_devices_from_trusting_it(house, tls_folder):
    """An expired certificate and an address it does not have are told at start, and served all the same."""
    past = datetime(2024, 1, 1, tzinfo=UTC)
    issue(tls_folder, found_authority(tls_folder, (), "laptop", past), ("10.255.255.1",), past)
    house.start()
    seconds_until(f"http://127.0.0.1:{house.trust}/")
    _status, errors = house.stop()
    assert "has expired" in errors
