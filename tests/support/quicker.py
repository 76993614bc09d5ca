"""What makes a thousand tests quick and leaves what they show as it is; the real thing has a test of its own."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine
from werkzeug.routing import Rule

from votingapp.store import migrate, staff
from votingapp.store.engine import make_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine

_TEMPLATE = "migrated"


@contextmanager
def weak_passwords() -> Iterator[None]:
    """Hash with the same function at its lowest price: a quarter of a second for each sign-in is for attackers."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobody = quick.hash("nobody's")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "_hasher", lambda: quick)
        patch.setattr(staff, "_nobody", lambda: nobody)
        yield


@contextmanager
def templates_compiled_once(folder: Path) -> Iterator[None]:
    """Every test has an office of its own; a page is translated to Python once for all of them, on all workers."""
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(folder))})
        yield


@contextmanager
def addresses_compiled_once() -> Iterator[None]:
    """What builds an address is compiled for each of two hundred routes of each office: once for equal routes will do.

    The function that werkzeug compiles depends on the route's parts and defaults alone; it is bound to its route later.
    """
    compile_anew = Rule._compile_builder
    compiled: dict[object, Callable[..., tuple[str, str]]] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (tuple(rule._trace), repr(sorted((rule.defaults or {}).items())), append_unknown)
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


class _Statements(dict[Any, Any]):
    """Compiled statements, found whichever engine of the same database system they were compiled for."""

    def get(self, key: Any, default: Any = None) -> Any:
        """As a dictionary does; the first part of a key is the engine's dialect."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


_STATEMENTS = _Statements()


def compile_statements_once(engine: Engine) -> Engine:
    """Let an engine use what was compiled for those of earlier tests."""
    engine.update_execution_options(compiled_cache=_STATEMENTS)
    return engine


class Cluster:
    """Databases in a PostgreSQL cluster, empty or with all migrations applied, which are made once and copied."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._admin = create_engine(f"postgresql+psycopg:///postgres?{server}", isolation_level="AUTOCOMMIT")
        self._has_template = False

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[str]:
        """The URL of a database that is thrown away afterwards."""
        name = f"t{uuid.uuid4().hex}"
        self._do(f'CREATE DATABASE "{name}"' + (f" TEMPLATE {self._template()}" if migrated else ""))
        yield self._url(name)
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Let go of the cluster."""
        self._admin.dispose()

    def _template(self) -> str:
        if not self._has_template:
            self._do(f"CREATE DATABASE {_TEMPLATE}")
            engine = make_engine(self._url(_TEMPLATE))
            migrate.upgrade(engine)
            engine.dispose()
            self._has_template = True
        return _TEMPLATE

    def _url(self, name: str) -> str:
        return f"postgresql:///{name}?{self._server}"

    def _do(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)
