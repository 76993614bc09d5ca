"""The doors stay open all evening: what dies is started again, and nobody who knocks meanwhile is turned away."""

import os
import signal
import socket
import time

import pytest
from ports import free_port
from served_house import AT_MOST, ServedHouse, ask, children, is_alive, seconds_until

from votingapp.listening import Door, DoorBlockedError, listen
from votingapp.supervising import ASKED_WRONGLY, _Kept

SOON = 10.0
"""Seconds within which a killed server is to answer again; on a machine that is slow, as fast as it started."""


def is_soon(seconds: float, first: float) -> bool:
    """Whether an app came back in time; `first` is how long the house took to start on this machine."""
    return seconds < max(SOON, 2 * first)


def wait_until(holds):
    until = time.monotonic() + AT_MOST
    while not holds():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.05)


def wait_for_another(house, app, than):
    """Wait until another process has taken over an app."""

    def has_changed():
        try:
            return house.master(app) != than
        except (StopIteration, OSError):
            return False

    wait_until(has_changed)


@pytest.mark.parametrize("app", ["office", "booth"])
def test_a_killed_app_answers_again_within_ten_seconds(open_house, app):
    """SIGKILL the whole app: it answers again in time, and the other app never stops."""
    urls = {"office": f"http://127.0.0.1:{open_house.office}/sign-in", "booth": f"http://127.0.0.1:{open_house.booth}/"}
    other = next(name for name in urls if name != app)
    untouched, killed = open_house.master(other), open_house.master(app)
    for process in (killed, *children(killed)):
        os.kill(process, signal.SIGKILL)
    assert is_soon(seconds_until(urls[app]), open_house.first)
    wait_for_another(open_house, app, killed)
    assert open_house.master(other) == untouched
    assert ask(urls[other]) == 200


def test_whoever_knocks_while_an_app_is_dead_waits_and_is_answered(open_house):
    """The socket outlives the app: a connection made in the gap is served by the next one, not refused."""
    killed = open_house.master("office")
    workers = children(killed)
    for process in (killed, *workers):
        os.kill(process, signal.SIGKILL)
    assert ask(f"http://127.0.0.1:{open_house.office}/sign-in") == 200


def test_a_killed_worker_is_replaced(open_house):
    """One worker less is not noticed by anybody for long."""
    url = f"http://127.0.0.1:{open_house.booth}/"
    seconds_until(url)
    master = open_house.master("booth")
    wait_until(lambda: children(master))
    os.kill(children(master)[0], signal.SIGKILL)
    assert is_soon(seconds_until(url), open_house.first)
    assert open_house.master("booth") == master


def test_a_death_is_told_on_standard_error(capsys):
    """Whoever looks at the laptop reads which app stopped, and by what."""
    kept = _Kept(Door("office", "127.0.0.1:0", 1), None)
    assert kept._bury(-signal.SIGKILL, 0.0, 60.0) is None
    assert capsys.readouterr().err == "votingapp: the office stopped (signal 9) and is started again\n"


def test_an_app_that_has_been_up_is_never_given_up():
    """However often it dies at once, a disk that is full included, the next try comes within two seconds."""
    kept = _Kept(Door("office", "127.0.0.1:0", 1), None)
    kept._been_up = True
    for death in range(50):
        assert kept._bury(ASKED_WRONGLY, float(death), 0.0) is None
        assert kept._due - death <= 2.0


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything(house, end):
    """SIGTERM and SIGINT end both apps with their workers, and give the doors back."""
    process = house.start()
    seconds_until(f"http://127.0.0.1:{house.office}/sign-in")
    seconds_until(f"http://127.0.0.1:{house.booth}/")
    masters = children(process.pid)
    everybody = [*masters, *(worker for master in masters for worker in children(master))]
    process.send_signal(end)
    status, _errors = house.finish()
    assert status == 0
    wait_until(lambda: not any(is_alive(one) for one in everybody))
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", house.office))


def test_a_supervisor_that_is_killed_leaves_nobody_at_the_doors(house):
    """SIGKILL the supervisor: its apps end too, so that the next one finds the doors free."""
    process = house.start()
    url = f"http://127.0.0.1:{house.office}/sign-in"
    seconds_until(url)
    masters = children(process.pid)
    process.kill()
    house.finish()
    wait_until(lambda: not any(is_alive(one) for one in masters))
    house.start()
    assert seconds_until(url) < AT_MOST


def test_a_taken_port_is_one_line_and_no_loop(house):
    """Somebody else listens at the booth's port: nothing is served, one line names the address, exit 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.booth))
        taken.listen()
        house.start()
        status, errors = house.finish()
    assert status == 2
    assert errors == f"votingapp: 127.0.0.1:{house.booth} is taken by another program\n"


@pytest.mark.parametrize("bind", ["8000", "localhost:", "127.0.0.1:99999", "127.0.0.1:http", "203.0.113.7:8000", ":80"])
def test_an_address_where_nothing_can_listen_is_named(bind):
    """A door that cannot be is refused by its address, in one line."""
    with pytest.raises(DoorBlockedError) as refused:
        listen(bind)
    assert bind in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_ipv6_address_is_listened_to():
    """In brackets, as it stands in addresses."""
    with listen("[::1]:0") as listener:
        assert listener.getsockname()[0] == "::1"


def test_one_app_alone_names_a_taken_port_too(house):
    """`--only office` at a port that is taken: one line, exit 2, without trying again and again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.office))
        taken.listen()
        house.start("--only", "office")
        status, errors = house.finish()
    assert (status, errors) == (2, f"votingapp: 127.0.0.1:{house.office} is taken by another program\n")


def test_an_app_that_never_comes_up_ends_everything(settings, store, tmp_path):
    """What cannot be started at all is no restart loop: the house says why and ends."""
    store.engine.dispose()
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sys\nif '--only' in sys.argv:\n    raise SystemExit(3)\n", encoding="utf-8"
    )
    house = ServedHouse(settings.home, PYTHONPATH=f"{broken}:{os.environ.get('PYTHONPATH', '')}")
    house.start()
    status, errors = house.finish()
    assert status != 0
    assert "is started again" in errors


def test_one_app_alone_listens_by_itself(house):
    """`--only booth` serves without a supervisor, as a unit of its own would run it."""
    port = free_port()
    house.start("--only", "booth", "--booth-bind", f"127.0.0.1:{port}")
    assert seconds_until(f"http://127.0.0.1:{port}/") < AT_MOST
    assert house.stop()[0] == 0
