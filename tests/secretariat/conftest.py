"""A secretary at work: her election, her browser, and colleagues with other roles."""

import pytest
from standing import DURING

from votingapp.store.staff import Role


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


@pytest.fixture
def clerk(store, election, add_staff):
    """The secretary."""
    return add_staff(store, election, "clerk", Role.SECRETARIAT)


@pytest.fixture
def desk(client, clerk, sign_in, clock):
    """The secretary's browser, while one can stand."""
    clock.move_to(DURING)
    return sign_in(client, clerk.login)


@pytest.fixture
def act(desk):
    """Post a form with what the page holds hidden: `act(path, data, page=...)`."""

    def post(path: str, data=None, *, page: str = "/koege-2021/secretariat/staff", **kwargs):
        text = desk.get(page).text
        filled = {"csrf_token": _held(text, "csrf_token")}
        filled |= {name: _held(text, name) for name in ("seen", "once") if f'name="{name}"' in text}
        return desk.post(path, data=filled | (data or {}), **kwargs)

    return post


def _held(text: str, name: str) -> str:
    return text.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
