"""The register extract: looked over before it counts, taken over whole or not at all, never kept in clear."""

import io

import pytest
from auditing import Page
from polling import prepare_poll
from standing import NUMBERS, extract, import_extract, kept_bytes

from candidates.cpr import parse_cpr
from votingapp.desks.secretariat.extract import service
from votingapp.store import admissions, audit, deletions, doubts, register
from votingapp.store.doubts import DoubtKind, Raised
from votingapp.store.staff import Role

PAGE = "/koege-2021/secretariat/register"
GOOD = (f"{NUMBERS[0]};Åse Østergård;0259;nej", f"{NUMBERS[1]};Jørgen Ærø;0101;ja")


@pytest.fixture
def hand_in(act):
    """Upload bytes: `hand_in(raw)`."""

    def upload(raw: bytes):
        file = {"extract": (io.BytesIO(raw), "udtræk.csv")}
        return act(PAGE, file, page=PAGE, content_type="multipart/form-data", follow_redirects=True)

    return upload


def persons(store, election) -> int:
    with store.reading() as connection:
        return register.count(connection, election.id)


def person_id(store, election, number: str) -> str | None:
    with store.reading() as connection:
        found = register.find_by_cpr(connection, store.vault, election.id, parse_cpr(number))
    return None if found is None else found.id


def take_over(act, page: str):
    fingerprint = page.split('name="fingerprint"')[1].split('value="', 1)[1].split('"', 1)[0]
    return act(f"{PAGE}/take-over", {"fingerprint": fingerprint}, follow_redirects=True)


def admit_somebody(store, election, official):
    with store.reading() as connection:
        person = register.find_by_cpr(connection, store.vault, election.id, parse_cpr(NUMBERS[0]))

    def write(work):
        admissions.add(work, election.id, person.id, desk="1", official_id=official.id, declaration=None)
        work.record(election.id, "test", "admitted")

    store.write(write)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (extract(*GOOD), "<dd>UTF-8</dd>"),
        (b"\xef\xbb\xbf" + extract(*GOOD), "UTF-8 (BOM)"),
        (extract(*GOOD).decode().replace("\n", "\r\n").encode("cp1252"), "Windows-1252"),
    ],
    ids=["utf-8", "bom", "windows-1252"],
)
def test_an_extract_is_looked_over_and_taken_over(hand_in, act, store, election, raw, encoding):
    """In each encoding the preview shows the letters right and the numbers masked, and only the confirmation counts."""
    preview = hand_in(raw).text
    assert encoding in preview
    assert "Åse Østergård" in preview
    assert "101262-••••" in preview
    assert not any(number in preview for number in NUMBERS)
    assert persons(store, election) == 0
    assert "taget i brug med 2 personer" in take_over(act, preview).text
    assert persons(store, election) == 2


def test_a_protected_name_is_not_shown(hand_in):
    """Who has protection of name and address is counted in the preview, and not named."""
    preview = hand_in(extract(*GOOD)).text
    assert "Jørgen Ærø" not in preview
    assert "(vises ikke)" in preview


def test_a_bad_row_keeps_all_rows_out(hand_in, act, store, election, clerk):
    """Every bad row is listed by line and reason, there is nothing to confirm, and a forced confirmation imports nothing."""
    bad = (
        "7012620001;Erstatning;0259;nej",
        f"{NUMBERS[0]};Dobbelt;0259;nej",
        "3102620001;Ingen dato;0259;nej",
        f"{NUMBERS[2]};;0259;nej",
        f"{NUMBERS[3]};Navn;25A;nej",
        "1012620009;Navn;0259;måske",
        "1012620010;Navn;0259",
    )
    preview = hand_in(extract(*GOOD, *bad)).text
    for line, reason in [
        (4, "Erstatningspersonnummer"),
        (5, "Samme CPR-nummer som linje 2"),
        (6, "ikke en dato"),
        (7, "Navnet mangler"),
        (8, "Kommunekoden"),
        (9, "ja eller nej"),
        (10, "Forkert antal kolonner"),
    ]:
        row = preview.split(f'<td class="number">{line}</td>', 1)[1].split("</tr>", 1)[0]
        assert reason in row
    assert "take-over" not in preview
    waiting = service.preview(store, clerk, election)
    act(f"{PAGE}/take-over", {"fingerprint": waiting.fingerprint})
    assert persons(store, election) == 0


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "tom"),
        (extract(*GOOD).decode().encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00", "ikke en tekstfil"),
        (extract("\x81").decode().encode("latin-1"), "hverken UTF-8 eller Windows-1252"),
        (b"cpr;navn\n", "Første linje"),
        (extract(), "ingen personer"),
    ],
    ids=["empty", "utf-16", "zip", "undefined", "header", "nobody"],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(hand_in, store, election, clerk, raw, says):
    """A file of the wrong kind is refused with what to do, and no draft is kept of it."""
    assert says in hand_in(raw).text
    assert service.preview(store, clerk, election) is None


def test_a_form_without_a_file_says_so(act):
    """Sending nothing is answered with a sentence."""
    assert "Vælg en fil" in act(PAGE, {}, page=PAGE).text


def test_no_cpr_number_is_kept_in_clear(hand_in, act, settings, store, election, clerk, caplog):
    """Neither the draft nor the rows nor the log hold a number, a draft not even a name; a draft taken over is gone."""
    preview = hand_in(extract(*GOOD)).text
    assert "Åse".encode() not in kept_bytes(settings)
    take_over(act, preview)
    on_disk = kept_bytes(settings)
    assert not any(number.encode() in on_disk or number in caplog.text for number in NUMBERS)
    assert service.preview(store, clerk, election) is None


def test_a_draft_can_be_dropped(hand_in, act, store, election, clerk):
    """A draft thrown away leaves nothing, and the log says who threw it away."""
    hand_in(extract(*GOOD))
    act(f"{PAGE}/drop")
    assert service.preview(store, clerk, election) is None
    with store.reading() as connection:
        last = list(audit.entries(connection, election.id))[-1]
    assert (last.act, last.actor) == ("register_draft_dropped", "clerk")


def test_what_counts_is_what_was_looked_over(hand_in, act, store, election, clerk):
    """When a colleague hands in another extract meanwhile, the confirmation of the first takes over neither."""
    preview = hand_in(extract(*GOOD)).text
    service.hand_in(store, clerk, election, extract(GOOD[0]))
    assert "Intet er ændret" in take_over(act, preview).text
    assert persons(store, election) == 0


def test_a_new_extract_replaces_the_old_one_and_people_keep_their_ids(store, election, clerk):
    """Who is in both keeps the row id that the log names her by; who is gone is gone; who is new is in."""
    import_extract(store, clerk, election, *GOOD)
    first = person_id(store, election, NUMBERS[0])
    import_extract(store, clerk, election, f"{NUMBERS[0]};Åse Nytnavn;0259;ja", f"{NUMBERS[2]};Ny;0259;nej")
    assert person_id(store, election, NUMBERS[0]) == first
    assert person_id(store, election, NUMBERS[1]) is None
    assert person_id(store, election, NUMBERS[2]) is not None


def test_an_extract_on_which_somebody_was_admitted_stays(hand_in, act, store, election, clerk):
    """After the first admission neither a new file nor a waiting draft changes who is on the register."""
    import_extract(store, clerk, election, *GOOD)
    waiting = hand_in(extract(GOOD[0])).text
    admit_somebody(store, election, clerk)
    assert "kan ikke udskiftes" in take_over(act, waiting).text
    assert isinstance(service.hand_in(store, clerk, election, extract(GOOD[1])), service.InUse)
    assert persons(store, election) == 2


def test_only_this_door_takes_a_large_file(desk, monkeypatch):
    """An extract of some megabytes is read here, in memory alone; a form of that size at a stranger's door is turned away."""

    def on_disk(*_arguments, **_named):
        pytest.fail("a file that was handed in lies on the disk")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", on_disk)
    rows = extract(*(f"{NUMBERS[0]};{'x' * 90};0259;nej" for _ in range(20_000)))
    token = Page(desk.get(PAGE).text).tokens[0].encode()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token + b"\r\n--x\r\n"
        b'Content-Disposition: form-data; name="extract"; filename="a.csv"\r\n\r\n' + rows + b"\r\n--x--\r\n"
    )
    answer = desk.post(PAGE, data=body, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, answer.location) == (302, f"{PAGE}/draft")
    large = desk.post("/sign-in", data=body, content_type="multipart/form-data; boundary=x")
    assert large.status_code == 413


def test_an_extract_on_which_a_case_rests_stays(any_store, found_election, add_staff):
    """A case in doubt names a person of the roll: a new extract is refused in words and breaks nothing half-way."""
    election = found_election(any_store)
    official = add_staff(any_store, election, "clerk", Role.SECRETARIAT)
    import_extract(any_store, official, election, *GOOD)
    raised = Raised("Bord 1", DoubtKind.OTHER, person_id(any_store, election, NUMBERS[1]), "Siger noget")

    def write(work):
        doubts.add(work, election.id, official.id, raised)
        work.record(election.id, "test", "doubt_raised")

    any_store.write(write)
    assert service.hand_in(any_store, official, election, extract(GOOD[0])) == service.InUse()
    assert persons(any_store, election) == 2


def test_where_the_data_is_deleted_no_new_extract_is_taken(store, election, clerk):
    """Also where no vote was held, and the poll was never open: nothing would ever delete it again."""

    def delete(work):
        deletions.announce(work, election.id, (clerk, clerk), {})
        work.record(election.id, "test", "deleted")

    store.write(delete)
    assert service.hand_in(store, clerk, election, extract(GOOD[0])) == service.InUse()


@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_roll_is_fixed_when_the_poll_opens(store, election, clerk, state):
    """From the opening on nobody is put on the roll or taken off it, also before the first voter has come."""
    import_extract(store, clerk, election, *GOOD)
    service.hand_in(store, clerk, election, extract(GOOD[0]))
    prepare_poll(store, election, state=state)
    assert (
        service.take_over(store, clerk, election, service.preview(store, clerk, election).fingerprint)
        == service.InUse()
    )
    assert service.hand_in(store, clerk, election, extract(GOOD[1])) == service.InUse()
    assert persons(store, election) == 2


def test_extracts_of_two_elections_know_nothing_of_each_other(any_store, found_election, add_staff):
    """The same person has unrelated hashes and rows in two elections, on both databases."""
    one, other = found_election(any_store), found_election(any_store, "naboby-2021")
    official = add_staff(any_store, one, "clerk", Role.SECRETARIAT)
    import_extract(any_store, official, one, *GOOD)
    assert (persons(any_store, one), persons(any_store, other)) == (2, 0)
    import_extract(any_store, official, other, GOOD[0])
    assert person_id(any_store, one, NUMBERS[0]) != person_id(any_store, other, NUMBERS[0])
    import_extract(any_store, official, one, GOOD[1])
    assert persons(any_store, other) == 1


def test_a_person_is_found_by_name_only_together_with_her_birthday(store, election, clerk):
    """Two people of one name are both found, and neither is found under another birthday."""
    import_extract(store, clerk, election, f"{NUMBERS[0]};Åse Ærø;0259;nej", f"{NUMBERS[1]};Aase Ærø;0259;nej")
    birth_date = parse_cpr(NUMBERS[0]).birth_date
    with store.reading() as connection:
        assert len(register.find_by_name(connection, election.id, "aase ær", birth_date)) == 2
        assert register.find_by_name(connection, election.id, "åse", birth_date.replace(day=11)) == ()
