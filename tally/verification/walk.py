"""The verifier walks once through the archive, event by event, and stops at the first thing that is false."""

from collections.abc import Callable
from typing import BinaryIO

from ballots.archive import ArchiveError, ArchiveUnreadable, EventType, Record, may_follow, read_records
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.urn import seal_urn
from tally.verification.count import CountCheck
from tally.verification.judging import CheckMany, check_serially
from tally.verification.known import Judged, KnownUrn
from tally.verification.opened import read_opened
from tally.verification.setup import OpenedSetup, open_setup
from tally.verification.urn import Urn, UrnCheck
from tally.verification.verdict import Accepted, Refusal, Rejected, SoundSoFar, Unreadable, Verdict, place_of

Progress = Callable[[int, int], None]
"""Told after each event how many bytes of the archive are read, and how many ballots are found good so far."""


def verify_archive(
    stream: BinaryIO,
    progress: Progress | None = None,
    check_many: CheckMany = check_serially,
    challenges: bytes | None = None,
    judged: Judged | None = None,
) -> Verdict:
    """Check an archive in one pass over a binary stream; none of the ballots that `challenges` (challenges.json) lists is in it.

    Memory does not grow with the ballots: beside each slip of the public list stands one hash. `check_many` may judge ballots
    on several cores: for instance `lambda election, ballots: pool.map(partial(judge_ballot, election), ballots)`.
    `judged` is what the caller himself found of the urn before; other ballots than those are refused (`other_ballots`), and
    only without it judged.
    """
    try:
        return _walk(stream, progress, check_many, challenges, judged)
    except ArchiveUnreadable as error:
        return Unreadable(error.reason, error.message)
    except ArchiveError as error:
        return Rejected(error.reason, error.message, "the file itself")
    except Refusal as refusal:
        return Rejected(refusal.reason, refusal.message, refusal.place)


def _walk(
    stream: BinaryIO,
    progress: Progress | None,
    check_many: CheckMany,
    challenges: bytes | None,
    judged: Judged | None,
) -> Verdict:
    records = read_records(stream)
    record = next(records)  # an archive without any event was refused by the reader
    setup = _open_first(record)
    opened = None if challenges is None else read_opened(challenges, setup.election)
    barred = opened or frozenset()
    urn = UrnCheck(setup, check_many, barred) if judged is None else KnownUrn(setup, judged, barred)
    stand = _Stand(setup, urn, opened)
    _report(progress, record, stand)
    for record in records:
        stand.advance(record)
        _report(progress, record, stand)
    return stand.conclude(record)


def _report(progress: Progress | None, record: Record, stand: "_Stand") -> None:
    if progress is not None:
        progress(record.end, stand.ballots)


def _open_first(record: Record) -> OpenedSetup:
    try:
        _check_order(None, record.event.type)
        return open_setup(record.data)
    except ProtocolError as error:
        raise Refusal(error.reason, error.message, _place(record)) from error


class _Stand:
    """Where the verifier stands in the archive: what holds so far, and which events may follow."""

    def __init__(self, setup: OpenedSetup, urn: Urn, opened: frozenset[str] | None) -> None:
        self._setup = setup
        self._opened = None if opened is None else len(opened)
        self._opened_sha256 = None if opened is None else seal_urn(opened)
        self._urn = urn
        self._count = CountCheck(setup, urn)
        self._stage = EventType.SETUP

    @property
    def ballots(self) -> int:
        return self._urn.ballots

    def advance(self, record: Record) -> None:
        try:
            _check_order(self._stage, record.event.type)
            self._check(record)
        except Refusal:
            raise
        except ProtocolError as error:
            raise Refusal(error.reason, error.message, _place(record)) from error
        self._stage = record.event.type

    def conclude(self, last: Record) -> Verdict:
        self._urn.finish()
        setup = self._setup
        if self._count.result is None:
            return SoundSoFar(
                election=setup.election,
                setup_hash=setup.hash_hex,
                credentials=len(setup.slips),
                ballots=self._urn.ballots,
                stage=self._stage,
                last_event=last.digest,
                urn_sha256=self._urn.seal(),
                opened=self._opened,
                opened_sha256=self._opened_sha256,
            )
        return Accepted(
            election=setup.election,
            setup_hash=setup.hash_hex,
            credentials=len(setup.slips),
            ballots=self._urn.ballots,
            decryptions=self._count.decryptions,
            result=self._count.result,
            last_event=last.digest,
            urn_sha256=self._urn.seal(),
            opened=self._opened,
            opened_sha256=self._opened_sha256,
        )

    def _check(self, record: Record) -> None:
        # A set-up never comes here: it stands first and once, or the order of events refuses it.
        match record.event.type:
            case EventType.BALLOT:
                self._urn.add(record.event.height, record.data[0])
            case EventType.END_BALLOTS:
                self._urn.finish()
            case EventType.ENCRYPTED_TALLY:
                self._count.check_tally(record.data)
            case EventType.PARTIAL_DECRYPTION:
                self._count.check_decryption(record.data)
            case EventType.RESULT:
                self._count.check_result(record.data)


def _check_order(previous: EventType | None, following: EventType) -> None:
    if may_follow(previous, following):
        return
    if following is EventType.BALLOT and previous is not None:
        raise FormatError("ballot_after_end", "a ballot stands behind the end of the poll")
    if previous in (EventType.SETUP, EventType.BALLOT) and following is not EventType.SETUP:
        raise FormatError("no_end_of_ballots", f"{following} stands before the end of the poll")
    raise FormatError("event_order", f"{following} cannot follow {previous or 'nothing'}")


def _place(record: Record) -> str:
    return place_of(record.event.height, record.event.type)
