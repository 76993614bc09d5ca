"""The archive is read and written byte for byte, and a changed byte does not go unseen."""

from io import BytesIO, RawIOBase
from itertools import pairwise

import pytest
from small_elections import CREATED, read_story, small_election, write_story
from vector_elections import NAMES, VECTORS, vector_election

from ballots.archive import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveUnreadable,
    ArchiveWriter,
    EventType,
    may_follow,
    read_records,
    setup_hash,
)
from ballots.archive.frame import BLOCK, frame, frame_member
from ballots.protocol.hashing import digest_hex


@pytest.fixture(scope="module")
def story():
    """The whole story of a small election with two ballots."""
    small = small_election()
    return small.story((small.seal(0, (0, 1, 0)), small.seal(1, (1, 0, 0))))


def write(story, timestamp: int = CREATED) -> bytes:
    """Write a story with the project's own writer."""
    stream = BytesIO()
    writer = ArchiveWriter(stream, timestamp)
    for kind, data in story:
        match kind:
            case EventType.SETUP:
                writer.setup(*data[:3])
            case EventType.BALLOT:
                writer.ballot(*data)
            case EventType.END_BALLOTS:
                writer.end_ballots()
            case EventType.ENCRYPTED_TALLY:
                writer.encrypted_tally(*data)
            case EventType.PARTIAL_DECRYPTION:
                owner = int(data[1].split(b":")[1].split(b",")[0])
                writer.partial_decryption(data[0], owner)
            case EventType.RESULT:
                writer.result(*data)
    return stream.getvalue()


def reason_of(raw: bytes, error: type[ArchiveError]) -> str:
    with pytest.raises(error) as refusal:
        list(read_records(BytesIO(raw)))
    return refusal.value.reason


@pytest.mark.parametrize("name", NAMES)
def test_the_vector_archives_are_rebuilt_byte_for_byte(name):
    """What is read from an archive of the original tool must be written again as the same bytes."""
    raw = vector_election(name).archive_path.read_bytes()
    timestamp = int(raw[136:147], 8)
    assert write(read_story(raw), timestamp) == raw


@pytest.mark.parametrize("path", sorted((VECTORS / "negative").glob("*.bel")), ids=lambda path: path.stem)
def test_the_negative_archives_are_whole_files(path):
    """The negative archives are false in what they say, not in how they are written, so they must be readable."""
    assert read_story(path.read_bytes())[0][0] is EventType.SETUP


def test_our_own_archive_is_read_back(story):
    """What the writer wrote must be read back as the same events and data, ending at the last byte."""
    raw = write(story)
    records = list(read_records(BytesIO(raw)))
    assert tuple((record.event.type, record.data) for record in records) == story
    assert raw == write_story(story)
    assert records[-1].end == len(raw)
    assert [record.event.height for record in records] == list(range(len(story)))


def test_the_set_up_hash_is_the_payload_of_the_first_event(story):
    """The hash that freezes an election must be the one its archive begins with."""
    record = next(read_records(BytesIO(write(story))))
    assert setup_hash(*story[0][1][:3]) == record.event.payload


def test_the_last_event_commits_to_the_archive(story):
    """The writer must tell the hash of the event it wrote last, and none before the first."""
    stream = BytesIO()
    writer = ArchiveWriter(stream, CREATED)
    assert writer.last_event is None
    writer.setup(*story[0][1][:3])
    (record,) = read_records(BytesIO(stream.getvalue()))
    assert writer.last_event == record.digest


def test_the_archive_holds_one_time_only(story):
    """Every member must carry the time of creation, so that nothing tells when a ballot was cast."""
    raw = write(story)
    place, times = 0, set()
    while place < len(raw):
        times.add(raw[place + 136 : place + 147])
        size = int(raw[place + 124 : place + 135], 8)
        place += BLOCK + size + -size % BLOCK
    assert times == {b"%011o" % CREATED}


@pytest.mark.parametrize("timestamp", [-1, 8**11])
def test_a_time_that_does_not_fit_is_refused(timestamp):
    """A creation time beyond the header's eleven octal digits must be refused."""
    with pytest.raises(ValueError, match="octal"):
        ArchiveWriter(BytesIO(), timestamp)


def test_a_time_written_as_a_number_is_read(story):
    """Archives of older writers, with the time as a JSON number, must be readable."""
    raw = write(story)
    first = frame("BELENIOS", b'{"version":1,"timestamp":%d}' % CREATED, CREATED)
    assert len(list(read_records(BytesIO(first + raw[2 * BLOCK :])))) == len(story)


@pytest.mark.parametrize(
    "content",
    [
        b'{"version":2,"timestamp":"1637000000"}',
        b'{"version":1,"timestamp":"01637000000"}',
        b'{"version":1,"timestamp":"-1"}',
        b'{"version":1,"timestamp":true}',
        b'{"version":1,"timestamp":"1637000000","x":1}',
        b'{"version":1}',
        b"{}",
        b"",
    ],
)
def test_another_first_member_is_refused(content):
    """A first member that is not exactly version and time must be refused."""
    with pytest.raises(ArchiveError):
        list(read_records(BytesIO(frame("BELENIOS", content, CREATED))))


def test_every_byte_of_a_header_counts(story):
    """Whichever byte of a member's header is changed, the archive must be refused."""
    raw = write(story)
    for place in range(2 * BLOCK, 3 * BLOCK):
        spoilt = bytearray(raw)
        spoilt[place] ^= 1
        with pytest.raises(ArchiveError):
            list(read_records(BytesIO(bytes(spoilt))))


def test_padding_must_be_zero(story):
    """Nothing may hide in the padding behind a member."""
    raw = bytearray(write(story))
    raw[2 * BLOCK - 1] = 1
    assert reason_of(bytes(raw), ArchiveDamaged) == "padding"


def test_the_usual_end_of_a_tar_file_is_refused(story):
    """Two zero blocks, which other tar files end with, must be refused."""
    assert reason_of(write(story) + bytes(2 * BLOCK), ArchiveDamaged) == "header"


def test_a_huge_member_is_refused_before_it_is_read(story):
    """A header that announces gigabytes must be refused without asking memory for them."""
    raw = bytearray(write(story))
    raw[2 * BLOCK + 124 : 2 * BLOCK + 135] = b"77777777777"
    assert reason_of(bytes(raw), ArchiveDamaged) == "size"


@pytest.mark.parametrize("raw", [b"", b"x", bytes(BLOCK), b"PK\x03\x04" + bytes(2000), b"BELENIOS"])
def test_what_is_no_archive_is_unreadable(raw):
    """Other files, and empty ones, must be called unreadable."""
    assert reason_of(raw, ArchiveUnreadable) in {"not_an_archive", "truncated"}


def test_an_archive_cut_anywhere_else_than_behind_an_event_is_unreadable(story):
    """A cut inside a header, a member or between data and their event must be found; behind an event it cannot be."""
    raw = write(story)
    ends = {record.end for record in read_records(BytesIO(raw))}
    for cut in (*range(0, len(raw), 97), *range(0, len(raw), BLOCK), *(end + 1 for end in ends if end < len(raw))):
        if cut in ends:
            assert list(read_records(BytesIO(raw[:cut])))[-1].end == cut
        else:
            assert reason_of(raw[:cut], ArchiveUnreadable) in {"not_an_archive", "truncated"}


def test_missing_extra_and_foreign_data_are_refused(story):
    """An event must stand behind exactly its own data."""
    kind, data = story[0]
    for spoilt in (data[:-1], data[1:], (*data, b"{}"), (*data[:2], data[3], data[2])):
        raw = write_story(((kind, spoilt), *story[1:]))
        if len(spoilt) == len(data):
            assert len(list(read_records(BytesIO(raw)))) == len(story)  # what it says is judged by the verifier
        else:
            assert reason_of(raw, ArchiveDamaged) == "data"


def test_broken_links_are_refused(story):
    """An event taken out, put in twice or put elsewhere must break the chain."""
    raw = write(story)
    ends = [2 * BLOCK, *(record.end for record in read_records(BytesIO(raw)))]
    head, *pieces = raw[: ends[0]], *(raw[start:end] for start, end in pairwise(ends))
    for order in ([0, 2, 3], [0, 1, 1, 2, 3], [0, 2, 1, 3], [1, 2, 3]):
        assert reason_of(head + b"".join(pieces[index] for index in order), ArchiveDamaged) == "chain"


def test_an_event_of_an_unknown_type_is_refused():
    """Only the events of a homomorphic count are known here."""
    event = b'{"height":0,"type":"EndShuffles"}'
    raw = write(()) + frame_member(event, ".event.json", CREATED)
    assert reason_of(raw, ArchiveDamaged) == "event_type"


@pytest.mark.parametrize("kind", ['["Setup"]', '{"Setup":1}', "1", "true"])
def test_an_event_whose_type_is_no_text_is_refused(kind: str):
    """Whoever wrote the file: it is refused, and never a fault of the program."""
    event = f'{{"height":0,"type":{kind}}}'.encode()
    raw = write(()) + frame_member(event, ".event.json", CREATED)
    assert reason_of(raw, ArchiveDamaged) == "shape"


def test_data_that_no_event_refers_to_are_refused(story):
    """An archive must not carry more data than any event needs."""
    loose = b"".join(frame_member(b"%d" % number, ".data.json", CREATED) for number in range(5))
    assert reason_of(write(()) + loose, ArchiveDamaged) == "data"


def test_the_writer_keeps_the_order_of_an_election(story):
    """The writer must refuse every event that may not follow the one before."""
    for last in range(len(story)):
        for following, data in story:
            reordered = (*story[: last + 1], (following, data))
            if may_follow(story[last][0], following):
                assert write(reordered)
            else:
                with pytest.raises(ArchiveError) as refusal:
                    write(reordered)
                assert refusal.value.reason == "event_order"


def test_only_one_order_of_events_is_allowed():
    """Setup, Ballot*, EndBallots, EncryptedTally, PartialDecryption*, Result must be the only order there is."""
    follows = {
        (previous, following)
        for previous in (None, *EventType)
        for following in EventType
        if may_follow(previous, following)
    }
    setup, ballot, end, tally, decryption, result = EventType
    assert follows == {
        (None, setup),
        *((before, after) for before in (setup, ballot) for after in (ballot, end)),
        (end, tally),
        *((before, after) for before in (tally, decryption) for after in (decryption, result)),
    }


class Dripping(RawIOBase):
    """A stream that gives a few bytes at a time, as a pipe does."""

    def __init__(self, raw: bytes) -> None:
        self._rest = BytesIO(raw)

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(min(size, 100))


def test_a_stream_that_comes_in_pieces_is_read_whole(story):
    """An archive must be readable from a pipe."""
    raw = write(story)
    assert [record.digest for record in read_records(Dripping(raw))] == [
        record.digest for record in read_records(BytesIO(raw))
    ]
    assert digest_hex(raw) == digest_hex(write_story(story))
