"""Audits, plans, mixtures and fits: the files of the command as dataclasses."""

from __future__ import annotations

import json
import os
import typing
from collections import abc
from functools import cache
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple, Type, TypeVar, Union

from . import _process, _records
from ._process import StrPath
from .errors import DatawallError
from .frames import Rows, key_of

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ._options import MixArguments, PlanArguments

Kind = TypeVar("Kind", bound="Result")


class Result:
    """What a command made: its file, the tables that it printed, and the line that makes it again."""

    #: The tables that the command printed; empty for a file that was loaded.
    text: str
    #: The line for a shell that makes the file again.
    command: str
    _content: bytes
    _saved: Optional[Tuple[str, int, int]]

    @classmethod
    def parse(cls, content: bytes, *, text: str = "", command: str = "", path: Optional[StrPath] = None) -> Self:
        """Reads a file of this kind."""
        try:
            value: Any = json.loads(content)
            names: Any = value["format"]
        except (ValueError, TypeError, KeyError) as error:
            raise DatawallError(65, f"{path or 'the file'} is not a file of datawall: {error}") from error
        if names != FORMATS[cls]:
            raise DatawallError(65, f"{path or 'the file'} is a {names} file, not a {FORMATS[cls]} file")
        result = cls.__new__(cls)
        state = vars(result)
        state.update({name: read(value.get(key)) for name, key, read in _readers(cls)})
        state.update(text=text, command=command, _content=content, _saved=None)
        if path is not None:
            result._remember(path)
        return result

    @property
    def json(self) -> Dict[str, Any]:
        """The file's own object, with every key that it has."""
        return json.loads(self._content)

    def save(self, path: StrPath) -> None:
        """Writes the file, byte for byte as the command made it; later commands then name it by its path."""
        with open(path, "wb") as file:
            file.write(self._content)
        self._remember(path)

    def _remember(self, path: StrPath) -> None:
        status = os.stat(path)
        vars(self)["_saved"] = (os.fspath(path), status.st_size, status.st_mtime_ns)

    def argument(self) -> Tuple[List[str], Optional[bytes], str]:
        """Returns how another command takes this file: its words, its standard input, and what a shell puts before."""
        if self._saved is not None:
            path, size, modified = self._saved
            try:
                status = os.stat(path)
            except OSError:
                status = None
            if status is not None and (status.st_size, status.st_mtime_ns) == (size, modified):
                return _process.paths([path]), None, ""
        return ["-"], self._content, f"{self.command} | "

    def _repr_html_(self) -> Optional[str]:
        """Shows charts and tables in a notebook: `datawall report --fragment`; `None` where that fails."""
        done = _process.run(["report", "-", "--fragment", "--output=-"], stdin=self._content)
        return done.output.decode() if done.code == 0 else None

    def _repr_markdown_(self) -> str:
        """Shows what the command printed, or for a file that was loaded the line that makes it."""
        return f"```\n{(self.text or str(self.json.get('made_by'))).rstrip()}\n```"


class Audit(Result, _records.AuditFields):
    """What a corpus holds: unique and repeated tokens, by source."""

    def plan(self, **options: Unpack[PlanArguments]) -> Plan:
        """Plans a training run on this corpus: `datawall plan`."""
        from .commands import plan

        return plan(self, **options)

    def mix(self, **options: Unpack[MixArguments]) -> Mixture:
        """Chooses how much of each source to train on: `datawall mix`."""
        from .commands import mix

        return mix(self, **options)


class Plan(Result, _records.PlanFields):
    """A training run: parameters, tokens, epochs and source weights."""


class Mixture(Result, _records.MixtureFields):
    """How much of each source to train on, and how many epochs of it."""


class Fit(Result, _records.FitFields):
    """A law fitted to training runs, and how far to trust it. `law_file` is the law, for `save_law`."""

    law_file: bytes

    def save_law(self, path: StrPath) -> None:
        """Writes the fitted law, for the option `law` of plans and mixtures."""
        with open(path, "wb") as file:
            file.write(self.law_file)


FORMATS: Dict[Type[Any], str] = {
    Audit: "datawall-audit",
    Plan: "datawall-plan",
    Mixture: "datawall-mixture",
    Fit: "datawall-fit",
}


@cache
def _readers(kind: Type[Any]) -> List[Tuple[str, str, Callable[[Any], Any]]]:
    """Returns what reads each field of a record: its name here, its key in the file, and a conversion."""
    record = next(base for base in kind.__mro__ if "__dataclass_fields__" in vars(base))
    return [(name, key_of(name), _reader(hint)) for name, hint in typing.get_type_hints(record).items()]


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Returns what turns a value of a file into one of this type."""
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is Union:
        readers = [_reader(item) for item in arguments if item is not type(None)]
        return readers[0] if len(readers) == 1 else _unchanged
    if origin is Rows:
        row = _reader(arguments[0])
        return lambda value: None if value is None else Rows([row(item) for item in value], arguments[0])
    if origin is abc.Mapping and hasattr(arguments[1], "__dataclass_fields__"):
        record = _reader(arguments[1])
        return lambda value: None if value is None else {key: record(item) for key, item in value.items()}
    if hasattr(hint, "__dataclass_fields__"):
        return lambda value: (
            None if value is None else hint(**{name: read(value.get(key)) for name, key, read in _readers(hint)})
        )
    return _unchanged


def _unchanged(value: Any) -> Any:
    return value


def load(path: StrPath) -> Union[Audit, Plan, Mixture, Fit]:
    """Reads an audit, plan, mixture or fit file."""
    with open(path, "rb") as file:
        content = file.read()
    try:
        name: Any = json.loads(content)["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise DatawallError(65, f"{os.fspath(path)} is not a file of datawall: {error}") from error
    for kind, known in FORMATS.items():
        if name == known:
            return kind.parse(content, path=path)
    raise DatawallError(65, f"{os.fspath(path)} is a {name} file; this package reads {', '.join(FORMATS.values())}")
