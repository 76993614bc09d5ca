"""Whoever doubts the election takes the archive and checks it all, from the first byte to the result.

The verifier awaits every check and accepts less than the original tool does (PROTOCOL.md section 14).
"""

from tally.verification.judging import CheckMany, check_serially
from tally.verification.known import Judged
from tally.verification.verdict import Accepted, Rejected, SoundSoFar, Unreadable, Verdict
from tally.verification.walk import Progress, verify_archive

__all__ = [
    "Accepted",
    "CheckMany",
    "Judged",
    "Progress",
    "Rejected",
    "SoundSoFar",
    "Unreadable",
    "Verdict",
    "check_serially",
    "verify_archive",
]
