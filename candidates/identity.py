"""Before anyone is judged by the rules it is asked how we know that she is who she says."""

from enum import StrEnum


class Identity(StrEnum):
    """How a person who stands made herself known."""

    MITID = "mitid"
    """By MitID at a level of assurance of at least "substantial" (betydelig): certain."""
    EMAIL = "email"
    """By a link sent to an e-mail address: whose it is must be checked before the nomination is accepted."""
    PAPER = "paper"
    """On a form that the secretariat received and keyed in: checked as whoever received it saw fit to write."""

    @property
    def is_certain(self) -> bool:
        """Whether nobody needs to look at a document."""
        return self is Identity.MITID
