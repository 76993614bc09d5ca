"""Which mail server, broker and proxies a house may name, and which not."""

from __future__ import annotations

import pytest

from votingapp.settings import MailSecurity, SettingsError, load_settings

MAIL = {"VOTINGAPP_SMTP_HOST": "mail.example", "VOTINGAPP_MAIL_FROM": "valg@kommune.example"}


@pytest.fixture
def secret(tmp_path):
    """A file that only its owner may read."""
    path = tmp_path / "secret"
    path.touch(mode=0o600)
    path.write_text("hemmelig\n", encoding="utf-8")
    return path


@pytest.fixture
def load(tmp_path):
    return lambda environ: load_settings({"VOTINGAPP_HOME": str(tmp_path / "home")} | environ)


@pytest.fixture
def broker(secret):
    return {
        "VOTINGAPP_OIDC_ISSUER": "https://broker.example/op",
        "VOTINGAPP_OIDC_CLIENT_ID": "valg",
        "VOTINGAPP_OIDC_CLIENT_SECRET_FILE": str(secret),
    }


def test_a_house_needs_neither(load):
    """Without a word about them there is no broker, no mail server and no proxy."""
    settings = load({"VOTINGAPP_SMTP_HOST": "", "VOTINGAPP_OIDC_ISSUER": ""})
    assert (settings.broker, settings.mail, settings.trusted_proxies) == (None, None, 0)


def test_a_broker_in_few_words(load, broker):
    """Three settings suffice; the levels that count are compared without regard to case; the secret is shown nowhere."""
    settings = load(broker)
    assert settings.broker.client_secret == "hemmelig"
    assert "https://data.gov.dk/concept/core/nsis/substantial" in settings.broker.levels
    assert {"substantial", "high"} < settings.broker.levels
    assert "low" not in settings.broker.levels
    assert "hemmelig" not in repr(settings)


@pytest.mark.parametrize(
    "issuer", ["https://b.example", "http://127.0.0.1:9400", "http://localhost", "http://[::1]:9400"]
)
def test_a_broker_is_reached_over_tls_or_on_this_machine(load, broker, issuer):
    """An https address, or one that never leaves this machine."""
    assert load(broker | {"VOTINGAPP_OIDC_ISSUER": issuer}).broker.issuer == issuer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://broker.example"),
        ("ISSUER", "http://127.0.0.1.evil.example"),
        ("ISSUER", "http://localhost@evil.example"),
        ("ISSUER", "https://"),
        ("ISSUER", "broker.example"),
        ("ISSUER", "https://b.example?x"),
        ("ISSUER", "https://b.example#"),
        ("ISSUER", "http://[broken"),
        ("ISSUER", ""),
        ("CLIENT_ID", ""),
        ("CLIENT_SECRET_FILE", ""),
        ("CLIENT_SECRET_FILE", "/nowhere/at/all"),
        ("SCOPE", "profile"),
        ("LEVELS", "substantial,,high"),
        ("CLIENT_SECRET", "in clear"),
        ("CLAIM_CPRR", "typo"),
    ],
)
def test_an_unfit_setting_of_the_broker_is_named(load, broker, name, value):
    """A setting that is missing, unfit or unknown stops the start and is named."""
    with pytest.raises(SettingsError, match=f"VOTINGAPP_OIDC_{name} "):
        load(broker | {f"VOTINGAPP_OIDC_{name}": value})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o644])
def test_a_secret_that_others_may_read_is_refused(load, broker, secret, mode):
    """The file of a secret is its owner's alone."""
    secret.chmod(mode)
    with pytest.raises(SettingsError, match="chmod 600"):
        load(broker)


@pytest.mark.parametrize("body", [b"", b"\n", b"two\nlines", b"\xff\xfe", b"x" * 5000, b"a\x00b"])
def test_a_secret_is_one_line(load, broker, secret, body):
    """A file that holds no secret, or something else, is named."""
    secret.write_bytes(body)
    with pytest.raises(SettingsError, match="VOTINGAPP_OIDC_CLIENT_SECRET_FILE"):
        load(broker)


@pytest.mark.parametrize(("security", "port"), [(None, 587), ("starttls", 587), ("tls", 465)])
def test_a_mail_server_in_two_words(load, security, port):
    """Host and sender suffice: the line is private, on the port that belongs to it."""
    mail = load(MAIL | ({"VOTINGAPP_SMTP_SECURITY": security} if security else {})).mail
    assert (mail.port, mail.security) == (port, MailSecurity(security or "starttls"))


def test_a_mail_server_with_a_password(load, secret):
    """With a user there is a password, in a file and not in any text of ours."""
    mail = load(MAIL | {"VOTINGAPP_SMTP_USER": "valg", "VOTINGAPP_SMTP_PASSWORD_FILE": str(secret)}).mail
    assert (mail.user, mail.password) == ("valg", "hemmelig")
    assert "hemmelig" not in repr(mail)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"VOTINGAPP_SMTP_HOST": ""}, "VOTINGAPP_SMTP_HOST"),
        ({"VOTINGAPP_MAIL_FROM": ""}, "VOTINGAPP_MAIL_FROM"),
        ({"VOTINGAPP_MAIL_FROM": "Valg <valg@kommune.example>"}, "VOTINGAPP_MAIL_FROM"),
        ({"VOTINGAPP_MAIL_FROM": "valg@a.dk\nBcc: x@y.dk"}, "VOTINGAPP_MAIL_FROM"),
        ({"VOTINGAPP_SMTP_SECURITY": "none"}, "VOTINGAPP_SMTP_SECURITY"),
        ({"VOTINGAPP_SMTP_SECURITY": "ssl"}, "VOTINGAPP_SMTP_SECURITY"),
        ({"VOTINGAPP_SMTP_PORT": "0"}, "VOTINGAPP_SMTP_PORT"),
        ({"VOTINGAPP_SMTP_PORT": "65536"}, "VOTINGAPP_SMTP_PORT"),
        ({"VOTINGAPP_SMTP_PORT": "²"}, "VOTINGAPP_SMTP_PORT"),
        ({"VOTINGAPP_SMTP_USER": "valg"}, "VOTINGAPP_SMTP_PASSWORD_FILE"),
        ({"VOTINGAPP_SMTP_PASSWORD": "in clear"}, "VOTINGAPP_SMTP_PASSWORD"),
        ({"VOTINGAPP_MAIL_TO": "x"}, "VOTINGAPP_MAIL_TO"),
        ({"VOTINGAPP_TRUSTED_PROXIES": "6"}, "VOTINGAPP_TRUSTED_PROXIES"),
        ({"VOTINGAPP_TRUSTED_PROXIES": "-1"}, "VOTINGAPP_TRUSTED_PROXIES"),
        ({"VOTINGAPP_TRUSTED_PROXIES": "one"}, "VOTINGAPP_TRUSTED_PROXIES"),
    ],
    ids=str,
)
def test_an_unfit_setting_of_the_mail_is_named(load, changes, named):
    """A setting that is missing, unfit or unknown stops the start and is named."""
    with pytest.raises(SettingsError, match=f"{named} "):
        load(MAIL | changes)


def test_mail_in_clear_stays_on_this_machine(load):
    """Without privacy only a server on this machine is spoken to."""
    mail = load(MAIL | {"VOTINGAPP_SMTP_SECURITY": "none", "VOTINGAPP_SMTP_HOST": "127.0.0.1"}).mail
    assert (mail.port, mail.security) == (25, MailSecurity.NONE)


@pytest.mark.parametrize("proxies", range(6))
def test_proxies_are_counted(load, proxies):
    """Up to five proxies may stand before the house."""
    assert load({"VOTINGAPP_TRUSTED_PROXIES": str(proxies)}).trusted_proxies == proxies
