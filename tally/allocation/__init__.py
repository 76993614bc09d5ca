"""Votes become seats and substitutes, by the adopted rules and, where people are tied, by lots that people draw."""

from candidates.clauses import BadInput
from tally.allocation.answer import (
    Allocation,
    ElectedMember,
    LotDemand,
    SubstituteMember,
    allocation_document,
)
from tally.allocation.counts import CandidateCount, Counts, counts_document, parse_counts
from tally.allocation.documents import allocate_documents
from tally.allocation.lots import Lot, lots_document, parse_lots
from tally.allocation.method import allocate

__all__ = [
    "Allocation",
    "BadInput",
    "CandidateCount",
    "Counts",
    "ElectedMember",
    "Lot",
    "LotDemand",
    "SubstituteMember",
    "allocate",
    "allocate_documents",
    "allocation_document",
    "counts_document",
    "lots_document",
    "parse_counts",
    "parse_lots",
]
