"""What the house vouches for with, and for what it never can."""

import itertools
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from votingapp.certificates import (
    AUTHORITY,
    AUTHORITY_KEY,
    SERVER,
    SERVER_KEY,
    CertificateError,
    canonical_name,
    found_authority,
    issue,
    read_authority,
    read_server,
)
from votingapp.network import own_addresses, own_host

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
NAMES = ("192.168.7.20", "fd12::20", "laptop.local", "laptop", "localhost", "127.0.0.1", "::1")


@pytest.fixture
def made(tmp_path):
    """An authority that was given the machine's name and one public name, and the server's certificate."""
    authority = found_authority(tmp_path, ("valg.koege.example", "laptop"), "laptop", NOW)
    issue(tmp_path, authority, NAMES, NOW)
    return authority


def certificate(path):
    return x509.load_pem_x509_certificate(path.read_bytes())


def extension(found, kind):
    return found.extensions.get_extension_for_class(kind)


def test_the_authority_can_do_nothing_but_vouch_for_servers(made):
    """P-256, no authority below it, keys for signing certificates only, and all of that critical."""
    found = made.certificate
    assert isinstance(found.public_key().curve, ec.SECP256R1)
    basic = extension(found, x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    usage = extension(found, x509.KeyUsage)
    assert usage.critical
    assert (usage.value.key_cert_sign, usage.value.digital_signature) == (True, False)
    assert extension(found, x509.NameConstraints).critical
    assert found.not_valid_after_utc - NOW == timedelta(days=400)


@pytest.mark.parametrize("name", [*NAMES, "10.1.2.3", "172.31.0.1", "valg.koege.example", "anden.local"])
def test_the_authority_vouches_for_the_room(made, name):
    """Private addresses, names that no domain has, and what it was made for: also after a move to another network."""
    assert made.permits(name)


@pytest.mark.parametrize(
    "name",
    [
        "8.8.8.8",
        "172.32.0.1",
        "koege.dk",
        "koege.example",
        "evilvalg.koege.example.dk",
        "2001:db8::1",
        "local.dk",
        "notlocal",
    ],
)
def test_the_authority_never_vouches_for_the_world(made, name):
    """Whoever steals its key cannot pretend to be anybody on the internet."""
    assert not made.permits(name)


def test_the_server_has_what_browsers_ask_for(made, tmp_path):
    """All names in the SAN, serverAuth, digital signature, no more than 397 days, signed by the authority."""
    found = certificate(tmp_path / SERVER)
    names = extension(found, x509.SubjectAlternativeName).value
    assert [str(one.value) for one in names] == list(NAMES)
    assert list(extension(found, x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert not extension(found, x509.BasicConstraints).value.ca
    assert extension(found, x509.KeyUsage).value.digital_signature
    assert found.not_valid_after_utc - found.not_valid_before_utc <= timedelta(days=397)
    assert found.not_valid_before_utc < NOW
    found.verify_directly_issued_by(made.certificate)


def test_a_verifier_accepts_the_chain_and_its_limits(made, tmp_path):
    """A verifier that we did not write accepts the server under its names, and a name out of bounds it does not."""
    trusted = PolicyBuilder().store(Store([made.certificate])).time(NOW)
    trusted.build_server_verifier(x509.DNSName("laptop.local")).verify(certificate(tmp_path / SERVER), [])
    issue(tmp_path, made, ("bank.example",), NOW)
    with pytest.raises(VerificationError):
        trusted.build_server_verifier(x509.DNSName("bank.example")).verify(certificate(tmp_path / SERVER), [])


def test_files_are_the_owners_alone(made, tmp_path):
    """Nobody else on the machine reads a key, and nothing half written lies about."""
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert files == dict.fromkeys((AUTHORITY, AUTHORITY_KEY, SERVER, SERVER_KEY), 0o600)


def test_a_renewed_server_is_trusted_by_whoever_trusted_the_one_before(made, tmp_path):
    """The same authority vouches for a new key under new addresses."""
    before = certificate(tmp_path / SERVER)
    issue(tmp_path, read_authority(tmp_path), ("10.0.0.7",), NOW + timedelta(days=30))
    after = certificate(tmp_path / SERVER)
    assert after.public_key() != before.public_key()
    assert read_server(tmp_path).names == ("10.0.0.7",)
    after.verify_directly_issued_by(made.certificate)


def test_a_server_does_not_outlive_its_authority(made, tmp_path):
    """Renewed late, the server's certificate ends with the authority's; once that is over there is none."""
    late = issue(tmp_path, made, NAMES, NOW + timedelta(days=390))
    assert late.expires == made.certificate.not_valid_after_utc
    with pytest.raises(CertificateError, match="--new-authority"):
        issue(tmp_path, made, NAMES, NOW + timedelta(days=401))


def test_a_missing_or_foreign_key_is_said(made, tmp_path):
    """A key that is lost, broken or somebody else's signs nothing, and the line says what to do."""
    for content in (None, b"broken", ec_key()):
        (tmp_path / AUTHORITY_KEY).unlink(missing_ok=True)
        if content is not None:
            (tmp_path / AUTHORITY_KEY).write_bytes(content)
        with pytest.raises(CertificateError, match="--new-authority"):
            issue(tmp_path, made, NAMES, NOW)


def ec_key() -> bytes:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - asked for here only

    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def test_the_fingerprint_is_in_groups_that_two_people_compare(made):
    """Sixteen groups of four: all 32 bytes of SHA-256."""
    groups = made.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4] * 16
    assert bytes.fromhex("".join(groups)).hex().upper() == "".join(groups)


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("LAPTOP-7.Local", "laptop-7.local"),
        ("192.168.001.010", None),
        ("FD12:0::1", "fd12::1"),
        ("køge.dk", "xn--kge-0na.dk"),
        ("a b", None),
        ("*.dk", None),
        ("", None),
        ("-x", None),
        ("http://x", None),
        ("a" * 64, None),
    ],
)
def test_names_are_spelt_as_certificates_spell_them(name, means):
    """A name or an address in one spelling; anything else is no name."""
    if means is None:
        with pytest.raises(CertificateError):
            canonical_name(name)
    else:
        assert canonical_name(name) == means


def test_the_machine_knows_its_own_addresses():
    """Each is an address of this machine that others can use, once, and the host's name has no domain."""
    found = own_addresses()
    assert len(found) == len(set(found))
    assert not any(address.startswith(("127.", "fe80", "::1")) for address in found)
    assert own_host()
    assert "." not in own_host()


def test_two_authorities_of_one_day_are_told_apart(tmp_path):
    """Devices list them by name, so no two have the same."""
    made = [found_authority(tmp_path, (), "laptop", NOW) for _ in range(3)]
    assert all(one.title != other.title for one, other in itertools.combinations(made, 2))
