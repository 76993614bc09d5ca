"""What arrives from outside may be broken, and each refusal says in one word and one sentence why."""


class ProtocolError(ValueError):
    """A value from outside is refused.

    `reason` is a short machine code that never changes once published; `message` is a sentence for people.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message

    def __str__(self) -> str:
        return self.message


class FormatError(ProtocolError):
    """A text is not the one canonical spelling of the value it should hold (PROTOCOL.md sections 2 and 3)."""
