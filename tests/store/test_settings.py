"""What differs from one installation to the next."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from votingapp.settings import SettingsError, load_settings


def test_keys_are_made_once_and_only_for_the_owner(tmp_path):
    """The first start makes the keys, readable by nobody else; the second finds the same ones."""
    environ = {"VOTINGAPP_HOME": str(tmp_path / "home")}
    first = load_settings(environ)
    assert load_settings(environ) == first
    files = list((tmp_path / "home" / "keys").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert len({path.read_bytes() for path in files}) == 3


def test_starting_workers_agree_on_the_keys(tmp_path):
    """Workers that start at the same moment end up with the same keys."""
    environ = {"VOTINGAPP_HOME": str(tmp_path / "home")}
    with ThreadPoolExecutor(16) as pool:
        settings = list(pool.map(lambda _number: load_settings(environ), range(16)))
    assert len({one.keys.personal_data for one in settings}) == 1


def test_settings_do_not_show_keys(tmp_path):
    """Settings in a log line say nothing secret."""
    settings = load_settings({"VOTINGAPP_HOME": str(tmp_path / "home")})
    assert "Keys(...)" in repr(settings)


def test_a_broken_key_file_stops_the_start(tmp_path):
    """A key file of the wrong size is named, not used."""
    load_settings({"VOTINGAPP_HOME": str(tmp_path)})
    (tmp_path / "keys" / "personal-data.key").write_bytes(b"short")
    with pytest.raises(SettingsError, match=r"personal-data\.key"):
        load_settings({"VOTINGAPP_HOME": str(tmp_path)})


def test_a_wrong_switch_is_named(tmp_path):
    """A setting that is neither on nor off is refused by name."""
    with pytest.raises(SettingsError, match="VOTINGAPP_HTTPS"):
        load_settings({"VOTINGAPP_HOME": str(tmp_path), "VOTINGAPP_HTTPS": "yes"})
