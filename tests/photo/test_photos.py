"""A photograph is kept sealed, cut as she says, and never changes where a nomination names it."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity import add_applicant
from photographs import BLUE, GREEN, RED, WHITE, alike, corners, quarters, read, send_in, written
from sqlalchemy import func, insert, select, update
from standing import DURING

from votingapp.documents.pictures.cropping import BALLOT_SIDE, PAGE_SIDE, cut
from votingapp.documents.pictures.normalising import normalise
from votingapp.store import photos
from votingapp.store.photos import SMALLEST_CROP, Crop, Size, Taken
from votingapp.store.tables.nominations import nomination_draft
from votingapp.store.tables.photos import photo as table
from votingapp.store.vault import VaultError

crops = st.builds(Crop, st.integers(0, 1000), st.integers(0, 1000), st.integers(SMALLEST_CROP, 1000))


@pytest.fixture(scope="module")
def source() -> bytes:
    return normalise(written(quarters())).source


@pytest.fixture
def election(any_store, found_election, clock):
    clock.move_to(DURING)
    return found_election(any_store)


def add(store, election, applicant_id, source: bytes, crop: Crop | None = None) -> str:
    """Keep a photograph."""
    taken = Taken(source, cut(source, crop or Crop()))

    def act(work):
        made = photos.add(work, election.id, applicant_id, taken)
        work.record(election.id, "test", "photo_added", photo=made)
        return made

    return store.write(act)


def recrop(store, election, photo_id: str, source: bytes, crop: Crop) -> str:
    def act(work):
        work.keep_unrecorded()
        return photos.recrop(work, election.id, photo_id, cut(source, crop))

    return store.write(act)


def remove(store, election, applicant_id: str) -> str | None:
    def act(work):
        work.keep_unrecorded()
        return photos.remove(work, election.id, applicant_id)

    return store.write(act)


def current(store, election, applicant_id: str) -> str | None:
    with store.reading() as connection:
        return photos.current_of(connection, election.id, applicant_id)


def kept(store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def pixels(store, election, photo_id: str, size: Size = Size.PAGE) -> bytes | None:
    with store.reading() as connection:
        return photos.pixels(connection, store.vault, election.id, photo_id, size)


@given(crops, st.integers(1, 3000), st.integers(1, 3000))
def test_every_crop_lies_inside_every_picture(crop: Crop, width: int, height: int) -> None:
    """Whatever she chooses, the square is a square, at least one pixel large, and wholly inside."""
    left, top, side = crop.box(width, height)
    assert 1 <= side <= min(width, height)
    assert 0 <= left <= width - side
    assert 0 <= top <= height - side


@given(crops)
@settings(max_examples=15, deadline=None)
def test_every_crop_gives_squares_of_the_same_size(crop: Crop) -> None:
    """Everybody's squares have the same size, and the same choice gives the same bytes."""
    picture = normalise(written(quarters(900, 500))).source
    squares = cut(picture, crop)
    assert read(squares.page).size == (PAGE_SIDE, PAGE_SIDE) == (720, 720)
    assert read(squares.ballot).size == (BALLOT_SIDE, BALLOT_SIDE) == (240, 240)
    assert cut(picture, crop) == squares


def test_the_square_lies_where_it_is_said_to() -> None:
    """The same figures as in the browser's test: the preview shows what the town hall cuts."""
    assert Crop().box(1600, 1200) == (200, 0, 1200)
    assert Crop(0, 1000, 250).box(1600, 1200) == (0, 900, 300)
    assert Crop(333, 777, 617).box(1599, 901) == (347, 268, 556)


def test_the_four_quarters_can_be_chosen(source: bytes) -> None:
    """Half the size, pushed into a corner, shows that corner's colour alone, on the page and on the ballot."""
    for x, y, colour in ((0, 0, RED), (1000, 0, GREEN), (0, 1000, BLUE), (1000, 1000, WHITE)):
        squares = cut(source, Crop(x, y, 450))
        assert alike(corners(read(squares.page)), (colour,) * 4)
        assert alike(corners(read(squares.ballot)), (colour,) * 4)


@pytest.mark.parametrize("wrong", [(-1, 0, 500), (0, 1001, 500), (0, 0, SMALLEST_CROP - 1), (0, 0, 1001)])
def test_a_square_outside_the_picture_is_no_crop(wrong: tuple[int, int, int]) -> None:
    """Numbers out of range make no crop at all."""
    with pytest.raises(ValueError, match="outside"):
        Crop(*wrong)


def test_a_photograph_comes_back_as_it_was_kept(any_store, election, source: bytes) -> None:
    """All three pictures come back byte for byte, with the crop and the instant."""
    anna = add_applicant(any_store, election)
    made = add(any_store, election, anna.id, source, Crop(10, 20, 500))
    assert current(any_store, election, anna.id) == made
    squares = cut(source, Crop(10, 20, 500))
    assert [pixels(any_store, election, made, size) for size in Size] == [source, squares.page, squares.ballot]
    with any_store.reading() as connection:
        found = photos.find(connection, election.id, made)
    assert (found.applicant_id, found.crop, found.added_at) == (anna.id, Crop(10, 20, 500), DURING)


def test_nothing_of_a_photograph_lies_open(any_store, election, source: bytes) -> None:
    """No column holds a JPEG, and a picture sealed for one place opens in no other."""
    anna = add_applicant(any_store, election)
    made = add(any_store, election, anna.id, source)
    other = add(any_store, election, None, source)
    with any_store.reading() as connection:
        row = connection.execute(select(table).where(table.c.id == made)).one()
    for sealed in (row.source_sealed, row.page_sealed, row.ballot_sealed):
        assert b"JFIF" not in sealed
        with pytest.raises(VaultError):
            any_store.vault.unseal(election.id, f"photo-source|{other}", sealed)


def test_an_election_knows_only_its_own_photographs(any_store, election, found_election, source: bytes) -> None:
    """A photograph is not found through another election."""
    other = found_election(any_store, slug="another")
    made = add(any_store, election, add_applicant(any_store, election).id, source)
    assert pixels(any_store, other, made) is None
    assert pixels(any_store, election, "no-such-id") is None


def test_the_former_photograph_makes_way(any_store, election, source: bytes) -> None:
    """A new photograph takes the old one's place, also on the draft, and nothing is left of the old one."""
    anna = add_applicant(any_store, election)
    first = add(any_store, election, anna.id, source)
    any_store.write(lambda work: draft(work, election, anna.id, first))
    second = add(any_store, election, anna.id, source)
    assert current(any_store, election, anna.id) == second != first
    assert drafted(any_store, anna.id) == second
    assert pixels(any_store, election, first) is None
    assert kept(any_store) == 1
    assert remove(any_store, election, anna.id) == second
    assert drafted(any_store, anna.id) is None
    assert current(any_store, election, anna.id) is None
    assert kept(any_store) == 0
    assert remove(any_store, election, anna.id) is None


def draft(work, election, applicant_id: str, photo_id: str) -> None:
    work.connection.execute(
        insert(nomination_draft).values(
            applicant_id=applicant_id,
            election_id=election.id,
            content_sealed=b"sealed",
            photo_id=photo_id,
            saved_at=work.now,
        )
    )
    work.keep_unrecorded()


def drafted(store, applicant_id: str) -> str | None:
    with store.reading() as connection:
        return connection.execute(
            select(nomination_draft.c.photo_id).where(nomination_draft.c.applicant_id == applicant_id)
        ).scalar_one()


def test_what_a_nomination_names_never_changes(any_store, election, source: bytes) -> None:
    """A photograph that was sent in stays as it was: a new crop is another photograph, and removing keeps the one sent in."""
    anna = add_applicant(any_store, election)
    sent = add(any_store, election, anna.id, source)
    before = [pixels(any_store, election, sent, size) for size in Size]
    filed = send_in(any_store, election, anna.id, sent)
    assert filed.photo_id == sent
    changed = recrop(any_store, election, sent, source, Crop(0, 0, 300))
    assert current(any_store, election, anna.id) == changed != sent
    assert [pixels(any_store, election, sent, size) for size in Size] == before
    assert recrop(any_store, election, changed, source, Crop(0, 0, 500)) == changed
    remove(any_store, election, anna.id)
    assert current(any_store, election, anna.id) is None
    assert [pixels(any_store, election, sent, size) for size in Size] == before
    assert kept(any_store) == 1


def test_a_former_version_keeps_its_photograph(any_store, election, source: bytes) -> None:
    """What an earlier version of a nomination showed can still be seen when the nomination shows another."""
    from votingapp.store.tables.nominations import nomination  # noqa: PLC0415 - written past the desks on purpose

    anna = add_applicant(any_store, election)
    sent = add(any_store, election, anna.id, source)
    filed = send_in(any_store, election, anna.id, sent)

    def forget(work) -> None:
        work.connection.execute(update(nomination).where(nomination.c.id == filed.id).values(photo_id=None))
        work.keep_unrecorded()

    any_store.write(forget)
    add(any_store, election, anna.id, source)
    assert pixels(any_store, election, sent) is not None
    assert kept(any_store) == 2


def test_two_uploads_at_once_leave_one_photograph(any_store, election, source: bytes) -> None:
    """Whoever presses twice, or in two windows, has one photograph, and nothing of the other is left."""
    anna = add_applicant(any_store, election)
    add(any_store, election, anna.id, source)
    together = Barrier(4)
    made: list[str] = []

    def upload() -> None:
        together.wait()
        made.append(add(any_store, election, anna.id, source))

    threads = [Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4
    assert current(any_store, election, anna.id) in made
    assert kept(any_store) == 1


def test_a_photograph_for_a_form_on_paper_belongs_to_no_applicant(any_store, election, source: bytes) -> None:
    """The secretariat's photographs stand beside each other, and no applicant's upload touches them."""
    anna = add_applicant(any_store, election)
    first, second = add(any_store, election, None, source), add(any_store, election, None, source)
    add(any_store, election, anna.id, source)
    assert pixels(any_store, election, first) == pixels(any_store, election, second)
    assert kept(any_store) == 3
