"""How personal data is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votingapp.store.vault import Vault, VaultError

VAULT = Vault(bytes(range(32)))


@given(st.binary(max_size=300))
def test_what_is_sealed_can_be_opened(plain):
    """Sealing and opening for the same election and purpose gives back what went in."""
    assert VAULT.unseal("e1", "cpr", VAULT.seal("e1", "cpr", plain)) == plain


@pytest.mark.parametrize(("election", "purpose"), [("e2", "cpr"), ("e1", "contact")])
def test_seal_is_bound_to_election_and_purpose(election, purpose):
    """What was sealed for one election or use does not open for another."""
    with pytest.raises(VaultError):
        VAULT.unseal(election, purpose, VAULT.seal("e1", "cpr", b"1012620001"))


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_an_altered_seal_does_not_open(place, difference):
    """A change of any byte is noticed."""
    sealed = bytearray(VAULT.seal("e1", "cpr", b"1012620001"))
    sealed[place % len(sealed)] ^= difference
    with pytest.raises(VaultError):
        VAULT.unseal("e1", "cpr", bytes(sealed))


@pytest.mark.parametrize("broken", [b"", b"short", bytes(12)])
def test_a_broken_seal_is_refused(broken):
    """Nonsense is refused like a wrong key."""
    with pytest.raises(VaultError):
        VAULT.unseal("e1", "cpr", broken)


def test_same_person_has_unrelated_hashes_in_two_elections():
    """Elections are sealed off from one another: their registers cannot be joined on the hash."""
    assert VAULT.hash_cpr("e1", "1012620001") != VAULT.hash_cpr("e2", "1012620001")


def test_hash_depends_on_the_key():
    """Without the key outside the database the hash of a known number cannot be made."""
    assert VAULT.hash_cpr("e1", "1012620001") != Vault(bytes(32)).hash_cpr("e1", "1012620001")


def test_vault_does_not_show_its_key():
    """A vault in a log line says nothing."""
    assert repr(VAULT) == "Vault(...)"
