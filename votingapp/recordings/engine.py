"""The engine as the house uses it: a process that speaks, asked phrase by phrase."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import BinaryIO

_COMMAND = (sys.executable, "-P", "-m", "votingapp.recordings.speaker")
"""With -P, for else a file in the folder where somebody calls the house (a stick) would be taken for a module of the engine's."""

_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG")
"""All that the engine is told of the house's environment, in which the database's password may stand."""


class EngineError(Exception):
    """The engine has failed; the argument is what it said."""


class NoEngineError(EngineError):
    """There is no engine on this machine."""


class Engine:
    """A voice, for as long as the context lasts; `name` is which engine and version, `voices` are by language."""

    name: str
    voices: Mapping[str, str]

    def __init__(self, command: tuple[str, ...] = _COMMAND) -> None:
        self._command = command

    def __enter__(self) -> Self:
        """Start the process; raises NoEngineError."""
        pipe = subprocess.PIPE
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._said = TemporaryFile()  # a pipe that nobody reads would be full one day
        # The command is the house's own, and phrases go through its input: nothing of them is read as a command.
        self._process = subprocess.Popen(  # noqa: S603
            self._command, stdin=pipe, stdout=pipe, stderr=self._said, env=environment
        )
        hello = self._output.readline()
        if not hello:
            fault = self._fault()
            self._said.close()
            raise NoEngineError(fault)
        said = json.loads(hello)
        self.name, self.voices = said["engine"], said["voices"]
        return self

    def voice_of(self, language: str) -> str | None:
        """The voice for a language, by its whole code or by the language alone, whatever the script; None where there is none."""
        return self.voices.get(language.lower()) or self.voices.get(language.partition("-")[0])

    def say(self, voice: str, text: str) -> bytes:
        """A text as MP3, in one of the voices. Raises EngineError when the engine fails."""
        asked = json.dumps({"voice": voice, "text": text}).encode() + b"\n"
        try:
            self._input.write(asked)
            self._input.flush()
        except BrokenPipeError as error:
            raise EngineError(self._fault()) from error
        length = self._output.read(4)
        spoken = self._output.read(int.from_bytes(length, "big"))
        if len(length) < 4 or not spoken:  # noqa: PLR2004 - the four bytes of a length
            raise EngineError(self._fault())
        return spoken

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._said.close()

    @property
    def _input(self) -> BinaryIO:
        return self._process.stdin  # type: ignore[return-value] # a pipe, as asked for

    @property
    def _output(self) -> BinaryIO:
        return self._process.stdout  # type: ignore[return-value] # a pipe, as asked for

    def _fault(self) -> str:
        self._process.kill()
        self._process.communicate()
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "the engine has stopped"
