"""Cases in doubt as tests look at them: whom they are about, and what was kept."""

from __future__ import annotations

import html
from datetime import date

from sqlalchemy import select

from votingapp.desks.checkin.doubting import Papers
from votingapp.store import doubts
from votingapp.store.tables.admissions import admission

SIGNE, YOUNG, ELSEWHERE = "Signe Sørensen", "Ung Åkesson", "Bent Andetsteds"
NEW = Papers(resident=True, name="Amal Østergård", birth_date=date(1980, 2, 1))


def admitted(store):
    """Every admission there is."""
    with store.reading() as connection:
        return connection.execute(select(admission)).all()


def case(store, poll, doubt_id: str):
    """A case as it is kept."""
    with store.reading() as connection:
        return doubts.find(connection, poll.election.id, doubt_id)


def words(answer) -> str:
    """What a page says."""
    return html.unescape(answer.text)
