"""The backup (sikkerhedskopi): what was answered "done" to also lies on a stick, sealed, before the answer is given."""

from votingapp.store.backup.mark import Why
from votingapp.store.backup.state import BackupStatus, State, status

__all__ = ["BackupStatus", "State", "Why", "status"]
