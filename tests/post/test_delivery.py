"""How the outbox is emptied: everything arrives, nothing arrives because of us twice, and nobody is named on the way."""

from __future__ import annotations

import logging
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from mailbox_server import Mailbox

from votingapp.post.delivery import Delivered, Postman, deliver
from votingapp.settings import MailSecurity
from votingapp.store import audit, post
from votingapp.store.post import Kind, Mail
from votingapp.store.tables.post import message

ADDRESS = "aase@eksempel.dk"
TEXT = "Kære Åse\nhttps://valg.example/hemmelig"


@pytest.fixture
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


def put(store, election, *numbers, kind=Kind.NOTICE, to=ADDRESS):
    """Queue one letter per number, as a use case would."""

    def act(work, number):
        kept = post.queue(work, election.id, kind, Mail(to, f"Brev {number}", TEXT))
        work.record(audit.HOUSE, "test", "queued")
        return kept

    return [store.write(lambda work, number=number: act(work, number)) for number in numbers]


def kept(store):
    with store.reading() as connection:
        return connection.execute(message.select().order_by(message.c.queued_at)).all()


def test_everything_is_sent_once_and_in_order(any_store, found_election, mailbox, clock):
    """Each letter arrives once, oldest first; a second round sends nothing."""
    election = found_election(any_store)
    for number in range(3):
        put(any_store, election, number)
        clock.advance(seconds=1)
    assert deliver(any_store, mailbox.server) == Delivered(3, 0, 0)
    assert deliver(any_store, mailbox.server) == Delivered(0, 0, 0)
    assert [letter["Subject"] for letter in mailbox.letters] == ["Brev 0", "Brev 1", "Brev 2"]
    assert mailbox.envelopes[0] == ("valg@kommune.example", (ADDRESS,))


def test_what_is_rolled_back_is_not_sent(any_store, found_election, mailbox):
    """A letter about an act that was not kept does not exist."""
    election = found_election(any_store)
    any_store.write(lambda work: post.queue(work, election.id, Kind.NOTICE, Mail(ADDRESS, "Brev", TEXT)))
    assert deliver(any_store, mailbox.server) == Delivered(0, 0, 0)


def test_workers_at_the_same_moment_send_each_letter_once(any_store, found_election, mailbox):
    """Six workers that begin together share twelve letters and send none of them twice."""
    put(any_store, found_election(any_store), *range(12))
    start = Barrier(6)

    def work(_number):
        start.wait(30)
        return deliver(any_store, mailbox.server).sent

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == 12
    assert sorted(letter["Subject"] for letter in mailbox.letters) == sorted(f"Brev {n}" for n in range(12))


def test_a_server_that_is_down_loses_nothing(store, found_election, mailbox, clock):
    """While no server answers the letters stay; when it is back each arrives, and once."""
    election = found_election(store)
    put(store, election, 1, 2)
    mailbox.stop()
    assert [deliver(store, mailbox.server) for _round in range(3)] == [
        Delivered(0, 1, 2),
        Delivered(0, 1, 2),
        Delivered(0, 0, 2),
    ]
    mailbox.start()
    clock.advance(seconds=119)
    assert deliver(store, mailbox.server) == Delivered(0, 0, 2)
    clock.advance(seconds=1)
    assert deliver(store, mailbox.server) == Delivered(2, 0, 0)
    assert sorted(letter["Subject"] for letter in mailbox.letters) == ["Brev 1", "Brev 2"]


def test_a_letter_that_is_refused_rests_longer_each_time(store, found_election, mailbox, clock):
    """After each refusal the pause doubles, from two minutes to seventeen hours; in the end it arrives."""
    (letter,) = put(store, found_election(store), 1)
    mailbox.answer = "451 4.7.1 come back later"
    pauses = [timedelta(minutes=2) * 2 ** min(tries, 9) for tries in range(12)]
    assert deliver(store, mailbox.server).failed == 1
    for pause in pauses:
        clock.now += pause - timedelta(seconds=1)
        assert deliver(store, mailbox.server) == Delivered(0, 0, 1), pause
        clock.advance(seconds=1)
        assert deliver(store, mailbox.server) == Delivered(0, 1, 1), pause
    mailbox.answer = "250 taken"
    clock.now += pauses[-1]
    assert deliver(store, mailbox.server) == Delivered(1, 0, 0)
    with store.reading() as connection:
        fate = post.fate_of(connection, letter)
    assert (fate.attempts, fate.sent_at) == (14, clock.now)


def test_one_letter_that_cannot_go_does_not_hold_up_the_others(store, found_election, mailbox):
    """An address that no server could reach is passed over and given up at once."""
    election = found_election(store)
    (letter,) = put(store, election, 1, to="a@b..dk")
    put(store, election, 2)
    assert deliver(store, mailbox.server) == Delivered(1, 1, 0)
    assert fate(store, letter).given_up_at == store.clock()


def fate(store, letter):
    """What became of a letter."""
    with store.reading() as connection:
        return post.fate_of(connection, letter)


def test_what_is_refused_for_good_is_given_up_at_once(any_store, found_election, mailbox, clock):
    """A reply that begins with 5 would be the same tomorrow: the letter is not tried again, and no longer waits."""
    (letter,) = put(any_store, found_election(any_store), 1)
    mailbox.answer = "550 5.1.1 no such mailbox"
    assert deliver(any_store, mailbox.server) == Delivered(0, 1, 0)
    assert (fate(any_store, letter).given_up_at, fate(any_store, letter).sent_at) == (clock.now, None)
    mailbox.answer = "250 taken"
    clock.advance(days=2)
    assert deliver(any_store, mailbox.server) == Delivered(0, 0, 0)


def test_a_receiver_that_is_refused_is_given_up(store, found_election, mailbox):
    """Most servers refuse an unknown receiver before they hear the letter."""
    (letter,) = put(store, found_election(store), 1)
    mailbox.receiver = "550 5.1.1 unknown"
    assert deliver(store, mailbox.server) == Delivered(0, 1, 0)
    assert fate(store, letter).given_up_at is not None


def test_what_nobody_takes_for_five_days_is_given_up(store, found_election, mailbox, clock):
    """A letter is tried sixteen times, the last time five days after the first, and then no more."""
    (letter,) = put(store, found_election(store), 1)
    mailbox.answer = "451 4.7.1 come back later"
    began = clock.now
    for tries in range(1, post.MOST_TRIES):
        assert deliver(store, mailbox.server) == Delivered(0, 1, 1), tries
        clock.now += timedelta(minutes=2) * 2 ** min(tries - 1, 9)
    assert deliver(store, mailbox.server) == Delivered(0, 1, 0)
    assert timedelta(days=4, hours=23) < clock.now - began < timedelta(days=5)
    assert fate(store, letter).given_up_at == clock.now


def test_a_server_that_cannot_be_reached_gives_nothing_up(store, found_election, mailbox, clock):
    """A line that is down for weeks is no letter's fault: when it is back the letter arrives."""
    put(store, found_election(store), 1)
    mailbox.stop()
    for _try in range(post.MOST_TRIES + 2):
        assert deliver(store, mailbox.server) == Delivered(0, 1, 1)
        clock.advance(days=1)
    mailbox.start()
    assert deliver(store, mailbox.server) == Delivered(1, 0, 0)


def test_a_link_that_lets_nobody_in_any_more_is_not_sent(any_store, found_election, mailbox, clock):
    """A link to sign in by is forgotten with its half hour; a letter of the same age is sent."""
    election = found_election(any_store)
    put(any_store, election, 1, kind=Kind.SIGN_IN_LINK)
    put(any_store, election, 2)
    clock.advance(minutes=30, seconds=1)
    assert deliver(any_store, mailbox.server) == Delivered(1, 0, 0)
    assert [letter["Subject"] for letter in mailbox.letters] == ["Brev 2"]
    assert len(kept(any_store)) == 1


def test_a_link_is_sent_in_the_last_second_of_its_life(store, found_election, mailbox, clock):
    """Thirty minutes after it was asked for a link still works, and so it is still sent."""
    put(store, found_election(store), 1, kind=Kind.SIGN_IN_LINK)
    clock.advance(minutes=30)
    assert deliver(store, mailbox.server) == Delivered(1, 0, 0)


def test_of_links_that_are_refused_no_words_are_kept(store, found_election, mailbox):
    """A refused link to sign in by is forgotten; of one to a proposer stays that it did not arrive, and not where it leads."""
    election = found_election(store)
    put(store, election, 1, kind=Kind.SIGN_IN_LINK)
    (asked,) = put(store, election, 2, kind=Kind.PROPOSER_LINK)
    mailbox.answer = "550 5.1.1 no such mailbox"
    assert deliver(store, mailbox.server) == Delivered(0, 2, 0)
    assert [(row.id, row.sealed) for row in kept(store)] == [(asked, b"")]


def test_a_worker_that_dies_leaves_its_letter(store, found_election, mailbox, clock):
    """A letter that was taken on and never marked is sent after its pause: twice is better than never."""
    put(store, found_election(store), 1)
    assert store.write(post.claim).mail.subject == "Brev 1"
    assert deliver(store, mailbox.server) == Delivered(0, 0, 1)
    clock.advance(minutes=2)
    assert deliver(store, mailbox.server) == Delivered(1, 0, 0)


@pytest.mark.parametrize("kind", [Kind.SIGN_IN_LINK, Kind.PROPOSER_LINK])
def test_a_link_that_opens_a_door_is_not_kept(store, found_election, mailbox, kind):
    """Once it is sent, a message with a one-time link is gone; a notice stays, with the instant at which it was sent."""
    election = found_election(store)
    put(store, election, 1, kind=kind)
    (notice,) = put(store, election, 2)
    deliver(store, mailbox.server)
    assert [row.id for row in kept(store)] == [notice]
    assert kept(store)[0].sent_at is not None


@pytest.mark.parametrize("wrong", [{"to": "a@b.dk\nBcc: c@d.dk"}, {"subject": "Hej\r\nBcc: c@d.dk"}, {"to": "a@b\x00"}])
def test_a_line_break_is_refused_before_it_is_kept(store, found_election, wrong):
    """A letter whose address or subject would begin another header never enters the outbox."""
    election = found_election(store)
    letter = replace(Mail(ADDRESS, "Hej", TEXT), **wrong)
    with pytest.raises(ValueError, match="one line"):
        store.write(lambda work: post.queue(work, election.id, Kind.NOTICE, letter))


def test_the_outbox_is_sealed_and_logs_name_nobody(store, found_election, mailbox, caplog):
    """Neither the database nor a log line, also after a refusal that quotes the address, tells who was written to."""
    caplog.set_level(logging.DEBUG, logger="votingapp")
    put(store, found_election(store), 1)
    mailbox.answer = f"550 5.1.1 <{ADDRESS}> unknown"
    deliver(store, mailbox.server)
    assert "SMTPDataError" in caplog.text
    for secret in (ADDRESS, "Åse", "hemmelig", "Brev"):
        assert secret not in caplog.text
        assert secret not in repr(kept(store))
    assert ADDRESS not in repr(Mail(ADDRESS, "Brev", TEXT))


def test_we_greet_with_the_senders_domain(store, found_election, mailbox):
    """The name of this machine is not told to the mail server."""
    put(store, found_election(store), 1)
    deliver(store, mailbox.server)
    assert set(mailbox.greetings) == {"kommune.example"}


def test_the_postman_sends_in_the_background_and_rests(store, found_election, mailbox):
    """Called once or many times, she sends everything once and her thread ends; without a server she does nothing."""
    election = found_election(store)
    postman = Postman(store, mailbox.server)
    for number in range(5):
        put(store, election, number)
        postman.deliver_soon()
    postman.wait()
    assert len(mailbox.letters) == 5
    put(store, election, 5)
    Postman(store, None).deliver_soon()
    postman.deliver_soon()
    postman.wait()
    assert len(mailbox.letters) == 6
    assert postman._thread is None


def certificate(folder, host="localhost"):
    """A server's TLS context with a certificate nobody has vouched for, and the path of the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, secret = folder / "server.pem", folder / "server.key"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, secret)
    return context, path


def test_a_server_nobody_vouches_for_gets_nothing(store, found_election, tmp_path, monkeypatch):
    """Over STARTTLS a letter goes to a server with a certificate that this machine trusts, and to no other."""
    context, path = certificate(tmp_path)
    put(store, found_election(store), 1)
    with Mailbox(MailSecurity.STARTTLS, context) as mailbox:
        assert deliver(store, mailbox.server) == Delivered(0, 1, 1)
        assert not mailbox.letters
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        store.clock.advance(minutes=2)
        assert deliver(store, mailbox.server) == Delivered(1, 0, 0)


def test_a_certificate_for_another_name_is_none(store, found_election, tmp_path, monkeypatch):
    """A trusted certificate of another server does not open the letter to this one."""
    context, path = certificate(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    put(store, found_election(store), 1)
    with Mailbox(MailSecurity.STARTTLS, context) as mailbox:
        assert deliver(store, mailbox.server) == Delivered(0, 1, 1)


def test_a_server_that_offers_no_privacy_gets_nothing(store, found_election, mailbox):
    """Where STARTTLS is asked for and not offered, nothing is sent in clear."""
    put(store, found_election(store), 1)
    server = replace(mailbox.server, security=MailSecurity.STARTTLS)
    assert deliver(store, server) == Delivered(0, 1, 1)
    assert not mailbox.letters
