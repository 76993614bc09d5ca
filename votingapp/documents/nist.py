"""The result in the common data format of NIST SP 1500-100r2 (Election Results Reporting, version 2.0), as JSON.

One election, one contest, one reporting unit: the municipality. What the format has no member for, blank and invalid ballots,
stands in `Notes` in words and as undervotes; an appointment, which is the council's to make, is not said before it is made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from candidates.clauses import COPENHAGEN
from tally.council import Answer
from votingapp.version import software

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election

Status = Literal["unofficial-partial", "unofficial-complete", "certified"]

_CONTEST, _OFFICE = "contest", "office"


@dataclass(frozen=True, slots=True)
class Reported:
    """What is reported: at an aware instant, how final it is, how many `ballots` were counted, and what the byråd ruled.

    `offices` is the word for a member of the council by language, `ruled` the answers by the candidate's id at the count.
    """

    at: datetime
    status: Status
    ballots: int
    offices: Mapping[str, str]
    ruled: Mapping[str, Answer]


def nist_report(election: Election, outcome: Outcome, reported: Reported) -> bytes:
    """Return the report as a JSON document; equal arguments give equal bytes."""
    rules = election.rules.election
    unit = f"gp-{rules.municipality_code}"
    report = _of(
        "ElectionReport",
        Format="summary-contest",
        GeneratedDate=reported.at.astimezone(COPENHAGEN).replace(microsecond=0).isoformat(),
        Issuer=f"{rules.municipality} Kommune",
        IssuerAbbreviation=rules.municipality_code,
        SequenceStart=1,
        SequenceEnd=1,
        Status=reported.status,
        VendorApplicationId=f"votingapp {software().version}",
        IsTest=election.rehearsal,
        Notes=_notes(election, outcome),
        GpUnit=[_unit(unit, rules.municipality, rules.municipality_code)],
        Office=[_office(unit, reported)],
        Election=[_election(election, outcome, reported, unit)],
    )
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def _of(kind: str, **members: Any) -> dict[str, Any]:
    return {"@type": f"ElectionResults.{kind}", **members}


def _text(**by_language: str) -> dict[str, Any]:
    strings = [_of("LanguageString", Content=words, Language=language) for language, words in by_language.items()]
    return _of("InternationalizedText", Text=strings)


def _unit(unit: str, name: str, code: str) -> dict[str, Any]:
    known_as = _of("ExternalIdentifier", Type="other", OtherType="dk-kommunekode", Value=code)
    return _of(
        "ReportingUnit", **{"@id": unit}, Type="municipality", Name=_text(da=name), ExternalIdentifier=[known_as]
    )


def _office(unit: str, reported: Reported) -> dict[str, Any]:
    return _of("Office", **{"@id": _OFFICE}, Name=_text(**reported.offices), ElectionDistrictId=unit, IsPartisan=False)


def _election(election: Election, outcome: Outcome, reported: Reported, unit: str) -> dict[str, Any]:
    day = election.rules.election.election_day.isoformat()
    return _of(
        "Election",
        ElectionScopeId=unit,
        Name=_text(da=election.name),
        StartDate=day,
        EndDate=day,
        Type="other",
        OtherType="advisory municipal council",
        Candidate=list(_candidates(election, outcome, reported)),
        Contest=[_contest(election, outcome, reported, unit)],
    )


def _candidates(election: Election, outcome: Outcome, reported: Reported) -> Iterator[dict[str, Any]]:
    elected = {row.id for row in outcome.allocation.elected}
    known = outcome.allocation.status != "lots_required" and election.annulment is None
    for candidate in outcome.counts.candidates:
        ruled = reported.ruled.get(candidate.id)
        status = _status(is_elected=candidate.id in elected, ruled=ruled) if known else None
        yield _of(
            "Candidate",
            **{"@id": _candidate(candidate.id)},
            BallotName=_text(da=candidate.name),
            **({} if status is None else {"PostElectionStatus": status}),
        )


def _status(*, is_elected: bool, ruled: Answer | None) -> str | None:
    """Elected subject to the council is projected; whoever the council did not appoint is neither a winner nor defeated."""
    if not is_elected:
        return "defeated"
    if ruled is Answer.NOT_APPOINTED:
        return None
    return "winner" if ruled is Answer.APPROVED else "projected-winner"


def _contest(election: Election, outcome: Outcome, reported: Reported, unit: str) -> dict[str, Any]:
    allowed = election.rules.ballot.votes_per_voter
    valid = reported.ballots - outcome.counts.invalid
    given = sum(candidate.received for candidate in outcome.counts.candidates)
    return _of(
        "CandidateContest",
        **{"@id": _CONTEST},
        Name=election.name,
        ElectionDistrictId=unit,
        OfficeIds=[_OFFICE],
        NumberElected=election.rules.seats.total,
        VotesAllowed=allowed,
        VoteVariation="plurality" if allowed == 1 else "n-of-m",
        CountStatus=[_of("CountStatus", Type="total", Status="completed")],
        OtherCounts=[_of("OtherCounts", GpUnitId=unit, Undervotes=allowed * valid - given)],
        ContestSelection=[
            _of(
                "CandidateSelection",
                **{"@id": f"selection-{candidate.id}"},
                CandidateIds=[_candidate(candidate.id)],
                SequenceOrder=place + 1,
                VoteCounts=list(_votes(outcome, place, unit)),
            )
            for place, candidate in enumerate(outcome.counts.candidates)
        ],
    )


def _votes(outcome: Outcome, place: int, unit: str) -> Iterator[dict[str, Any]]:
    """All votes together; those of the tablets and those on paper apart only where at least five voted on paper."""
    yield _of("VoteCounts", Type="total", GpUnitId=unit, Count=outcome.counts.candidates[place].received)
    if outcome.paper is None:
        return
    for device, count in (
        (_of("DeviceClass", Type="other", OtherType="tablet"), outcome.urn.candidates[place].received),
        (_of("DeviceClass", Type="manual-count"), outcome.paper.votes[place]),
    ):
        shown: dict[str, Any] = {"Count": count}
        if not outcome.shows_paper:
            shown = {"Count": 0, "IsSuppressedForPrivacy": True}
        yield _of("VoteCounts", Type="total", GpUnitId=unit, DeviceClass=device, **shown)


def _notes(election: Election, outcome: Outcome) -> str:
    said = [f"Blanke stemmer: {outcome.counts.blank}. Ugyldige stemmer: {outcome.counts.invalid}."]
    if election.annulment is not None:
        said.append("Valget er annulleret. Tallene gælder ikke, og ingen er valgt.")
    else:
        said.append("Valget er vejledende og forbeholdt Byrådets godkendelse; Byrådet udpeger medlemmerne.")
    if outcome.allocation.status == "lots_required":
        said.append("Der skal trækkes lod.")
    if election.rehearsal:
        said.append("PRØVEVALG.")
    return " ".join(said)


def _candidate(candidate_id: str) -> str:
    return f"candidate-{candidate_id}"
