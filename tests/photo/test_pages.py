"""The page of a candidate's photograph, and who sees which photograph at which address."""

from __future__ import annotations

from io import BytesIO

import pytest
from auditing import Page
from identity import sign_in_applicant
from photographs import BLUE, GREEN, RED, alike, corners, notes, quarters, read, send_in, written
from sqlalchemy import select
from standing import DURING

from votingapp.desks.photo.service import PER_APPLICANT
from votingapp.documents.pictures.normalising import LARGEST_FILE
from votingapp.store import audit, nominations, photos
from votingapp.store.staff import Role
from votingapp.store.tables.looks import look

PAGE = "/koege-2021/stand/photo"


@pytest.fixture
def election(store, found_election, clock):
    clock.move_to(DURING)
    return found_election(store)


@pytest.fixture
def anna(client, store, election):
    """An applicant in this browser."""
    return sign_in_applicant(client, store, election)


def upload(client, raw: bytes, name: str = "billede.jpg"):
    token = Page(client.get(PAGE).text).tokens[0]
    return client.post(PAGE, data=body(raw, name, token), content_type="multipart/form-data; boundary=XX")


def body(raw: bytes, name: str, token: str) -> bytes:
    """What a browser sends; put together here, for the test client would put a large one into a file and leave it open."""
    parts = (
        b'--XX\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode(),
        f'--XX\r\nContent-Disposition: form-data; name="photo"; filename="{name}"\r\n\r\n'.encode() + raw,
        b"--XX--\r\n",
    )
    return b"\r\n".join(parts)


def current(store, election, applicant) -> str | None:
    with store.reading() as connection:
        return photos.current_of(connection, election.id, applicant.id)


def crop(client, store, election, applicant, x: int, y: int, size: int, **changes):
    fields = {"of": current(store, election, applicant), "x": x, "y": y, "size": size} | changes
    token = Page(client.get(PAGE).text).tokens[0]
    return client.post(f"{PAGE}/crop", data=fields | {"csrf_token": token})


def remove(client):
    token = Page(client.get(PAGE).text).tokens[0]
    return client.post(f"{PAGE}/remove", data={"csrf_token": token})


def test_a_photograph_is_handed_in_cropped_and_removed(client, store, election, anna) -> None:
    """Without JavaScript: she sends a file, sees the square, chooses another, and takes the photograph away again."""
    assert "figur" in client.get(PAGE).text
    assert upload(client, written(quarters(), exif=notes(1))).status_code == 302
    page = client.get(PAGE)
    assert "Billedet er gemt" in page.text
    assert f"{PAGE}/page.jpg" in page.text
    square = client.get(f"{PAGE}/page.jpg")
    assert read(square.data).size == (720, 720)
    assert read(client.get(f"{PAGE}/ballot.jpg").data).size == (240, 240)
    assert read(client.get(f"{PAGE}/source.jpg").data).size == (800, 600)
    assert crop(client, store, election, anna, 1000, 0, 450).status_code == 302
    assert "Udsnittet er gemt" in client.get(PAGE).text
    assert alike(corners(read(client.get(f"{PAGE}/page.jpg").data)), (GREEN,) * 4)
    assert remove(client).status_code == 302
    assert client.get(f"{PAGE}/page.jpg").status_code == 404
    assert "figur" in client.get(PAGE).text
    with store.reading() as connection:
        acts = [entry.act for entry in audit.entries(connection, election.id)]
    assert [act for act in acts if act.startswith("photo")] == ["photo_added", "photo_cropped", "photo_removed"]


def test_the_name_of_a_file_says_nothing(client, store, election, anna) -> None:
    """A PNG called .exe is taken, a page called .jpg is not."""
    assert upload(client, written(quarters(), "PNG"), "billede.exe").status_code == 302
    before = current(store, election, anna)
    answer = upload(client, b"<html><script>alert(1)</script></html>", "mig.jpg")
    assert answer.status_code == 422
    assert "ikke et billede" in answer.text
    assert current(store, election, anna) == before


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "Vælg et billede."),
        (b"GIF89a", "ikke et billede"),
        (written(quarters(200, 200)), "for lille"),
        (written(quarters())[:2000], "i stykker"),
        (b"\0" * (LARGEST_FILE + 1), "fylder for meget"),
    ],
)
def test_a_refusal_says_what_to_do(client, store, election, anna, raw: bytes, sentence: str) -> None:
    """Each refusal is told at the field, in words, and nothing is kept."""
    answer = upload(client, raw, "" if not raw else "mig.jpg")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert current(store, election, anna) is None


def test_ten_megabytes_pass_the_door_and_much_more_does_not(client, store, election, anna) -> None:
    """A photograph of exactly ten megabytes is taken; what is far larger is not even read."""
    raw = written(quarters())
    assert upload(client, raw + b"\0" * (LARGEST_FILE - len(raw))).status_code == 302
    assert upload(client, b"\0" * (LARGEST_FILE + 200_000)).status_code == 413


def test_only_this_door_takes_ten_megabytes(client, election, anna) -> None:
    """The other doors of the office stay as narrow as they were, the choice of the square too."""
    for path in (f"{PAGE}/crop", f"{PAGE}/remove", "/koege-2021/identify/leave"):
        assert client.post(path, data={"x": "y" * 700_000}).status_code == 413


def test_a_stranger_is_asked_who_she_is(client, store, election) -> None:
    """Nobody sees or changes a photograph without having said who she is, and a stranger's large body is not read."""
    for path in (PAGE, f"{PAGE}/page.jpg", f"{PAGE}/source.jpg"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/identify" in answer.headers["Location"]
    assert (
        client.post(
            PAGE, data=body(b"\0" * 1_000_000, "mig.jpg", "x"), content_type="multipart/form-data; boundary=XX"
        ).status_code
        == 413
    )


def test_nobody_sees_another_ones_photograph(office, store, election, client, anna) -> None:
    """Another applicant has her own photograph or none at the same address, and can neither crop nor remove Anna's."""
    upload(client, written(quarters()))
    hers = current(store, election, anna)
    other = office.test_client()
    bodil = sign_in_applicant(other, store, election, email="bodil@eksempel.dk")
    assert other.get(f"{PAGE}/page.jpg").status_code == 404
    assert other.get(f"{PAGE}/source.jpg?v={hers}").status_code == 404
    token = Page(other.get(PAGE).text).tokens[0]
    fields = {"of": hers, "x": 0, "y": 0, "size": 500, "csrf_token": token}
    assert other.post(f"{PAGE}/crop", data=fields).status_code == 302
    assert "skiftet eller fjernet" in other.get(PAGE).text
    assert other.post(f"{PAGE}/remove", data={"csrf_token": token}).status_code == 302
    assert current(store, election, anna) == hers
    with store.reading() as connection:
        assert photos.find(connection, election.id, hers).crop == photos.Crop()
    assert current(store, election, bodil) is None


def test_an_applicant_of_another_election_is_a_stranger_here(client, store, election, found_election) -> None:
    """Who is known at one election is asked again at another."""
    other = found_election(store, slug="another")
    sign_in_applicant(client, store, other)
    assert client.get(PAGE).status_code == 302


def test_a_form_from_before_the_change_changes_nothing(client, store, election, anna) -> None:
    """A square chosen in one window for a photograph replaced in another is not cut from the new one."""
    upload(client, written(quarters()))
    former = current(store, election, anna)
    upload(client, written(quarters()))
    crop(client, store, election, anna, 0, 0, 300, of=former)
    assert "skiftet eller fjernet" in client.get(PAGE).text
    assert alike(corners(read(client.get(f"{PAGE}/page.jpg").data))[:3], (RED, GREEN, BLUE))


@pytest.mark.parametrize(("x", "y", "size"), [(-1, 0, 500), (0, 1001, 500), (0, 0, 249), ("", 0, 500), ("1e3", 0, 500)])
def test_a_square_that_no_slider_can_choose_is_refused(client, store, election, anna, x, y, size) -> None:
    """Numbers out of range, or none, change nothing."""
    upload(client, written(quarters()))
    assert crop(client, store, election, anna, x, y, size).status_code == 400


def test_too_many_photographs_in_a_short_time_are_held_back(client, store, election, anna, clock) -> None:
    """After twenty files an applicant waits a quarter of an hour, also when none of them was a picture."""
    for _ in range(PER_APPLICANT):
        assert upload(client, b"no picture").status_code == 422
    assert upload(client, written(quarters())).status_code == 429
    clock.advance(minutes=16)
    assert upload(client, written(quarters())).status_code == 302


def test_the_ballot_once_fixed_fixes_the_photographs(client, store, election, anna) -> None:
    """After the freeze nothing can be sent, cropped or removed, and the page says so."""
    upload(client, written(quarters()))
    kept = current(store, election, anna)
    token = Page(client.get(PAGE).text).tokens[0]
    freeze(store, election)
    for path, fields in (
        (PAGE, {"photo": (BytesIO(written(quarters())), "mig.jpg")}),
        (f"{PAGE}/crop", {"of": kept, "x": 0, "y": 0, "size": 300}),
        (f"{PAGE}/remove", {}),
    ):
        assert client.post(path, data=fields | {"csrf_token": token}).status_code == 302
        assert "ligger fast" in client.get(PAGE).text
    assert current(store, election, anna) == kept
    assert 'type="range"' not in client.get(PAGE).text


def freeze(store, election) -> None:
    from sqlalchemy import update  # noqa: PLC0415 - the freeze itself is tested at the poll's desk

    from votingapp.store.tables.elections import election as table  # noqa: PLC0415

    def act(work) -> None:
        work.connection.execute(update(table).where(table.c.id == election.id).values(frozen_at=work.now))
        work.keep_unrecorded()

    store.write(act)


def test_a_photograph_changed_after_sending_is_said_not_to_count_yet(client, store, election, anna) -> None:
    """Who has sent her nomination is told that a new photograph counts only once she sends again."""
    upload(client, written(quarters()))
    send_in(store, election, anna.id, current(store, election, anna))
    assert "gælder først" not in client.get(PAGE).text
    crop(client, store, election, anna, 0, 0, 300)
    assert "gælder først" in client.get(PAGE).text


@pytest.mark.parametrize("state", ["submitted", "returned", "refused", "withdrawn", "late", "accepted"])
def test_the_public_sees_the_photographs_of_accepted_candidates_alone(
    client, office, store, election, anna, state: str
) -> None:
    """Before acceptance, after a refusal and after a withdrawal the public address holds nothing."""
    upload(client, written(quarters()))
    filed = send_in(store, election, anna.id, current(store, election, anna), state)
    stranger = office.test_client()
    for size, side in (("page", 720), ("ballot", 240)):
        answer = stranger.get(f"/koege-2021/candidates/{filed.public_id}/{size}.jpg")
        if state == "accepted":
            assert answer.status_code == 200
            assert read(answer.data).size == (side, side)
        else:
            assert answer.status_code == 404
    assert stranger.get(f"/koege-2021/candidates/{filed.public_id}/source.jpg").status_code == 404
    assert stranger.get(f"/koege-2021/candidates/{filed.receipt}/page.jpg").status_code == 404


def test_what_the_public_sees_is_what_was_accepted(client, office, store, election, anna) -> None:
    """A crop chosen after acceptance is not published behind the secretariat's back."""
    upload(client, written(quarters()))
    filed = send_in(store, election, anna.id, current(store, election, anna), "accepted")
    address = f"/koege-2021/candidates/{filed.public_id}/page.jpg"
    before = office.test_client().get(address).data
    crop(client, store, election, anna, 0, 0, 300)
    assert office.test_client().get(address).data == before
    remove(client)
    assert office.test_client().get(address).data == before


def test_a_picture_is_nothing_but_a_picture_to_a_browser(client, office, store, election, anna) -> None:
    """Type, policy and disposition let it be shown and nothing else; caches keep what is published, for a short time."""
    upload(client, written(quarters()))
    filed = send_in(store, election, anna.id, current(store, election, anna), "accepted")
    own = client.get(f"{PAGE}/page.jpg")
    public = office.test_client().get(f"/koege-2021/candidates/{filed.public_id}/page.jpg")
    for answer in (own, public):
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Content-Disposition"] == "inline"
        assert answer.headers["ETag"]
    assert own.headers["Cache-Control"] == "private, no-store"
    assert public.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in public.headers
    again = office.test_client().get(public.request.path, headers={"If-None-Match": public.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(PAGE).headers["Cache-Control"] == "no-store"


def test_the_secretariat_sees_the_photograph_and_the_look_is_noted(
    client, office, store, election, anna, add_staff, sign_in
) -> None:
    """An official of the secretariat sees the photograph of a nomination that waits; others see nothing; it is written down."""
    upload(client, written(quarters()))
    filed = send_in(store, election, anna.id, current(store, election, anna))
    address = f"/koege-2021/secretariat/nominations/{filed.id}/photo.jpg"
    assert client.get(address).status_code == 302
    add_staff(store, election, "desk", Role.DESK)
    assert sign_in(office.test_client(), "desk").get(address).status_code == 403
    secretary = add_staff(store, election, "secretary", Role.SECRETARIAT)
    official = sign_in(office.test_client(), "secretary")
    answer = official.get(address)
    assert read(answer.data).size == (720, 720)
    assert answer.headers["Cache-Control"] == "private, no-store"
    with store.reading() as connection:
        noted = connection.execute(select(look)).all()
    assert [(one.staff_id, one.nomination_id, one.what) for one in noted] == [
        (secretary.id, filed.id, "nomination_photo")
    ]
    assert official.get("/koege-2021/secretariat/nominations/none/photo.jpg").status_code == 404
    without = send_in(store, election, None, None)
    assert official.get(f"/koege-2021/secretariat/nominations/{without.id}/photo.jpg").status_code == 404


def test_a_look_at_a_published_photograph_is_no_look_at_a_secret(
    client, office, store, election, anna, add_staff, sign_in
) -> None:
    """What everybody may see is not noted as a look."""
    upload(client, written(quarters()))
    filed = send_in(store, election, anna.id, current(store, election, anna), "accepted")
    add_staff(store, election, "secretary", Role.SECRETARIAT)
    official = sign_in(office.test_client(), "secretary")
    assert official.get(f"/koege-2021/secretariat/nominations/{filed.id}/photo.jpg").status_code == 200
    with store.reading() as connection:
        assert connection.execute(select(look)).all() == []
        assert nominations.find(connection, election.id, filed.id) is not None
